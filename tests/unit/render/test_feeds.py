"""Feeds: valid in the eyes of a reader, absolute, and without a clock."""

from __future__ import annotations

import json
from datetime import datetime

import feedparser
import msgspec
import pytest
from tiny_site import SUMMARY, ZONE, make_article, make_plan, make_renderer, with_site

from generator.config import FeedsConfig
from generator.model.site import Redirect, Summary
from generator.render import plan_feeds, render_feed
from generator.text.address import Address

HOSTILE = [
    "股市 & 债市 ]]> <涨>",
    "A \"quoted\" & 'single' title",
    "😀 emoji \U00020bb7野家",
    "مرحبا \u200f\u202b RTL \u202c",
    "AT&amp;T is written so",
    "a &#x41; b",
]
URL = "https://news.example/old/markets/2022/{}.html"


@pytest.fixture
def feeds(make_theme, config):
    """Render every feed of a plan: address → bytes."""

    def render(plan, *, site=config, summary=SUMMARY):
        _, frame = make_renderer(make_theme(), site, plan)
        return {
            feed.address.file: render_feed(
                feed, [(plan.articles[at], summary) for at in feed.items], frame
            )
            for feed in plan_feeds(site, plan)
        }

    return render


@pytest.fixture(params=["feed.xml", "atom.xml"])
def parsed(request, feeds):
    """Parse the site's feed in one XML format as a reader does."""

    def parse(plan, **options):
        result = feedparser.parse(feeds(plan, **options)[request.param], sanitize_html=False)
        assert not result.bozo, result.get("bozo_exception")
        return result

    return parse


def test_a_site_has_feeds_in_every_format_and_so_has_a_category(feeds):
    assert list(feeds(make_plan(make_article()))) == [
        "feed.xml",
        "atom.xml",
        "feed.json",
        "category/Markets/feed.xml",
        "category/Markets/atom.xml",
        "category/Markets/feed.json",
    ]


def test_a_feed_names_itself_and_its_page_with_absolute_addresses(parsed):
    feed = parsed(make_plan(make_article())).feed
    assert feed.title == "Old News"
    assert feed.subtitle == "A paper's archive"
    assert feed.language == "en"
    links = {link.rel: link.href for link in feed.links}
    assert links["alternate"] == "https://news.example/old/"
    assert links["self"].startswith("https://news.example/old/")


def test_an_entry_carries_what_a_list_shows_of_an_article(parsed):
    entry = parsed(make_plan(make_article(authors=("Li Lei", "Han Meimei")))).entries[0]
    assert entry.title == "Headline 1"
    assert entry.link == entry.id == URL.format(1)
    assert entry.summary == "The excerpt"
    assert entry.author == "Li Lei, Han Meimei"
    assert [tag.term for tag in entry.tags] == ["Markets", "Shares"]
    assert entry.published_parsed[:6] == (2022, 1, 31, 23, 29, 31)
    assert "+08" in entry.published


def test_an_entry_without_author_names_its_publisher(parsed):
    assert parsed(make_plan(make_article())).entries[0].author == "Xinhua"


def test_an_atom_feed_has_an_author_even_where_no_one_is_named(feeds, config):
    plan = make_plan(make_article(source=""))
    named = with_site(config, author="The Archive")
    for site, name in ((config, "Old News"), (named, "The Archive")):
        result = feedparser.parse(feeds(plan, site=site)["atom.xml"])
        assert result.feed.author == name
        assert "author" not in result.entries[0]


def test_an_entry_is_known_for_ever_by_its_address(feeds):
    assert b'<guid isPermaLink="true">' in feeds(make_plan(make_article()))["feed.xml"]


@pytest.mark.parametrize("text", HOSTILE)
def test_titles_come_through_as_they_are(parsed, text):
    assert parsed(make_plan(make_article(title=text))).entries[0].title == text


@pytest.mark.parametrize("text", HOSTILE)
def test_an_excerpt_is_text_and_never_markup(parsed, text):
    from html import unescape

    entry = parsed(make_plan(make_article()), summary=Summary(text)).entries[0]
    assert unescape(entry.summary) == text


def test_characters_xml_forbids_are_left_out(parsed):
    text = "a\x00b\x08c\x0bd\ufffee\ud83df"
    article = make_article(title=text, authors=(text,), categories=(text,))
    entry = parsed(make_plan(article), summary=Summary(text)).entries[0]
    assert entry.title == entry.summary == entry.author == "abcdef"


def test_the_only_dates_are_those_of_the_articles(feeds):
    updated = datetime(2023, 1, 1, tzinfo=ZONE)
    plan = make_plan(make_article(2), make_article(1, updated=updated))
    made = feeds(plan)
    assert b"<lastBuildDate>Sun, 01 Jan 2023 00:00:00 +0800</lastBuildDate>" in made["feed.xml"]
    assert b"<updated>2023-01-01T00:00:00+08:00</updated>" in made["atom.xml"]
    assert made == feeds(plan)


def test_undated_articles_are_in_no_feed(feeds):
    made = feeds(make_plan(make_article(2), make_article(1, date=None)))
    assert len(json.loads(made["feed.json"])["items"]) == 1
    assert feeds(make_plan(make_article(date=None))) == {}


def test_a_feed_holds_the_newest_articles_up_to_its_limit(feeds, config):
    site = msgspec.structs.replace(config, feeds=FeedsConfig(formats=("json",), limit=2))
    made = feeds(make_plan(*(make_article(number) for number in (3, 2, 1))), site=site)
    items = json.loads(made["feed.json"])["items"]
    assert [item["title"] for item in items] == ["Headline 3", "Headline 2"]


def test_a_site_that_does_not_know_its_address_has_no_feeds(feeds, config):
    assert feeds(make_plan(make_article()), site=with_site(config, base_url="")) == {}


def test_a_feed_gives_way_to_a_page_at_its_address(feeds):
    plan = make_plan(make_article())
    redirect = Redirect(Address("Feed.xml"), Address("index.html"), "x")
    made = feeds(msgspec.structs.replace(plan, redirects=(redirect,)))
    assert "feed.xml" not in made
    assert "atom.xml" in made


def test_a_json_feed_follows_version_1_1(feeds):
    article = make_article(
        source_url="https://paper.example/1", updated=datetime(2022, 3, 1, tzinfo=ZONE)
    )
    summary = Summary("股市", image="https://paper.example/a.jpg")
    feed = json.loads(feeds(make_plan(article), summary=summary)["feed.json"])
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Old News",
        "home_page_url": "https://news.example/old/",
        "feed_url": "https://news.example/old/feed.json",
        "description": "A paper's archive",
        "language": "en",
        "items": [
            {
                "id": URL.format(1),
                "content_text": "股市",
                "url": URL.format(1),
                "external_url": "https://paper.example/1",
                "title": "Headline 1",
                "summary": "股市",
                "image": "https://paper.example/a.jpg",
                "date_published": "2022-02-01T07:29:31+08:00",
                "date_modified": "2022-03-01T00:00:00+08:00",
                "authors": [{"name": "Xinhua"}],
                "tags": ["Markets", "Shares"],
            }
        ],
    }


@pytest.mark.parametrize("text", [*HOSTILE, "\ud83d x"])
def test_a_json_feed_is_json_whatever_a_title_holds(feeds, text):
    made = feeds(make_plan(make_article(title=text)))["feed.json"]
    assert json.loads(made)["items"][0]["title"] == text.replace("\ud83d", "")
