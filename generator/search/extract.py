"""The visible text of an article's HTML, by the rule the client applies to the page itself.

The client shows a hit only when it finds the words in the page, so both must see one text:
`client/page.js` is the other half.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

# Elements whose content nobody reads, or reads as text.
_UNSEEN = (
    "script, style, template, noscript, iframe, object, svg, canvas, audio, video, select, rp, "
    "[hidden], [aria-hidden='true'], [style*='display:none'], [style*='display: none']"
)
# Elements that begin and end a line: words on their two sides do not join.
BLOCKS = frozenset(  # a string, as the client has it, so that the two can be compared by eye
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "img",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


# Whether a text may hold something unseen: a search costs less than a selection in the tree.
_MAY_HIDE = re.compile(
    r"<(?:script|style|template|noscript|iframe|object|svg|canvas|audio|video|select|rp)"
    r"|hidden|display",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})(?=[\s/>])", re.IGNORECASE)


def visible_text(html: str) -> str:
    """Text of a fragment of HTML, a line break wherever a block begins or ends."""
    if "<" not in html and "&" not in html:
        return html
    body = LexborHTMLParser(_BLOCK_TAG.sub(r"\n\g<0>", html)).body
    if body is None:
        return ""
    if _MAY_HIDE.search(html):
        for unseen in body.css(_UNSEEN):
            unseen.decompose()
    return body.text().strip()
