"""The article's text among the navigation of a page: where it stands, and its clean HTML.

A block runs when it holds a sentence and less than a third of it is link text. The search starts
at `<body>` and goes down while one child holds at least three fifths of the running text, and
more than one running block. Where the page marks one `<article>` or `itemprop=articleBody`, that
is where it starts. No library of boilerplate removal is used: they bring lxml and word lists and
drop text without saying what; here everything left out goes into the record.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import msgspec
import nh3
from selectolax.lexbor import LexborNode

from generator.ingest.lines import ends_sentence, is_cjk, trim
from generator.text.patterns import late

# Elements that never hold an article's text.
NOT_TEXT = "script, style, noscript, template, iframe, object, form, button, select, input, textarea, svg, canvas, #backsohucode"
_FRAME = ("nav", "aside", "footer")
_CONTAINER_TAGS = "div section article main center td tr tbody table header body span font"
_BLOCK_TAGS = "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table figure hr address"
_CONTAINERS = frozenset(_CONTAINER_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
# Elements that make of what holds them more than one block.
_HOLDING = "p, div, table, ul, ol, dl, h1, h2, h3, h4, h5, h6, blockquote, center, article, section"
_WHOLE = frozenset(("ul", "ol", "dl", "blockquote", "pre", "table", "figure"))
_KEPT_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dl", "dt", "em", "figcaption",
    "figure", "i", "img", "ins", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "small", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_KEPT_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "ol": {"start"},
}
_DOMINATES = 0.6
# A break between sentences, or before an indented line: the paragraph holds several. Verses and
# addresses break elsewhere.
_NEXT_PARAGRAPH = late(
    r"[。！？!?”」）)]\s*<br\s*/?>|<br\s*/?>\s*(?:\u3000|&nbsp;|\xa0|<br)", re.IGNORECASE
)
_NO_PICTURE = late(r"<img(?![^>]*\ssrc=)[^>]*>")


class Part(msgspec.Struct, frozen=True, gc=False):
    """One block of an article: its text on one line ("" for a picture) and its clean HTML."""

    text: str
    markup: str
    is_link_list: bool = False


def find_main(body: LexborNode) -> LexborNode | None:
    """The element that holds the article's text; None where no text runs.

    NOT_TEXT must be gone from the page.
    """
    marked = body.css("article") or body.css("[itemprop=articleBody]")
    node = marked[0] if len(marked) == 1 and _running(marked[0]) else body
    if not _running(node):
        return None
    while True:
        blocks = _running(node)
        if len(blocks) == 1:
            # One paragraph: what holds it, unless it is bare text in the element itself.
            alone = blocks[0]
            return alone.parent if alone.parent is not None and alone.tag == "p" else alone
        total = sum(map(_length, blocks))
        for child in node.iter():
            inside = _running(child) if child.tag in _CONTAINERS else []
            if len(inside) > 1 and sum(map(_length, inside)) >= _DOMINATES * total:
                node = child
                break
        else:
            return node


def text_blocks(node: LexborNode, with_frame: bool = False) -> Iterator[LexborNode]:
    """The smallest elements that hold text of their own, in the order of the page.

    `with_frame` goes into navigation, asides and footers as well.
    """
    if node.tag in _FRAME and not with_frame:
        return
    if node.tag in _BLOCKS and node.tag != "table":
        yield node
        return
    has_text = any(c.is_text_node and trim(c.text() or "") for c in node.iter(include_text=True))
    if has_text and not _holds(node, _HOLDING):
        yield node
        return
    # Old pages close no paragraph: text stands beside whole tables.
    for child in node.iter(include_text=has_text):
        if not child.is_text_node:
            yield from text_blocks(child, with_frame)
        elif trim(child.text() or ""):
            yield child


def plain_text(node: LexborNode) -> str:
    """An element's text on one line."""
    return trim(re.sub(r"\s+", " ", node.text(deep=True, separator="")))


