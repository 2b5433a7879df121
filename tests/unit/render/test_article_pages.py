"""Articles: what their pages are given, and what never happens to their text."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from tiny_site import SUMMARY, ZONE, make_article, make_plan, make_renderer, with_site

from generator.model.site import Summary
from generator.render.articles import article_context, article_page, reading_minutes


@pytest.fixture
def contexts(make_theme, config):
    def build(*articles, at=0, site=config, summary=SUMMARY):
        plan = make_plan(*articles)
        _, frame = make_renderer(make_theme(), site, plan)
        planned = plan.articles[at]
        return article_page(planned, summary, frame), article_context(
            planned, "<p>x</p>", summary, frame, ""
        )

    return build


@pytest.fixture
def show(make_theme, config):
    """Render one article with a template of one line."""

    def render(template, article, *, html="", site=config):
        plan = make_plan(article)
        theme = make_theme(site={"templates/article.html": template})
        renderer, _ = make_renderer(theme, site, plan)
        return renderer.render_article(plan.articles[0], html=html, summary=SUMMARY).decode()

    return render


def test_an_article_knows_its_terms_neighbours_and_reading_time(contexts):
    page, article = contexts(*(make_article(number) for number in (3, 2, 1)), at=1)
    assert [term.title for term in article.categories] == ["Markets"]
    assert article.categories[0].href == "category/Markets.html"
    assert (article.tags[0].title, article.tags[0].href) == ("Shares", "")
    assert article.source.href == "source/Xinhua.html"
    assert (article.next.title, article.previous.title) == ("Headline 3", "Headline 1")
    assert (article.characters, article.minutes) == (801, 3)
    assert (page.newer, page.older) == ("markets/2022/3.html", "markets/2022/1.html")


@pytest.mark.parametrize(("characters", "minutes"), [(0, 1), (1, 1), (400, 1), (401, 2)])
def test_reading_takes_a_minute_for_400_characters_and_at_least_one(characters, minutes):
    assert reading_minutes(characters) == minutes


def test_letters_are_read_three_times_as_fast_as_characters():
    assert reading_minutes(1200, 1200) == 1
    assert reading_minutes(1201, 1200) == 2
    assert reading_minutes(600, 300) == 1


def test_a_page_has_its_canonical_address_below_the_folder_of_the_site(contexts):
    page, _ = contexts(make_article())
    assert page.url == "https://news.example/old/markets/2022/1.html"


def test_a_site_that_does_not_know_its_address_has_no_canonical_ones(contexts, config):
    page, _ = contexts(make_article(), site=with_site(config, base_url=""))
    assert page.url == ""


def test_the_way_down_to_an_article_goes_through_its_first_category(contexts):
    page, _ = contexts(make_article())
    assert [(link.title, link.href) for link in page.breadcrumbs] == [
        ("Old News", "index.html"),
        ("Markets", "category/Markets.html"),
    ]


def test_a_page_is_described_by_its_description_else_by_its_excerpt(contexts):
    assert contexts(make_article())[0].description == "The excerpt"
    assert contexts(make_article(description="Stated"))[0].description == "Stated"


def test_a_page_is_in_the_language_of_its_article(contexts, show):
    assert contexts(make_article())[0].language == "en"
    assert show("{{ lang }} {{ site.language }}", make_article(language="zh-TW")) == "zh-TW en"


def test_a_draft_is_kept_out_of_search_engines(contexts):
    assert contexts(make_article(is_draft=True))[0].noindex
    assert not contexts(make_article())[0].noindex


def test_a_publisher_that_is_no_term_is_named_without_a_link(make_theme, config):
    import msgspec

    plan = make_plan(make_article())
    _, frame = make_renderer(make_theme(), config, plan)
    planned = msgspec.structs.replace(plan.articles[0], source=-1)
    source = article_context(planned, "", SUMMARY, frame, "").source
    assert (source.title, source.href) == ("Xinhua", "")


def test_an_article_links_to_the_page_of_its_day(show):
    assert show("{{ article.day }}", make_article(3)) == "2022/02/03/index.html"
    assert show("{{ article.day }}", make_article(3, date=None)) == ""


def test_text_is_escaped_and_the_clean_body_is_not(show):
    title = "<script>alert('股市' & \"x\")</script>"
    page = show(
        "{{ article.title }}|{{ article.content }}", make_article(title=title), html="<p>x</p>"
    )
    assert page == "&lt;script&gt;alert(&#39;股市&#39; &amp; &#34;x&#34;)&lt;/script&gt;|<p>x</p>"


def test_text_of_an_article_is_never_read_as_a_template(show):
    code = "{{ 7 * 7 }}{% include 'base.html' %}{# x #}"
    page = show(
        "{{ article.title }}|{{ article.content }}|{{ article.extra.note }}",
        make_article(title=code, extra={"note": code}),
        html=code,
    )
    assert "49" not in page
    assert page.count("{{ 7 * 7 }}") == 3


def test_pages_are_utf8_with_plain_line_ends_whatever_the_template_has(make_theme, config):
    plan = make_plan(make_article(title="股市"))
    theme = make_theme(site={"templates/article.html": "a\r\n{{ article.title }}\r\nb\r\n"})
    renderer, _ = make_renderer(theme, config, plan)
    page = renderer.render_article(plan.articles[0], html="", summary=SUMMARY)
    assert page == "a\n股市\nb\n".encode()


def test_half_a_surrogate_pair_becomes_the_replacement_character(show):
    assert show("{{ article.title }}", make_article(title="a\ud83db")) == "a\ufffdb"
    assert show("{{ article.title }}", make_article(title="\ud83d\ude00")) == "😀"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "February 3, 2022|February 3, 2022, 07:05|February 3|Thursday|Feb|MTWTFSS"),
        ("zh-CN", "2022年2月3日|2022年2月3日 07:05|2月3日|星期四|2月|一二三四五六日"),
        ("fr", "3 février 2022|3 février 2022, 07:05|3 février|jeudi|févr.|LMMJVSD"),
        ("tlh", "February 3, 2022|February 3, 2022, 07:05|February 3|Thursday|Feb|MTWTFSS"),
    ],
)
def test_dates_are_written_as_the_language_of_the_site_does(show, config, language, text):
    article = make_article(date=datetime(2022, 2, 3, 7, 5, tzinfo=ZONE))
    template = (
        "{{ article.date|date }}|{{ article.date|datetime }}|{{ article.date|monthday }}|"
        "{{ article.date|weekday }}|{{ article.date.month|month }}|{{ weekdays()|join }}"
    )
    assert show(template, article, site=with_site(config, language=language)) == text


CONTENTS = "{% for h in article.contents %}{{ h.level }} {{ h.anchor }} {{ h.title }}|{% endfor %}"


def test_a_body_s_headings_are_its_contents_and_those_without_an_id_get_one(show):
    body = (
        '<h2 id="a-1">One &amp; <em>only</em></h2><p>x</p><h3 class="x" id="a-2">Two</h3>'
        '<h2 class="x">No id</h2><h2 id="a-3"> </h2>'
    )
    told = "2 a-1 One &amp; only|3 a-2 Two|2 part-3 No id|"
    assert show(CONTENTS, make_article(), html=body) == told
    shown = show("{{ article.content }}", make_article(), html=body)
    assert shown == body.replace("<h2 class", '<h2 id="part-3" class')


def test_no_id_is_given_twice(show):
    body = '<h2>One</h2><h2 id="part-1">Two</h2>'
    assert show(CONTENTS, make_article(), html=body) == "2 part-1 Two|"
    assert show("{{ article.content }}", make_article(), html=body) == body


def test_paragraphs_lose_the_blanks_they_begin_with_and_no_others(show):
    body = '<p>　　甲　乙</p><p class="x">&nbsp;\u2003丙</p><pre>　　丁</pre>'
    flush = '<p>甲　乙</p><p class="x">丙</p><pre>　　丁</pre>'
    assert show("{{ article.content|flush }}", make_article(), html=body) == flush
    assert show("{{ article.content|flush }}", make_article(), html="<p> x</p>") == "<p> x</p>"


def test_dates_for_machines_carry_a_time_only_where_one_is_known(show):
    template = "{{ article.date|iso(article.has_time) }}"
    assert show(template, make_article(3)) == "2022-02-03T07:29:31+08:00"
    assert show(template, make_article(3, has_time=False)) == "2022-02-03"


def read_json_ld(page):
    assert "<" not in page.json_ld
    return json.loads(page.json_ld)


def test_an_article_is_described_to_machines(contexts):
    article = make_article(
        authors=("A", "B"), source_url="https://paper.example/1?a=b&c", language="zh-TW",
        updated=datetime(2022, 3, 1, tzinfo=ZONE),
    )  # fmt: skip
    page, _ = contexts(article, summary=Summary("e", image="../../img/a.png"))
    assert page.image == "https://news.example/old/img/a.png"
    assert read_json_ld(page) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Headline 1",
        "inLanguage": "zh-TW",
        "datePublished": "2022-02-01T07:29:31+08:00",
        "dateModified": "2022-03-01T00:00:00+08:00",
        "author": [{"@type": "Person", "name": "A"}, {"@type": "Person", "name": "B"}],
        "publisher": {"@type": "Organization", "name": "Xinhua"},
        "isBasedOn": "https://paper.example/1?a=b&c",
        "articleSection": ["Markets"],
        "keywords": ["Shares"],
        "image": "https://news.example/old/img/a.png",
        "isPartOf": {
            "@type": "ArchiveComponent", "name": "Old News", "url": "https://news.example/old/",
        },
        "mainEntityOfPage": "https://news.example/old/markets/2022/1.html",
    }  # fmt: skip


def test_what_an_article_lacks_machines_are_not_told(contexts, config):
    bare = make_article(date=None, has_time=False, source="", categories=(), tags=())
    page, _ = contexts(bare, site=with_site(config, base_url=""))
    told = set(read_json_ld(page))
    assert not {"datePublished", "publisher", "image", "mainEntityOfPage", "author"} & told
    day, _ = contexts(make_article(has_time=False))
    assert read_json_ld(day)["datePublished"] == "2022-02-01"


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!-- <script>", '\u2028 & "x" \\', "a\ud83db"]
)
def test_no_title_can_end_the_element_that_describes_the_article(contexts, title):
    page, _ = contexts(make_article(title=title))
    assert read_json_ld(page)["headline"] == title


@pytest.mark.parametrize(
    "image",
    ["", "https://other.example/a.png", "//other.example/a.png", "data:image/gif;base64,R0"],
)
def test_a_picture_that_the_site_does_not_hold_is_no_picture_of_the_page(contexts, image):
    assert contexts(make_article(), summary=Summary("e", image=image))[0].image == ""


def test_numbers_are_grouped_by_thousands(show):
    assert show("{{ 1234567|number }} {{ 12|number }}", make_article()) == "1,234,567 12"


def test_two_renderers_of_one_site_give_the_same_bytes(make_theme, config):
    plan = make_plan(make_article(2), make_article(1))
    theme = make_theme()
    pages = [
        make_renderer(theme, config, plan)[0].render_article(
            plan.articles[0], html="<p>x</p>", summary=Summary("e")
        )
        for _ in range(2)
    ]
    assert pages[0] == pages[1]
