"""The shortcut around Python-Markdown makes the documents that Python-Markdown makes."""

import pytest
from dom import read_tree
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.source.markdown import MarkdownConverter

CONVERTER = MarkdownConverter()

# A body as finews has it: digest, raw HTML, the original's address, links back.
FINEWS = (
    "> 近日，行走在全南县桃江两岸。\n\n"
    '<p style="display:none;"><br /></p><!-- EM_StockImg_Start --><p><a href="http://q.example/x?a=1&b=2"'
    ' class="c"><img src="https://w.example/G.aspx?nid=1&type=k" border="0" /></a></p><!-- EM_End -->'
    "<p>一，二。</p>\n <p><strong>三</strong>：<span id=\"s_1\">四</span>。</p><center><img src='a.png' />"
    "</center>\n\n<http://finance.example/news/1,2.html?x=1&y=2>\n\n"
    "[返回甲新闻](//f.example/category/Career In x.html)｜[返回首页](//f.example/)"
)
SHORTCUTS = [
    FINEWS,
    "<p>甲</p>\n <p>乙</p>",
    "<p>甲</p><p>乙</p>",
    "<p><b>甲</p><p>乙</p> <p>丙</p>",
    "<div><p>甲</p>\n\n<p>乙</p></div>\n\n尾",
    "<div><table><tr><td>不闭合\n\n[甲](乙)",
    "<!-- a -->\n<p>甲</p><!-- b --> \n\n尾",
    "文。\n\n　　缩进的段落。\n\n<center>图</center>",
    "甲 *乙* 丙\n\n<p>丁</p>\n\n- 一\n- 二",
    "段落\n<p>紧跟</p>\n再来",
    "术语\n\n<p>甲</p>\n\n: 定义",
    "注[^1]\n\n<p>甲</p>\n\n[^1]: 注文",
    "[甲][1]\n\n<p>乙</p>\n\n[1]: http://x.example/ '题'",
    "HTML\n\n<p>甲</p>\n\n*[HTML]: 超文本",
    "<p>a\tb</p>\r\n<p>c</p>\r\n\r\n尾\r\n",
    "\x02<p>甲</p>\x03",
]
WHOLE = [
    "```\n<p>码</p>\n```",
    "<script>var a = '<p>';</script>\n\n<p>甲</p>",
    "a < b\n\n<p>甲</p>",
    "<p>甲&#39 </p>",
    "<p 坏=1>甲</p>",
    "<p>甲</p>乙&nbsp;丙<p>丁</p>",
    "<b>粗<!-- c --></b>\n\n<p>甲</p>",
]


@pytest.mark.parametrize("text", SHORTCUTS + WHOLE)
def test_the_shortcut_makes_the_same_document(text):
    assert read_tree(CONVERTER.convert(text)) == read_tree(CONVERTER.convert_whole(text))


@pytest.mark.parametrize("text", SHORTCUTS)
def test_well_formed_bodies_take_the_shortcut(text, monkeypatch):
    converter = MarkdownConverter()
    monkeypatch.setattr(converter, "convert_whole", lambda _: pytest.fail("took the long way"))
    assert converter.convert(text)


@pytest.mark.parametrize("text", WHOLE)
def test_what_only_a_parser_can_tell_is_left_to_one(text, monkeypatch):
    converter = MarkdownConverter()
    monkeypatch.setattr(converter, "convert_whole", lambda _: "the long way")
    assert converter.convert(text) == "the long way"


@pytest.mark.parametrize("text", [FINEWS, "<p>甲</p>\n <p>乙</p>\n", "一段。\n\n又一段。"])
def test_html_and_plain_lines_never_reach_python_markdown(text, monkeypatch):
    monkeypatch.setattr("markdown.Markdown.convert", lambda *_: pytest.fail("called"))
    assert MarkdownConverter().convert(text)


