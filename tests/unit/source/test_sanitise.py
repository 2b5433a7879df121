"""Other people's HTML cannot do anything to a page."""

import re

import pytest
from dom import read_text
from hypothesis import given, settings
from selectolax.lexbor import LexborHTMLParser
from soup import SOUP

from generator.source.conform import conform
from generator.source.sanitise import Sanitiser, _tame
from generator.source.targets import Targets

SANITISER = Sanitiser()
TAGS = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn",
        "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd",
        "li", "mark", "ol", "p", "pre", "q", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "summary",
        "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "var", "wbr",
    )
)  # fmt: skip
ATTRIBUTES = frozenset(
    (
        "alt", "class", "colspan", "decoding", "dir", "height", "href", "id", "loading", "open", "rel", "reversed",
        "rowspan", "scope", "src", "start", "title", "type", "value", "width",
    )
)  # fmt: skip


def publish(html):
    return conform(
        SANITISER.clean(html), Targets({}, "../"), remote_images="link", image_label="图片"
    )


def assert_harmless(html):
    """What a browser makes of it holds nothing that acts, calls out or leaves its place."""
    frame = LexborHTMLParser(f"<!DOCTYPE html><body><main>{html}</main><footer id=end></footer>")
    assert frame.css_first("main").next.attributes == {"id": "end"}
    for node in frame.css("main *"):
        assert node.tag in TAGS
        assert ATTRIBUTES.issuperset(node.attributes)
        for name in ("href", "src"):
            target = (node.attributes.get(name) or "").lstrip()
            assert not re.match(
                r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", target, re.IGNORECASE
            )
        assert not re.match(r"[a-z]+:|//", node.attributes.get("src") or "", re.IGNORECASE)
        assert (node.attributes.get("id") or "a-").startswith("a-")
        for name in (node.attributes.get("class") or "").split():
            assert name.startswith(("align-", "footnote", "language-", "remote-"))


ATTACKS = r"""
<script>alert(1)</script>
<ScRipt >alert(1)</sCript >
<img src=x onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<math href="javascript:alert(1)">x</math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<template><img src=x onerror=alert(1)></template>
<textarea><img src=x onerror=alert(1)></textarea>
<title><img src=x onerror=alert(1)></title>
<xmp><img src=x onerror=alert(1)></xmp>
<plaintext><img src=x onerror=alert(1)>
<select><noembed></select><script x='a@b'>alert(1)</script>
<listing>&lt;img onerror=alert(1) src=x&gt;</listing>
<!--><img src=x onerror=alert(1)>-->
<!-- --!><script>alert(1)</script> -->
<![CDATA[<img src=x onerror=alert(1)>]]>
<?x <img src=x onerror=alert(1)>?>
<a href="javascript:alert(1)">x</a>
<a href=" jAvA&#115;cript:alert(1)">x</a>
<a href="java&#9;script:alert(1)">x</a>
<a href="&#1;javascript:alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="vbscript:x">x</a>
<img src="javascript:alert(1)">
<img src="data:image/svg+xml;base64,PHN2Zz4=">
<img data-src="javascript:alert(1)">
<img data-original="//evil.example/x.png" src=ok.png>
<img srcset="//evil.example/x 1x" src=a.png>
<picture><source srcset=//evil.example/x><img src=a.png></picture>
<svg><image href="//evil.example/x.png"/><use href="//evil.example#x"/></svg>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<iframe src="javascript:alert(1)"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="javascript:x">
<x-iframe src="javascript:alert(1)">
<video poster="//evil.example/x.png" src="//evil.example/x.mp4" autoplay>
<audio src=//evil.example autoplay>
<input type=image src=//evil.example>
<table background="//evil.example/x.png"><td background="//evil.example">
<p style="background:url(//evil.example)">x
<div style="position:fixed;top:0">x</div>
<style>@import '//evil.example'</style>
<link rel=stylesheet href=//evil.example>
<meta http-equiv=refresh content="0;url=//evil.example">
<base href="//evil.example/">
<body onload=alert(1)>
<form action="javascript:x"><input type=submit><button formaction=javascript:x>b</button></form>
<isindex action=javascript:alert(1)>
<frameset><frame src=javascript:alert(1)>
<details open ontoggle=alert(1)><summary>a</summary></details>
<marquee onstart=alert(1)>x</marquee>
</div></article></main></body></html><script>alert(1)</script>
<div><div><span><p><!-- unclosed <b>
<a href="x" title="unclosed>text<b>
<table><tr><td></main></table></main></div>
<img alt="</a><script>alert(1)</script>" src=x>
<font face="<img src=x onerror=alert(1)>">x</font>
<p id=main>x<p name=search>y<form id=document>
<a id="__proto__" href="#__proto__">x</a>
<img/src=x/onerror=alert(1)>
<img src=`x`onerror=alert(1)>
<a href='x' style="x">"'><script>
<a href=mailto:x@y.z?subject=a&body=<script>>m</a>
<scr&#0;ipt>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
""".strip().split("\n")