def _running(node: LexborNode) -> list[LexborNode]:
    return [block for block in text_blocks(node) if _is_running(block)]


def _is_running(block: LexborNode) -> bool:
    text = plain_text(block)
    links = sum(len(plain_text(link)) for link in block.css("a"))
    has_sentence = ends_sentence(text) or "。" in text or len(text) > (80 if is_cjk(text) else 200)
    return has_sentence and links * 3 < len(text)


def _length(block: LexborNode) -> int:
    return len(plain_text(block))


def flatten(node: LexborNode, base: str) -> Iterator[Part]:
    """The element's content, one part for each block element.

    Containers are dissolved; text that stands in them directly, up to a `<br>`, is a paragraph.
    """
    run: list[str] = []
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag in _FRAME or tag == "-comment":
            continue
        if tag == "br" or tag in _BLOCKS or _holds_blocks(child):
            yield from _paragraph("".join(run), base)
            run = []
            if tag in _BLOCKS:
                yield from _block(child, base)
            elif tag != "br":
                yield from flatten(child, base)
        else:
            run.append(child.html or "")
    yield from _paragraph("".join(run), base)


def _holds_blocks(node: LexborNode) -> bool:
    """Whether the element is more than a run of inline text."""
    return node.tag in _CONTAINERS and (
        node.tag not in ("span", "font") or node.css_first("p, div, br, table, ul, ol") is not None
    )


def _block(node: LexborNode, base: str) -> Iterator[Part]:
    tag, inner = node.tag or "p", node.inner_html or ""
    holds_several = tag == "p" and "<br" in inner and _NEXT_PARAGRAPH.search(inner)
    if holds_several or (tag == "table" and _is_layout(node)):
        yield from flatten(node, base)
    elif tag in _WHOLE:
        yield from _part(plain_text(node), node.html or "", base, _is_link_list(node))
    elif tag in ("p", "address"):
        yield from _paragraph(inner, base)
    elif tag != "hr":
        # The page's <h1> is the article's title; what stands in the text goes below it.
        level = max(2, int(tag[1]))
        yield from _part(plain_text(node), f"<h{level}>{inner}</h{level}>", base)


def _holds(node: LexborNode, selector: str) -> bool:
    """Whether there is such an element below a node; the node itself is none."""
    return any(child.css_first(selector) is not None for child in node.iter())


def _is_layout(table: LexborNode) -> bool:
    """Whether a table arranges a page: it holds blocks, or no row has two cells."""
    if _holds(table, "table, p, div, center, h1, h2, br + br"):
        return True
    return all(len(row.css("td, th")) < 2 for row in table.css("tr"))


def _is_link_list(node: LexborNode) -> bool:
    links = node.css("a")
    linked = sum(len(plain_text(link)) for link in links)
    return len(links) > 1 and linked * 5 >= len(plain_text(node)) * 4


def _paragraph(markup: str, base: str) -> Iterator[Part]:
    markup = trim(re.sub(r"\s+", " ", markup))
    if markup:
        text = trim(html.unescape(nh3.clean(markup, tags=set())))
        yield from _part(text, f"<p>{markup}</p>", base)


def _part(text: str, markup: str, base: str, is_link_list: bool = False) -> Iterator[Part]:
    """A sanitised block, unless nothing is left of it. No blank line: Markdown would end it there."""

    def resolve(_tag: str, name: str, value: str) -> str:
        return urljoin(base, value) if base and name in ("href", "src") else value

    clean = nh3.clean(
        markup,
        tags=_KEPT_TAGS,
        attributes=_KEPT_ATTRIBUTES,
        attribute_filter=resolve,
        link_rel=None,
    )
    if "<img" in clean:
        clean = _NO_PICTURE.sub("", clean)
    clean = re.sub(r"^<(p|h\d)>[\s\u3000]+", r"<\1>", re.sub(r"\n\s*\n", "\n", clean.strip()))
    if text or "<img" in clean:
        yield Part(text, clean, is_link_list)
