"""The CommonMark engine reads what Python-Markdown reads, by the rules of CommonMark."""

import re
import sys

import pytest

from generator.source.body import BodyRenderer
from generator.source.commonmark import CommonMarkConverter, is_affordable
from generator.source.markdown import MarkdownConverter

CONVERTER, REFERENCE = CommonMarkConverter(), MarkdownConverter()


def render(text, engine="commonmark"):
    renderer = BodyRenderer(trusted=False, remote_images="link", image_label="图片", engine=engine)
    return renderer.render(text, is_html=False, resolve={}, root="../")


# Both engines make the same page of these.
SAME = {
    "paragraphs": "甲\n乙\n\n丙  \n丁",
    "emphasis": "甲**乙**丙 *丁*  __己__ a_b_c",
    "emphasis around quotation marks": "他说**“强调”**文字，**（括号）**。",
    "headings": "# 题\n\n## Install it\n\n## Install it\n\n二级\n---",
    "a heading's own id": "# 题 {#top}\n\n## Two {: #two .x }\n\n[上](#top)",
    "lists": "- 甲\n    - 乙\n- 丙\n\n文\n\n1. 一\n2. 二",
    "a quotation": "> 甲\n> 乙\n\n文",
    "code": "文 `a < b` 和\n\n    code\n\n```python\nx = '**'\n```",
    "a table": "a | b\n--|--:\n1 | `2`\n",
    "definitions": "词\n: 义\n\n词二\n: 义二",
    "links": '[甲](a.html "题") <http://x.example/a?b=1&c=2> [乙][1] ![图](i.png)\n\n[1]: /b.html',
    "raw HTML": "<p>甲<br>乙</p>\n\n<center><b>丙</b></center>\n\n文 <em>丁</em>",
    "an attribute list": "一段\n{: .lead #x}\n\n[甲](a.html){: .button} 乙",
    "escapes": "\\*甲\\* &copy; &nope; AT&T 1 < 2",
}  # fmt: skip


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_both_engines_make_the_same_page_of_ordinary_markdown(text):
    assert squeeze(render(text).html) == squeeze(render(text, "python-markdown").html)


def squeeze(html):
    """Without white space."""
    return "".join(html.split())


# What docs/markdown.md lists: how each engine reads it.
DIFFERENT = [
    ("段\n- 一", "<ul>", "- 一"),
    ("#题", "<p>#题</p>", ">题</h2>"),
    ("1) 甲", "<ol>", "1) 甲"),
    ("[甲](a b.html)", "[甲](a b.html)", 'href="a%20b.html"'),
    ("<p>甲</p>\n*乙*", "*乙*", "<em>乙</em>"),
    ("HTML\n\n*[HTML]: 超文本", "*[HTML]", "<abbr"),
    ("3. 三", '<ol start="3">', "<ol>"),
    ("- 甲\n\n1. 一", "<ol>", "<ul>\n<li>\n<p>甲"),
    ("***甲***", "<em><strong>", "<strong><em>"),
    ("甲\\\n乙", "<br>", "甲\\"),
]


@pytest.mark.parametrize(("text", "ours", "theirs"), DIFFERENT)
def test_what_the_page_on_markdown_says_differs_is_read_as_it_says(text, ours, theirs):
    assert ours in render(text).html
    assert theirs in render(text, "python-markdown").html


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
def test_notes_stand_at_the_end_and_lead_back(engine):
    body = render("# Title[^1]\n\n甲[^2]。\n\n[^1]: 注一\n\n[^2]: 注二\n\n乙", engine)
    assert '<h2 id="a-title">' in body.html
    assert (
        body.html.index("乙") < body.html.index('<div class="footnote">') < body.html.index("注一")
    )
    assert len(re.findall(r'<a class="footnote-backref" href="#[^"]+"[^>]*>↩</a>', body.html)) == 2
    assert body.text == "Title1\n甲2。\n乙\n注一\n注二"


def test_a_note_that_is_named_twice_leads_back_twice():
    body = render("甲[^1]乙[^1]\n\n[^1]: 注")
    assert body.html.count('class="footnote-backref"') == 2
    assert body.html.count('class="footnote-ref"') == 2
    assert body.text == "甲1乙1\n注"


def test_what_markdown_hides_is_sanitised_all_the_same():
    html = render('[x](javascript:alert(1)) <script>y</script> <b onclick="z">甲</b>').html
    assert "javascript" not in html
    assert "script" not in html
    assert "onclick" not in html


HOSTILE = {
    "wide tables": "|".join("x" * 1000) + "\n" + "|".join("-" * 1000) + "\n" + "a\n" * 100_000,
    "wide tables in quotes": "> " + "|".join("x" * 2000) + "\n> " + "|".join("-" * 2000) + "\n" + "> a\n" * 9000,
    "definitions": "a\n\n: b\n\n" * 25_000,
    "definitions in lists": "- a\n  : b\n\n" * 25_000,
    "notes": "[^1] " * 100_000 + "\n\n[^1]: a",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_and_shown_as_it_stands(text):
    assert not is_affordable(text)
    assert CONVERTER.convert(text) is None


DEEP = {
    "quotes": "> " * 50_000,
    "lists": "- " * 50_000 + "a",
    "brackets": "[" * 100_000 + "](a)" * 100_000,
    "emphasis": "*a **b " * 20_000 + "** c*" * 20_000,
    "headings of one name": "# a\n" * 20_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_and_repeated_markup_is_converted(text):
    assert CONVERTER.convert(text)


ORDINARY = {
    "a large table": "a | b | c\n--|--|--\n" + "一 | 二 | 三\n" * 5000,
    "many tables": "a | b\n--|--\n1 | 2\n\n" * 3000,
    "a glossary": "词\n: 义\n\n" * 5000,
    "notes": "".join(f"文[^{number}]\n\n[^{number}]: 注\n\n" for number in range(3000)),
    "rules": "- - -\n\n| --- |\n\n" * 5000,
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_text_is_converted_however_long(text):
    assert is_affordable(text)


def test_line_ends_and_lone_surrogates_are_read():
    assert CONVERTER.convert("甲\r\n\r\n乙\r\r丙") == "<p>甲</p>\n<p>乙</p>\n<p>丙</p>"
    assert CONVERTER.convert("甲\ud800") == "<p>甲?</p>"
    assert CONVERTER.convert(" \n") == ""


def test_a_fault_inside_the_package_costs_the_article_alone(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(*_):
        raise PanicException

    monkeypatch.setattr("comrak.render_markdown", panic)
    assert CONVERTER.convert("甲") is None


def test_python_markdown_needs_no_comrak(monkeypatch):
    monkeypatch.setitem(sys.modules, "comrak", None)
    assert render("*甲*", "python-markdown").html == "<p><em>甲</em></p>"
