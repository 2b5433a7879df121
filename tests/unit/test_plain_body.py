"""Bodies that the short cut takes come out as the long way would bring them out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.source.markdown import MarkdownConverter
from generator.source.plain_body import read_plain
from generator.source.sanitise import Sanitiser

_MARKDOWN = MarkdownConverter()
_SANITISER = Sanitiser()

_PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<p> ", "</p>\n", "</p>\n\n", "</p>\n ", "</p> ", "<br>", "<br/>", "<strong>", "</strong>",
        "<b>", "</b>", "<em>", "</em>", '<a href="https://a.example/b?c=1&d=2">', '<a href="http://a.example/新">',
        '<a href="http://a.example/b" class="EMKeyword" data-code="0,300059|x">', "</a>", "<a href='javascript:x'>",
        *(f'<a href="{url}">' for url in (
            "http://a..b/", "http://1.2.3.999/", "http://xn--a.example/", "http://a.example:99999/", "https://",
            "http://a:b@c.example/", "http://a.example%2f/", "http://a.example?x#y", "https://a-b.example/%zz",
        )),
        '<a href="http://a.example/" target="_blank">', '<a href="https://a.example/"onclick="x">',
        '<a href="//a.example">', '<a href="http://a.example" class="footnote-ref">', "> 摘要。\n\n", "> *摘要*\n\n",
        "> 一\n\n", "正文", "正文 text", "*斜*", "_a_", "[a](b)", "`c`", "\n", "\n\n", "\n ", "    ", "\t", "&", "&amp;",
        "&nbsp;", "\xa0", "\u3000\u3000", "<", ">", '"', "'", "\\", "<!-- x -->", "<script>x</script>", "<p class=x>",
        "\ufdd0", "\x00", "\x7f", "\x85", "😀", "\U0001ffff", "{% x %}", "# 一", "- 一", "1. 一",
    ]
)  # fmt: skip
_PARAGRAPHS = st.lists(
    st.lists(_PIECES, max_size=4).map(lambda pieces: f"<p>{''.join(pieces)}</p>"), max_size=4
).map("\n".join)


def _long_way(text: str) -> str:
    return _SANITISER.clean(_MARKDOWN.convert(text) or "")


@given(st.one_of(st.lists(_PIECES, max_size=12).map("".join), _PARAGRAPHS))
def test_a_body_taken_by_the_short_cut_comes_out_as_by_the_long_way(text: str) -> None:
    short = read_plain(text)
    assert short is None or short == _long_way(text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>一。</p>",
        "\n\n  <p>一。</p><p>二。</p>\n\n",
        "<p>一。</p>\n\n<p><strong>二</strong>，三<br>四。</p> <p></p>",
        '<p><a href="http://a.example/b" class="EMKeyword" data-code="1|2">甲</a>涨。</p>',
        "> 摘要。\n\n<p>一。</p>",
    ],
)
def test_the_bodies_it_is_made_for_take_it(text: str) -> None:
    short = read_plain(text)
    assert short is not None
    assert short == _long_way(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一。",
        "<p>一",
        "<p>一</p>二",
        "<p onclick='x'>一</p>",
        "<p><a href='javascript:alert(1)'>一</a></p>",
        '<p><a href="http://a.example" onclick="x">一</a></p>',
        "<p><script>x</script></p>",
        "<p><b><i>一</i></b></p>",
        "<p>\x00</p>",
        "<p>\ud800</p>",
        "<p>\U0001ffff</p>",
        "    <p>一</p>",
    ],
)
def test_anything_else_goes_the_long_way(text: str) -> None:
    assert read_plain(text) is None
