"""The sitemap and robots.txt."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime

import msgspec
import pytest
from tiny_site import ZONE, make_article, make_plan, with_site

from generator.render import render_robots, render_sitemaps, sitemap
from generator.text.address import Address

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def places(data):
    root = ET.fromstring(data)
    return [
        (entry.findtext("s:loc", namespaces=NAMES), entry.findtext("s:lastmod", namespaces=NAMES))
        for entry in root
    ]


def test_a_small_site_has_one_file_with_every_page(config):
    plan = make_plan(make_article(2), make_article(1))
    (name, data), *rest = render_sitemaps(config, plan)
    assert (name, rest) == ("sitemap.xml", [])
    found = [url for url, _ in places(data)]
    assert found[:2] == [f"https://news.example/old/markets/2022/{at}.html" for at in (1, 2)]
    assert found[2] == "https://news.example/old/"
    assert len(found) == 2 + len(plan.lists)


def test_an_article_says_when_it_last_changed_and_a_list_does_not(config):
    articles = [
        make_article(4, updated=datetime(2022, 5, 1, 1, 2, 3, tzinfo=ZONE)),
        make_article(3),
        make_article(2, has_time=False),
        make_article(1, date=None),
    ]
    ((_, data),) = render_sitemaps(config, make_plan(*articles))
    assert [changed for _, changed in places(data)][:5] == [
        None,
        "2022-02-02",
        "2022-02-03T07:29:31+08:00",
        "2022-05-01T01:02:03+08:00",
        None,
    ]


def test_drafts_are_not_in_the_sitemap(config):
    ((_, data),) = render_sitemaps(config, make_plan(make_article(is_draft=True)))
    assert not any("markets/2022" in url for url, _ in places(data))


def test_addresses_are_escaped(config):
    plan = make_plan(make_article())
    planned = msgspec.structs.replace(plan.articles[0], address=Address("a&b/股 市.html"))
    ((_, data),) = render_sitemaps(config, msgspec.structs.replace(plan, articles=(planned,)))
    assert b"<loc>https://news.example/old/a&amp;b/%E8%82%A1%20%E5%B8%82.html</loc>" in data


@pytest.mark.parametrize(
    ("urls", "size", "files"),
    [(9, 5000, 1), (8, 5000, 2), (4, 5000, 3), (50_000, 110, 9), (50_000, 350, 3)],
)
def test_a_large_site_is_split_at_the_limits_of_the_protocol(
    config, monkeypatch, urls, size, files
):
    """Nine pages in all."""
    monkeypatch.setattr(sitemap, "_MOST_URLS", urls)
    monkeypatch.setattr(sitemap, "_MOST_BYTES", size)
    monkeypatch.setattr(sitemap, "_ROOM", 0)
    plan = make_plan(*(make_article(number) for number in (3, 2, 1)))
    made = list(render_sitemaps(config, plan))
    if files == 1:
        assert [name for name, _ in made] == ["sitemap.xml"]
        return
    parts = [f"sitemap-{number}.xml" for number in range(1, files + 1)]
    assert [name for name, _ in made] == [*parts, "sitemap.xml"]
    assert [url for url, _ in places(made[-1][1])] == [
        f"https://news.example/old/{part}" for part in parts
    ]
    assert sum(len(places(data)) for _, data in made[:-1]) == 9
    assert all(len(places(data)) <= urls for _, data in made[:-1])


def test_a_new_article_leaves_the_first_files_as_they_were(config, monkeypatch):
    monkeypatch.setattr(sitemap, "_MOST_URLS", 2)
    old = dict(render_sitemaps(config, make_plan(*(make_article(at) for at in (3, 2, 1)))))
    new = dict(render_sitemaps(config, make_plan(*(make_article(at) for at in (4, 3, 2, 1)))))
    assert old["sitemap-1.xml"] == new["sitemap-1.xml"]


def test_robots_may_read_everything_and_are_told_of_the_sitemap(config):
    assert render_robots(config) == (
        b"User-agent: *\nAllow: /\n\nSitemap: https://news.example/old/sitemap.xml\n"
    )


def test_a_site_that_does_not_know_its_address_has_neither(config):
    config = with_site(config, base_url="")
    assert list(render_sitemaps(config, make_plan(make_article()))) == []
    assert render_robots(config) is None
