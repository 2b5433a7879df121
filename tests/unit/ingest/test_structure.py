"""Subheads and captions, and Markdown that shows the very text of the capture."""

from __future__ import annotations

import html

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.ingest.lines import Block
from generator.ingest.markdown import body, escape
from generator.ingest.structure import Part, Piece, structure

LONG = "这是一段足够长的正文，说的是营商环境如何优化。"


def parts(*texts: str, title: str = "") -> list[tuple[Part, str]]:
    pieces, _ = structure([Block(number, text) for number, text in enumerate(texts, 1)], title)
    return [(piece.part, piece.text) for piece in pieces]


@pytest.mark.parametrize(
    "subhead", ["引“益”商归巢,为发展蓄势", "极简快速审批,打造“龙岭模式”", "一、总体要求", "Supply"]
)
def test_a_short_line_between_paragraphs_is_a_subhead(subhead: str) -> None:
    assert parts(LONG, subhead, LONG)[1] == (Part.SUBHEAD, subhead)


@pytest.mark.parametrize(
    "line",
    [
        "企业刚来园区,怎么办?",
        "签约项目“招得来”。",
        "他说：",
        "新华社记者 张三",
        "——记某某",
        "□本报记者 张三",
        "123",
    ],
)
def test_a_question_a_lead_in_or_a_byline_is_no_subhead(line: str) -> None:
    assert parts(LONG, line, LONG)[1] == (Part.PARAGRAPH, line)


def test_short_lines_in_a_row_at_the_head_or_at_the_end_are_no_subheads() -> None:
    texts = ["短行", LONG, "甲等", "乙等", LONG, "完结"]
    assert {part for part, _ in parts(*texts)} == {Part.PARAGRAPH}


def test_numbered_subheads_may_follow_one_another() -> None:
    found = parts(LONG, "一、总体要求", "（一）指导思想", LONG)
    assert [part for part, _ in found[1:3]] == [Part.SUBHEAD, Part.MINOR_SUBHEAD]


def test_the_headline_with_a_number_marks_a_missing_picture_and_its_caption_follows() -> None:
    blocks = [
        Block(1, LONG),
        Block(3, "标题(1)"),
        Block(5, "办事群众在咨询"),
        Block(7, "标题（2）"),
        Block(9, "标题(3)"),
        Block(11, LONG),
    ]
    pieces, cuts = structure(blocks, "标题")
    assert pieces[1:] == (
        Piece(Part.CAPTION, "办事群众在咨询", 5),
        Piece(Part.CAPTION, "", 7),
        Piece(Part.CAPTION, "", 9),
        Piece(Part.PARAGRAPH, LONG, 11),
    )
    assert [(cut.text, cut.rule, cut.line) for cut in cuts] == [
        ("标题(1)", "picture-placeholder", 3),
        ("标题（2）", "picture-placeholder", 7),
        ("标题(3)", "picture-placeholder", 9),
    ]


@pytest.mark.parametrize(
    "caption", ["▲ 园区一角", "图为园区一角。", "图1：园区", "资料图", "园区一角 张三 摄"]
)
def test_a_caption_is_told_by_its_mark_or_its_photographer(caption: str) -> None:
    assert parts(LONG, caption, LONG)[1] == (Part.CAPTION, caption)


def test_a_missing_picture_is_a_figure_with_an_editor_s_note() -> None:
    assert body([Piece(Part.CAPTION, "甲<b>&乙", 1)]) == (
        "<figure><figcaption>〔图缺〕甲&lt;b&gt;&amp;乙</figcaption></figure>"
    )
    assert body([Piece(Part.CAPTION, "A street", 1)]) == (
        "<figure><figcaption>[Picture missing] A street</figcaption></figure>"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# 话题", "\\# 话题"),
        ("> 引", "\\> 引"),
        ("1. 一", "1\\. 一"),
        ("1.5亿元", "1.5亿元"),
        ("- 一", "\\- 一"),
        ("a*b_c[d](e)`f`{g}\\h", "a\\*b\\_c\\[d\\](e)\\`f\\`\\{g\\}\\\\h"),
        ("a <b> AT&T &lt;", "a &lt;b> AT&T &amp;lt;"),
        ("~~~", "&#126;&#126;&#126;"),
        (": 一", "&#58; 一"),
        ("“多方联动”强合力（一）。", "“多方联动”强合力（一）。"),
    ],
)
def test_marks_of_markdown_are_escaped_and_nothing_else(text: str, written: str) -> None:
    assert escape(text) == written


MARKS = ["#", ">", "*", "_", "`", "~", "-", "+", "=", "|", ":", "\\", "[", "]", "(", ")", "{", "}", "<", "!", "&", "^",
         "1. ", "1)", "&lt;", "&#60;", "<b>", "<!--", "-->", "[^1]", "*[a]: ", "{: .x}", "{{", "中", "a", "。", " ", "http://a.b"]  # fmt: skip
LINES = st.lists(st.sampled_from(MARKS), min_size=1, max_size=9).map("".join).map(str.strip)
SHOWN = {Part.PARAGRAPH: "p", Part.SUBHEAD: "h2", Part.MINOR_SUBHEAD: "h3"}
EXTENSIONS = ["fenced_code", "tables", "footnotes", "attr_list", "def_list", "abbr", "toc"]


@given(
    st.lists(st.tuples(st.sampled_from(list(SHOWN)), LINES.filter(bool)), min_size=1, max_size=4)
)
def test_markdown_shows_the_text_of_the_capture_in_the_elements_meant(
    pieces: list[tuple[Part, str]],
) -> None:
    written = body([Piece(part, text, 1) for part, text in pieces])
    page = LexborHTMLParser(markdown.markdown(written, extensions=EXTENSIONS))
    assert page.body is not None
    shown = [(node.tag, " ".join(node.text().split())) for node in page.body.iter()]
    assert shown == [(SHOWN[part], " ".join(text.split())) for part, text in pieces]


@settings(deadline=None)
@given(st.text(alphabet="<>&\"'中a ", min_size=1, max_size=12).map(str.strip).filter(bool))
def test_a_caption_shows_its_text(text: str) -> None:
    page = LexborHTMLParser(
        markdown.markdown(body([Piece(Part.CAPTION, text, 1)]), extensions=EXTENSIONS)
    )
    node = page.css_first("figcaption")
    assert node is not None
    assert html.unescape(node.text()).endswith(html.unescape(text))
