"""The form of the index's files, and the texts of pages."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.errors import BackfileError
from generator.search.assets import client_files
from generator.search.columns import day_number
from generator.search.extract import text_of_tree, visible_text
from generator.search.files import content_name, index_file
from generator.search.tokens import index_tokens


@given(st.binary(max_size=300) | st.text("*/.a", max_size=30).map(str.encode))
def test_a_file_is_one_call_with_one_comment(payload):
    data = index_file("h", payload).data
    assert data.startswith(b"backfile(()=>{/*")
    assert data.index(b"*/", 16) == len(data) - 4
    assert data.endswith(b"*/})")
    plain = data[16:-4].replace(b"*.", b"*")
    assert plain[4:] == payload
    assert int.from_bytes(plain[:4], "big") == zlib.crc32(payload)


def test_names_are_eight_characters_that_every_disk_tells_apart():
    name = content_name(b"")
    assert len(name) == 8
    assert name == name.lower()
    assert name.isalnum()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<p>一<b>二</b>三</p>", "一二三"),
        ("a<br>b", "a\n\nb"),
        ("<div>foo</div>bar", "foo\nbar"),
        ("<p>见<script>x()</script><style>p{}</style>此</p>", "见此"),
        ("<p hidden>无</p><p>有</p>", "有"),
        ('<p style="display:none;margin:0">无</p>有', "有"),
        ('<span aria-hidden="true">★</span>星', "星"),
        ("<!-- 无 -->有", "有"),
        ("&lt;b&gt; &amp; &#20013;", "<b> & 中"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢かん"),
        ("没有标记", "没有标记"),
        ("", ""),
    ],
)
def test_visible_text(html, text):
    assert [line for line in visible_text(html).split("\n") if line] == [
        line for line in text.split("\n") if line
    ]


PIECES = [
    "一二",
    "三",
    " ",
    "\n",
    "word",
    "4.0",
    "&amp;",
    "&lt;p&gt;",
    "&#20013;",
    "&nbsp;",
    "&copy",
]
TAGS = ["p", "div", "b", "a", "span", "li", "ul", "h2", "strong", "blockquote", "em"]
OTHERS = [
    "<br>", "<br/>", "<hr />", '<img src="a.png" alt="a>b">', '<a href="https://a.example/?b=c&amp;d">',
    "<table><tr><td>格", "</table>", "<script>x</script>", "<!-- 无 -->", "<p hidden>", "</p>",
    '<p style="display:none">', '<p class="a b">', "<span aria-hidden='true'>", "<http://a.example>",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES)
        | st.sampled_from(TAGS).map("<{}>".format)
        | st.sampled_from(TAGS).map("</{}>".format)
        | st.sampled_from(OTHERS),
        max_size=12,
    )
)
def test_text_without_a_tree_is_the_text_of_the_tree(pieces):
    html = LexborHTMLParser("".join(pieces)).body.inner_html
    assert index_tokens(visible_text(html)) == index_tokens(text_of_tree(html))


@pytest.mark.parametrize(
    ("date", "number"),
    [
        ("0001-01-01", 1),
        ("1970-01-01", 719163),
        ("2022-02-21T07:29:31", 738207),
        ("", 0),
        ("2022-13-01", 0),
    ],
)
def test_days_are_counted_from_the_year_one(date, number):
    assert day_number(date) == number


def test_a_client_that_is_not_built_is_said(tmp_path):
    with pytest.raises(BackfileError, match="not built"):
        list(client_files(tmp_path))
