"""What is read off one file, and by which rule."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Config, ContentConfig
from generator.source.reader import read_articles, read_body

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONFIG = Config(content=ContentConfig(hosts=("old.example",)))


def read(text, path="content/2022-02-21-a.md", root="content", config=CONFIG):
    data = text.encode() if isinstance(text, str) else text
    reading = read_articles([(path, root, data)], config)[0]
    codes = [finding.code for finding in reading.diagnostics]
    body = read_body(reading.article, data) if reading.article else ""
    return reading.article, codes, body


def test_a_well_formed_article_says_what_it_is_and_gives_no_diagnostic():
    article, codes, body = read(
        '---\ntitle: "标题 &amp; 更多"\ndate: 2022-02-21 07:29:31 +0800\ncategories: a b\ntags: [x, y z]\n'
        "author: 张三\nlang: zh_cn\ndescription: 摘要\nslug: s\naliases: [/old/]\nteam: t\n---\n<p>正文</p>"
    )
    assert codes == []
    assert article.title == "标题 & 更多"
    assert article.date == datetime(2022, 2, 21, 7, 29, 31, tzinfo=SHANGHAI)
    assert article.has_time
    assert article.categories == ("a", "b")
    assert article.tags == ("x", "y z")
    assert (article.authors, article.language, article.description) == (("张三",), "zh-CN", "摘要")
    assert (article.slug, article.aliases, article.extra) == ("s", ("/old/",), {"team": "t"})
    assert body == "<p>正文</p>"


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("标题行\n======\n\n正文。", "标题行", "\n正文。"),
        ("# 标题 *行* #\n正文。", "标题 行", "正文。"),
        ("<h1 class=x>标题<br>行</h1>\n<p>正文</p>", "标题行", "\n<p>正文</p>"),
        ("标题一行\n<p>正文</p>", "标题一行", "\n<p>正文</p>"),
        ("<p>第一句话。第二句话。</p>", "第一句话", "<p>第一句话。第二句话。</p>"),
    ],
)
def test_a_missing_title_comes_from_the_body_and_is_not_shown_twice(body, title, rest):
    article, codes, left = read(f"---\ndate: 2022-02-21\n---\n{body}", path="content/1.md")
    assert article.title == title
    assert codes == ["title/missing"]
    assert left == rest


def test_a_long_first_sentence_is_cut_between_words():
    text = "据霍尼韦尔官网消息，5月24日，霍尼韦尔宣布为蔚来旗下ET7新能源汽车提供HFO-1234yf(四氟丙烯)制冷剂。"
    article, _, _ = read(f"---\ndate: 2022-02-21\n---\n> {text}\n", path="content/1.md")
    assert article.title == "据霍尼韦尔官网消息，5月24日，霍尼韦尔宣布为蔚来旗下ET7新能源汽车提供…"


def test_without_any_words_the_file_name_stands_for_the_title():
    article, codes, _ = read("---\ndate: 2022-02-21\n---\n<hr>", path="content/9.md")
    assert (article.title, codes) == ("9", ["title/placeholder"])


@pytest.mark.parametrize(
    ("path", "front", "day", "rule"),
    [
        ("content/2022-02-21-a.md", "", (2022, 2, 21), "date/from-file-name"),
        ("content/20150318 Install Go.md", "", (2015, 3, 18), "date/from-file-name"),
        ("content/-202205262391921712.md", "layout: post\ntags: 东财滚动新闻\ncategories: emnews\ndate:  +0800", (2022, 5, 26), "date/from-file-name"),
        ("content/x.md", "permalink: /rust/2022/02/17/x", (2022, 2, 17), "date/from-permalink"),
        ("content/2019/05/06/x.md", "", (2019, 5, 6), "date/from-folder"),
    ],
)  # fmt: skip
def test_a_missing_date_comes_from_a_name_by_a_rule_that_is_reported(path, front, day, rule):
    article, codes, _ = read(f"---\ntitle: t\n{front}\n---\nx", path=path)
    assert (article.date, article.has_time) == (datetime(*day, tzinfo=SHANGHAI), False)
    assert codes == [rule]


def test_an_impossible_date_gives_way_to_the_file_name():
    article, codes, _ = read("---\ntitle: t\ndate: 2022-02-32 10:00:00 +0800\n---\nx")
    assert article.date == datetime(2022, 2, 21, tzinfo=SHANGHAI)
    assert codes == ["date/impossible", "date/from-file-name"]


def test_an_unknown_date_stays_unknown():
    article, codes, _ = read("---\ntitle: t\n---\nx", path="content/x.md")
    assert article.date is None
    assert codes == ["date/missing"]


@pytest.mark.parametrize(
    ("line", "categories"),
    [
        ("categories: 21", ("21",)),
        ("categories: on", ("on",)),
        ("categories: ", ()),
        ("categories: a, b", ("a", "b")),
        ("categories:\n- a b\n- c", ("a b", "c")),
        ("category: a b", ("a b",)),
        ("categories: a a", ("a",)),
    ],
)
def test_categories_as_people_write_them(line, categories):
    article, _, _ = read(f"---\ntitle: t\ndate: 2022-02-21\n{line}\n---\nx")
    assert article.categories == categories


def test_folders_above_posts_are_categories_as_in_jekyll():
    article, _, _ = read(
        "---\ntitle: t\ncategories: c\n---\nx", "pl/news/_posts/2022-02-21-a.md", "pl/news/_posts"
    )
    assert article.categories == ("pl", "news", "c")


@pytest.mark.parametrize(
    ("line", "is_draft"),
    [("draft: true", True), ("draft: yes", True), ("published: false", True), ("published: no", True),
     ("draft: false", False), ("published: ", False), ("draft: maybe", False)],
)  # fmt: skip
def test_drafts(line, is_draft):
    article, codes, _ = read(f"---\ntitle: t\ndate: 2022-02-21\n{line}\n---\nx")
    assert article.is_draft is is_draft
    assert ("front-matter/unknown-value" in codes) is (line == "draft: maybe")


def test_a_whole_document_gives_its_title_language_and_body():
    article, codes, body = read(
        '\n<!DOCTYPE html>\n<html lang="en"><head><title>A &amp; B</title></head><body class=x>\n<p>text</p></body></html>'
    )
    assert (article.title, article.language) == ("A & B", "en")
    assert body == "\n<p>text</p></body></html>"
    assert codes == [
        "front-matter/missing",
        "body/html-document",
        "date/from-file-name",
        "title/missing",
    ]


def test_links_into_the_old_site_are_found_and_others_are_not():
    article, _, _ = read(
        "---\ntitle: t\ndate: 2022-02-21\n---\n"
        '<a href="/a.html">a</a> <img src=b.png> [c](//old.example/c?x=1&amp;y) <https://old.example/d>\n'
        "[e]: ../e.md\n[^1]: note\n<a href='https://else.example/'>f</a> [g](#h) [m](mailto:a@b.c) {{ site.url }}/z\n"
        '<A HREF="{{ site.baseurl }}/n.html">n</A>'
    )
    assert article.links == (
        "../e.md", "//old.example/c?x=1&y", "/a.html", "/n.html", "b.png", "https://old.example/d",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file/empty"),
        (b" \n\n", "file/empty"),
        (b"\xef\xbb\xbf", "file/empty"),
        (bytes(range(256)) * 9, "file/binary"),
    ],
)
def test_what_is_no_article_is_quarantined(data, code):
    article, codes, _ = read(data)
    assert article is None
    assert codes == [code]


def test_text_saved_with_other_white_space_has_the_same_digest():
    one, _, _ = read("---\ntitle: t\n---\n<p>a</p>\n <p>b</p>")
    two, _, _ = read("---\ntitle: t\n---\n<p>a</p><p>b</p>")
    assert one.body_digest == two.body_digest


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail(text):
    read(text.encode("utf-8", "replace"))


pieces = st.sampled_from(
    ["---\n", "+++\n", "title: ", '"', "a", "标", "\n", "\t", ": ", "- ", "date: 2022-01-01", "\\", "{", "}",
     "[", "]", "&x", "*", "%", "tags: ", "> ", "<p>", "[#]: a: (b)\n", "'", "|", "=\n", "\u2028", "...\n"]
)  # fmt: skip


@given(st.lists(pieces, max_size=40).map("".join))
def test_no_front_matter_makes_reading_fail(text):
    read("---\n" + text)
    read(text)
