"""What is written whole comes out as it would tag by tag."""

from __future__ import annotations

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
_BLOCKS = st.recursive(
    st.tuples(
        st.sampled_from(
            ["p", "h2", "h3 id=n", "h5", "pre", "li", "td", "th", "p align=center", "dt", "caption"]
        ),
        _RUNS,
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
    lambda inner: st.tuples(
        st.sampled_from(
            ["ul", "ol", "li", "blockquote", "div", "div hidden", "table", "tr", "td", "th", "details", "dl", "figure",
             "video src=v.mp4", "pre"]
        ),
        st.lists(st.one_of(inner, _TEXTS), max_size=4).map("".join),
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
    max_leaves=8,
)  # fmt: skip
_PAGES = st.lists(st.one_of(_BLOCKS, _RUNS), max_size=6).map("".join)


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

        def _take_whole(self, match, kind):  # type: ignore[no-untyped-def]
            taken.append(super()._take_whole(match, kind))
            return taken[-1]

    clean = _SANITISER.clean(html)
    assert _write(Watched, clean) == _write(_TagByTag, clean)
    assert taken
    assert all(taken)
