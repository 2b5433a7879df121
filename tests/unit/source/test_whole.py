"""What is written whole comes out as it would tag by tag."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soup import SOUP

from generator.source.attributes import Attributes
from generator.source.flow import Flow
from generator.source.sanitise import Sanitiser
from generator.source.targets import Targets

_SANITISER = Sanitiser()
_TEXTS = st.sampled_from(["甲", " 乙 ", "\n", " ", "\u3000\u3000丙", "&amp;", "a &lt; b"])
_INLINE = st.recursive(
    st.one_of(_TEXTS, st.sampled_from(["<br>", '<img src="a.png" alt="图">', "<img alt=' '>", "<img hidden src=b.png>"])),
    lambda inner: st.tuples(
        st.sampled_from(
            ["b", "code", "em", "strong", "sub", 'a href="http://x.example/y"', 'a href="/z?a=1&amp;b=2"',
             'a href="javascript:x"', 'a href="#n"', "a", "span", 'code class="language-c"', "strong id=n"]
        ),
        st.lists(inner, max_size=3).map("".join),
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
    max_leaves=6,
)  # fmt: skip
_RUNS = st.lists(_INLINE, max_size=4).map("".join)
_WHOLE = st.sampled_from(
    ["<p>甲</p>", "<p>甲<b>乙</b></p>\n", "<p>甲<br></p>", "<p><img src='a.png'></p>", "<li>甲</li>", "<li>甲<br></li>\n",
     "<h3 id=n>甲</h3>", "<h1>甲</h1>", "<h4>甲<em>乙</em></h4>", "<pre><code>甲\n</code></pre>", "<hr>", "甲", "\n",
     "<p>甲<a href='http://x.example/y'>乙</a></p>", "<p>甲<a href='javascript:x'>乙</a></p>", "<caption>甲</caption>",
     "<p><img hidden src='a.png'></p>", "<p><a href='#n'>甲</a></p>", "<dt>甲</dt>", "<p> </p>", "<li> </li>"]
)  # fmt: skip
_ODD = st.tuples(
    st.sampled_from(["p", "h2", "h3 id=n", "li", "td", "th", "p align=center"]), _RUNS
).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>")
_CONTAINERS = st.sampled_from(
    ["ul", "ol", "li", "blockquote", "div", "div hidden", "table", "tr", "td", "th", "details", "dl", "figure", "pre",
     "video src=v.mp4", "b", 'a href="http://x.example/y"', "strong id=n", "ruby"]
)  # fmt: skip
_BLOCKS = st.recursive(
    st.one_of(_WHOLE, _WHOLE, _ODD),
    lambda inner: st.tuples(_CONTAINERS, st.lists(inner, max_size=4).map("".join)).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"
    ),
    max_leaves=8,
)
_PAGES = st.lists(st.one_of(_BLOCKS, _BLOCKS, _WHOLE, _RUNS), max_size=6).map("".join)


class _TagByTag(Flow):
    __slots__ = ()

    def _take_whole(self, *_: object) -> bool:
        return False


def _write(flow: type[Flow], html: str) -> str:
    targets = Targets({"/z?a=1&b=2": "../z.html"}, "../")
    return flow(
        html, Attributes(targets, ("a-n",), remote_images="link", image_label="图片")
    ).write()


@given(st.one_of(_PAGES, SOUP))
def test_whole_elements_come_out_as_they_do_tag_by_tag(html: str) -> None:
    clean = _SANITISER.clean(html)
    assert _write(Flow, clean) == _write(_TagByTag, clean)


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲<b>乙</b><br><a href='http://x.example/'><code>丙</code></a></p>\n<p><img src='http://x.example/a.png'></p>",
        "<ul>\n<li>甲</li>\n<li><em>乙</em>丙</li>\n</ul>",
        "<pre><code>甲\n乙</code></pre><h2>丙</h2><h4 id='n'>丁</h4><blockquote><p>戊</p></blockquote>",
    ],
)
def test_what_it_is_made_for_is_taken_whole(html: str) -> None:
    taken: list[bool] = []

    class Watched(Flow):
        __slots__ = ()

        def _take_whole(self, match: re.Match[str], kind: str | None) -> bool:
            taken.append(super()._take_whole(match, kind))
            return taken[-1]

    clean = _SANITISER.clean(html)
    assert _write(Watched, clean) == _write(_TagByTag, clean)
    assert taken
    assert all(taken)
