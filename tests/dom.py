"""HTML as trees, to tell whether two texts are one document."""

import re

from selectolax.lexbor import LexborHTMLParser

_BLOCKS = frozenset(
    (
        "-comment", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption",
        "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_VOID = frozenset(("br", "embed", "hr", "img", "input", "wbr"))


def read_tree(html):
    """The document as nested tuples; white space at the edges of blocks is left out.

    An inline element without attributes that holds white space alone is white space: parsers make
    one between blocks where a formatting element was never closed.
    """
    return _read(LexborHTMLParser(f"<body>{html}").body, is_verbatim=False)


def read_text(html):
    """All text of a document without its white space."""
    return "".join(LexborHTMLParser(f"<body>{html}").body.text().split())


def _read(node, *, is_verbatim):
    found = []
    for child in _children(node):
        if child.tag == "-text":
            text = child.html if is_verbatim else re.sub(r"[ \t\r\n]+", " ", child.html)
            if found and isinstance(found[-1], str):
                text = found.pop() + text
                text = text if is_verbatim else re.sub(" +", " ", text)
            found.append(text)
        elif child.tag == "-comment":
            found.append(("-comment", child.html))
        else:
            inner = _read(child, is_verbatim=is_verbatim or child.tag == "pre")
            attributes = tuple(
                sorted((name, value or "") for name, value in child.attributes.items())
            )
            if inner or attributes or child.tag in _BLOCKS or child.tag in _VOID:
                found.append((child.tag, attributes, inner))
    return tuple(found) if is_verbatim else tuple(_trim(node, found))


def _children(node):
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _trim(node, found):
    for at, item in enumerate(found):
        if not isinstance(item, str):
            yield item
            continue
        before = found[at - 1] if at else (node.tag,)
        after = found[at + 1] if at + 1 < len(found) else (node.tag,)
        text = item.lstrip(" ") if before[0] in _BLOCKS else item
        text = text.rstrip(" ") if after[0] in _BLOCKS else text
        if text and not (text == " " and len(found) == 1):
            yield text
