"""Which shape a capture has, and what is no capture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.ingest.capture import MAX_BYTES, read_capture
from generator.ingest.record import Cut, Field, Record, Stub, decode_stub, digest, encode

POST = """---
layout: post
title: "向南迈大步"
date: 2022-02-21 07:29:31 +0800
---
<p>正文</p>

<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202202212282371475>

[返回首页](//finews.withounder.com/)"""


def test_a_jekyll_post_is_kept_to_the_byte_and_gets_its_old_name() -> None:
    reading = read_capture(POST.encode(), "000_a.txt").reading
    assert reading is not None
    assert reading.article == POST.encode()
    assert (reading.day, reading.name) == ("2022-02-21", "NW202202212282371475")
    assert [(one.name, one.rule, one.line) for one in reading.fields] == [
        ("date", "front-matter", 4),
        ("code", "source-link", 8),
    ]


def test_the_agency_s_own_link_gives_the_code_too_and_links_in_the_text_do_not() -> None:
    link = "<http://finance.eastmoney.com/news/1344,202112082206704122.html>"
    other = "<http://finance.eastmoney.com/news/1344,202112081111111111.html>"
    inner = '<a href="http://finance.eastmoney.com/news/1344,202112080000000000.html">x</a>'
    text = POST.replace(
        "<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202202212282371475>",
        f"{inner}\n\n{other}\n\n{link}",
    )
    reading = read_capture(text.encode(), "a.txt").reading
    assert reading is not None
    assert reading.name == "202112082206704122"


@pytest.mark.parametrize(
    ("front", "day"),
    [
        ('---\ntitle: "他说"好""\ndate: 2022-02-21\n---\n', "2022-02-21"),
        ("\ufeff---\r\ntitle: x\r\ndate: '2022-2-1'\r\n---\r\n", "2022-02-01"),
        ("---\ntitle: x\ndate: 2022-02-30\n---\n", ""),
        ("---\ntitle: x\n---\ndate: 2022-02-21\n", ""),
        ("+++\ntitle = 'x'\ndate = 2022-02-21\n+++\n", "2022-02-21"),
        ("---\ntitle: x\ndate: 2022-02-21\n正文没有结束线\n", "2022-02-21"),
        ("---\ntitle: x\ndate:  +0800\n---\n", ""),
    ],
)
def test_broken_front_matter_is_still_front_matter_and_left_alone(front: str, day: str) -> None:
    data = f"{front}正文。".encode()
    reading = read_capture(data, "a.txt").reading
    assert reading is not None
    assert (reading.shape, reading.article, reading.day) == ("jekyll", data, day)


def test_a_rule_over_plain_text_is_no_front_matter() -> None:
    reading = read_capture("---\n正文只是在线下面，没有键。\n---\n".encode(), "a.txt").reading
    assert reading is not None
    assert reading.shape == "text"


def test_markdown_without_front_matter_is_kept_as_it_is() -> None:
    data = "# 标题\n\n* 一\n".encode()
    reading = read_capture(data, "a.md").reading
    assert reading is not None
    assert (reading.shape, reading.article) == ("markdown", data)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\r\n\t", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.txt", "not text"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "a", "not text"),
        (bytes(range(256)) * 20, "a", "not text"),
        ("分享\n投诉\n首页".encode(), "a.txt", "no running text"),
        ("……\n,,,".encode(), "a.txt", "no running text"),
        (b"{}", "a.json", "a .json file"),
        (b"a" * (MAX_BYTES + 1), "a.txt", "larger than 16 MB"),
    ],
)  # fmt: skip
def test_what_holds_no_article_is_refused_with_a_reason(data: bytes, name: str, why: str) -> None:
    found = read_capture(data, name)
    assert found.reading is None
    assert (found.findings[-1].code, found.findings[-1].detail) == ("import/not-a-capture", why)


def test_old_encodings_and_control_characters_are_read_and_reported() -> None:
    text = "市政府部署\r\n会议要求，各部门要\x00抓好落实，主动服务企业。\x08\r\n"
    found = read_capture(text.encode("gb18030"), "a.txt")
    assert found.reading is not None
    assert "各部门要抓好落实，主动服务企业。\n" in found.reading.article.decode()
    assert [one.code for one in found.findings] == ["encoding/gb18030", "text/control-characters"]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_raise(data: bytes) -> None:
    for name in ("a.txt", "a.html", "a.md"):
        found = read_capture(data, name)
        assert (found.reading is None) == any(
            one.code == "import/not-a-capture" for one in found.findings
        )


TAGS = ["<html>", "<body>", "<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<br>", "<table>", "<td>", "<ul>", "<li>",
        "<a href=x>", "</a>", "<title>", "</title>", "<img src=a>", "<!--", "-->", "<article>", "<time datetime=2022-02-21>",
        "<script>", "</script>", "第一句话很长很长。", "链接", "作者：张三", "A. B. C.", "\n", "<svg>", "<template>", "<pre>"]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
def test_no_page_however_broken_raises(markup: str) -> None:
    read_capture(f"<html>{markup}".encode(), "a.html")


def test_a_record_is_readable_json_that_gives_back_what_the_next_import_needs() -> None:
    record = Record(
        capture="seeds/a.txt",
        capture_digest=digest(b"a"),
        article="undated/a.md",
        article_digest=digest(b"b"),
        shape="text",
        encoding="utf-8",
        fields=(Field("title", "标题", "headline", 1),),
        cut=(Cut("分享", "buttons", 9),),
    )
    data = encode(record)
    assert "标题" in data.decode()
    assert data.endswith(b"}\n")
    assert decode_stub(data) == Stub("seeds/a.txt", digest(b"a"), "undated/a.md", digest(b"b"))
    assert decode_stub(b"{") is None
    assert decode_stub(b'{"capture": 1}') is None
    assert decode_stub(b"\xff") is None
