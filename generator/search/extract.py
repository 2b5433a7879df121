"""The visible text of an article's HTML, by the rule the client applies to the page itself.

The client shows a hit only when it finds the words in the page, so both must see one text:
`client/page.js` is the other half.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

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


def visible_text(html: str) -> str:
    """Text of a fragment of HTML, a line break wherever a block begins or ends."""
    if "<" not in html and "&" not in html:
        return html
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    for unseen in body.css(_UNSEEN):
        unseen.decompose()
    parts: list[str] = []
    for node in body.traverse(include_text=True):
        if node.tag in BLOCKS or _follows_block(node):
            parts.append("\n")
        if node.is_text_node:
            parts.append(node.text_content or "")
    return "".join(parts).strip()


def _follows_block(node: LexborNode) -> bool:
    before = node.prev
    return before is not None and before.tag in BLOCKS