HTML = [
    "<p>甲乙</p>", "<p>a\nb</p>", '<p class="x">c</p>', "<P>U</P>", "<p>x&amp;y</p>", "<p><b>q</p>",
    "<center><p>a</p><p>b</p></center>", "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
    "<table><tr><td>a", "<div>", "</div>", "<center>", "<ul><li>x</ul>", "<h2>t</h2>", "<hr>", "<hr/>",
    "<br>", "<br />", "<p/>", "<div />", "<pre>\n a\n\n b</pre>", "<!-- c -->", "<!-- a\n\nb -->", "<li>x",
    "<b>", "</b>", "<b>x</b>", '<span id="x">s</span>', "</p>", "<p>", "<section>s</section>", "<p\u3000a>",
    "<blockquote><p>q</p></blockquote>", "<custom-x>", "<script>x</script>", "<", "</>", "<p title='x'>",
    "<?php ?>", "<![CDATA[x]]>", "<!DOCTYPE html>",
]  # fmt: skip
MARKDOWN = [
    "text", "中文，段落。", "> quote", ">quote", "> 1. a", "1. one", "１. x", "- a", "* b", "+ c", "# h", "a # b",
    "<http://a.b/c?d=1&e=2>", "<http://a/>", "<https://x_y/*z*>", "[返回](//a/b)", "[a](//a/b c.html)", "[a](b)｜[c](d)",
    "![a](b)", "x![a](b)", "[a]: http://x 't'", "[a][a]", "[a]", "[^1]", "[^1]: n", "*[HTML]: Hyper", "HTML", "&nbsp;",
    "&amp;", "&#39;", "&#39", "AT&T", "*em*", "_x_", "a_b", "`c`", "    code", "\t", "  ", "   ", " ", "　", "　　字", "|",
    "a|b\n-|-\n1|2", "term\n: def", ": x", "{: .a}", "a {: .a}", "---", "===", "12.5%", "~x", "=x", "\\*", "!", "(x)",
    "[x] (y)", '[a](b "t")', "[a](<b>)", "[a](b(c)d)", "'", "\x02", "\r\n", "\r", "  \n", "\x0b", "\u2028", "[TOC]",
    "```", "~~~", "a@b.c", "<a@b.c>",
]  # fmt: skip
GAPS = st.sampled_from(["\n\n", "\n\n", "\n", "", " ", "\n "])
SEQUENCES = st.lists(st.tuples(st.sampled_from(HTML + MARKDOWN), GAPS), min_size=1, max_size=9)


@settings(max_examples=1500)
@given(SEQUENCES)
def test_any_sequence_of_html_and_markdown_makes_the_same_document(pieces):
    text = "".join(map("".join, pieces))
    assert read_tree(CONVERTER.convert(text)) == read_tree(CONVERTER.convert_whole(text))


# Nothing in it is left to the long way, so that all of the shortcut is tried.
PLAIN_HTML = HTML[: HTML.index("<b>")]
PLAIN_MARKDOWN = MARKDOWN[: MARKDOWN.index("&nbsp;")]


@settings(max_examples=1500)
@given(
    st.lists(st.tuples(st.sampled_from(PLAIN_HTML + PLAIN_MARKDOWN), GAPS), min_size=2, max_size=12)
)
def test_any_sequence_the_shortcut_takes_makes_the_same_document(pieces):
    text = "".join(map("".join, pieces))
    assert read_tree(CONVERTER.convert(text)) == read_tree(CONVERTER.convert_whole(text))


@given(st.lists(st.sampled_from(HTML + MARKDOWN), min_size=2, max_size=4))
def test_an_article_knows_nothing_of_the_one_before(texts):
    converter = MarkdownConverter()
    alone = [MarkdownConverter().convert(text) for text in texts]
    assert [converter.convert(text) for text in texts] == alone


def test_an_empty_text_is_an_empty_document():
    assert CONVERTER.convert("") == ""
    assert CONVERTER.convert(" \n　\n") == ""


@pytest.mark.parametrize(
    "text",
    ["- " * 5000 + "a", "1. " * 5000 + "a", "> " * 10_000, "[" * 10_000 + "\n\n<p>甲</p>"],
    ids=["lists", "numbers", "quotes", "brackets"],
)
def test_markdown_that_cannot_be_converted_gives_none(text):
    converter = MarkdownConverter()
    assert converter.convert(text) is None
    assert converter.convert("*甲*") == "<p><em>甲</em></p>"


def test_extensions_are_those_of_the_archives():
    html = CONVERTER.convert(
        "# 题 {#id}\n\n```python\nx\n```\n\na | b\n--|--:\n1 | 2\n\n词\n: 义\n\n注[^1] HTML\n\n"
        "[^1]: 注文\n\n*[HTML]: 超文本\n"
    )
    for part in (
        'id="id"',
        'class="language-python"',
        "<table>",
        "<dl>",
        'class="footnote"',
        "<abbr",
    ):
        assert part in html
    assert '"引号"' in CONVERTER.convert('说 "引号" -- 完...\n\n# 题')
