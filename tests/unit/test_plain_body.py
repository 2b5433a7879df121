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
        '<p style="text-align:center;">', '<p style="text-align: right">', '<p style="text-align:centre">', "<center>", "</center>",
        '<img src="https://a.example/b.jpg" alt="图" width="554" style="border:#d0d0d0 1px solid;padding:0px;" />',
        '<img src="http://a.example/b?c=1&d=2&copy=3" border="0" alt="K图" width="578" height="276" />', '<img src="https://a..b/c.jpg">',
        '<img src="https://a.example/b.jpg" style="width:1px;display:none">', '<img src="/b.jpg" alt="图">', "&lt;", "&gt;", "&copy", "&x=1",
        '<img src="https://a.example/b.jpg" alt="a > b">', '<img src="https://a.example/b.jpg" height="1" width="007">',
        "\ufdd0", "\x00", "\x7f", "\x85", "😀", "\U0001ffff", "{% x %}", "# 一", "- 一", "1. 一",
    ]
)  # fmt: skip
_STARTS = st.sampled_from(["<p>", '<p style="text-align:center;">', "<center>"])
_GAPS = st.sampled_from(["", "\n", "\n\n", "\n ", " \n ", " "])


def _block(start: str, pieces: list[str], gap: str) -> str:
    name = "center" if start == "<center>" else "p"
    return f"{start}{''.join(pieces)}</{name}>{gap}"


_PARAGRAPHS = st.lists(
    st.builds(_block, _STARTS, st.lists(_PIECES, max_size=3), _GAPS), max_size=4
).map("".join)


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
        "<p>&amp;nbsp一&nbsp;&lt;二&gt;</p>\n <p>三</p>",
        (
            '<p>一</p><center><img src="https://a.example/b.jpg" alt="图" width="554" style="border:#d0d0d0 1px solid;" /></center>'
            '<p style="text-align:center;">图片来源：甲报</p><center><img src="https://a.example/c.jpg"></center>'
        ),
        (
            '<p><a href="http://a.example/1" data-code="1" class="Em" target="_blank"><img src="https://a.example/x?n=1.6&t=k"'
            ' border="0" alt="K图" width="578" height="276" /></a></p>'
        ),
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
        "<p>&copy;</p>",
        "<p>&amp</p>",
        "<p>a&x=1</p>",
        "<p>a > b</p>",
        "<p>一\n 二</p>",
        "<p>\t</p>",
        "<p>\xa0</p>",
        '<p style="display:none">一</p>',
        '<center><img src="https://a.example/b.jpg" style="display:none"></center>',
        '<center><img src="javascript:x"></center>',
        "<p>\x00</p>",
        "<p>\ud800</p>",
        "<p>\U0001ffff</p>",
        "    <p>一</p>",
    ],
)
def test_anything_else_goes_the_long_way(text: str) -> None:
    assert read_plain(text) is None


def test_a_text_known_to_be_sound_is_not_searched_again() -> None:
    assert read_plain("<p>一</p>", is_sound=True) == "<p>一</p>"
    assert read_plain("<p>\U0001ffff</p>", is_sound=True) is None