@pytest.mark.parametrize("frame", ["{}", "<p>a</p>{}<p>b</p>", "<table><tr><td>{}", "<p title='{}"])
@pytest.mark.parametrize(
    "attack", [*ATTACKS, "<\0script>alert(1)</script>", "<scr\0ipt>x</script>"]
)
def test_attacks_come_to_nothing(attack, frame):
    assert_harmless(publish(frame.format(attack)))


@settings(max_examples=500)
@given(SOUP)
def test_no_soup_of_tags_does_harm(html):
    assert_harmless(publish(html))


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none;height:1px"', 'style="DISPLAY : None"', 'style="dis/**/play:none"', "hidden", "hidden=''",
        'style="visibility:hidden"', 'style="color:red;font-size:0"', 'style="font-size: 0px !important"',
        'style="opacity:0"', 'style="text-indent:-9999px"', 'aria-hidden="true"', 'style="display&#58;none"',
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["p", "div", "span", "font", "section", "a href=x", "td"])
def test_hidden_text_is_removed(tag, hiding):
    name = tag.split()[0]
    element = f"<{tag} {hiding}>广告<b>词</b><br></{name}>"
    html = f"<table><tr>{element}</tr></table>" if name == "td" else f"<p>甲</p>{element}<p>乙</p>"
    shown = publish(html + "<p>丙</p>")
    assert "告" not in shown
    assert "词" not in shown
    assert "丙" in shown


def test_a_hidden_picture_hides_nothing_else():
    assert publish("<p>甲<img hidden src=a.png>乙</p>") == "<p>甲乙</p>"


@pytest.mark.parametrize(
    "style",
    ["font-size:0.8em", "font-size:10px", "opacity:0.5", "display:block", "text-indent:-2em"],
)
def test_what_only_looks_hidden_stays(style):
    assert "甲" in publish(f'<p style="{style}">甲</p>')


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("登录 <username>@host", "登录<username>@host"),
        ("cd <path>/x</p>", "cd<path>/x"),
        ("Vec<u32> 与 Map<K, V>", "Vec<u32>与Map"),
        ("原文：<http://x.example/a?b=1>", "原文：<http://x.example/a?b=1>"),
        ("<o:p>甲</o:p><st1:place>乙</st1:place>", "甲乙"),
        ("<svg><title>t</title><text>图</text></svg>", "图"),
        ("<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", "x=1"),
        ("<noscript><p>甲</p></noscript>", "甲"),
        ("<foo bar=1>甲</foo>", "甲"),
        ("<content>甲<b>乙</b></content>", "甲乙"),
    ],
)
def test_text_in_unknown_tags_is_kept(html, text):
    assert read_text(publish(html)) == text


def test_forbidden_characters_are_removed():
    assert publish("<p>a&#11;b&#x7f;c\ufdd0d\U0001ffffe\x00f&#xFFFE;\ud800</p>") == "<p>abcdef?</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "甲",
        "<b>" * 20_000 + "甲",
        "".join(f"<font size={number}><p>" for number in range(20_000)) + "甲",
        "".join(f"<b title={number}>" for number in range(3000)) + "</p>" * 20_000 + "甲",
        "<ul><li>" * 20_000 + "甲",
        "<form><div></form>" * 20_000 + "甲",
        "<table><tr><td>" * 5000 + "甲",
        "<a " + " ".join(f"a{number}=1" for number in range(60_000)) + ">甲</a>",
        "<figure>a<figcaption>b</figcaption>" * 10_000 + "甲",
        "<p>" + "".join(f"<font size={number}>" for number in range(400)) + "<p>x" * 5000 + "甲",
    ],
    ids=[
        "blocks", "formatting", "formatting in blocks", "formatting reopened", "lists", "forms", "tables", "attributes",
        "figures", "formatting in each paragraph",
    ],
)  # fmt: skip
def test_nesting_without_end_neither_hangs_nor_hides_text(html):
    published = publish(html)
    assert "甲" in published
    assert len(SANITISER.clean(html)) < 20 * len(html)
    depth = deepest = 0
    for end in re.findall(r"<(/?)(?!br|hr|img)[a-z]", published):
        depth += -1 if end else 1
        deepest = max(deepest, depth)
    assert deepest < 200


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "form"])
def test_what_nests_without_end_reaches_no_parser(tag):
    """Its time would grow with the square of the depth."""
    assert "<" not in _tame(f"<{tag}>" * 20_000)
