"""The visible text of an article's HTML, by the rule the client applies to the page itself.

The client shows a hit only when it finds the words in the page, so both must see one text:
`client/page.js` is the other half.
"""

from __future__ import annotations

import html as entities

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.text.patterns import late

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


# Tags that a text of news is made of, with attributes that hide nothing. Where a text has no others
# no tree is needed, which takes a third of the time; so it is with 24 clean bodies of 25.
_PLAIN_BLOCKS = (
    "blockquote|br|center|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|img|li|ol|p|section|ul"
)
_PLAIN_INLINE = (
    "a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u"
)
_ATTRIBUTES = (
    r"(?:\s+(?:align|alt|class|color|data-[a-z-]+|datetime|dir|face|height|href|id|lang|loading|rel|"
    r'size|src|target|title|width)(?:="[^"]*")?|\s+style="(?![^"]*display)[^"]*")*\s*/?>'
)
# A paragraph that is not shown, of text alone.
_HIDDEN = late(r'<p style="[^"]*display: ?none[^"]*">[^<]*</p>')
_BLOCK_TAG = late(f"</?(?:{_PLAIN_BLOCKS}){_ATTRIBUTES}")
_INLINE_TAG = late(f"</?(?:{_PLAIN_INLINE}){_ATTRIBUTES}|<!--[^<>]*-->")


def visible_text(html: str) -> str:
    """Text of a fragment of HTML, a line break wherever a block begins or ends.

    The fragment is well formed, as sanitising leaves it: every end has its beginning.
    """
    text = _HIDDEN.sub("", html) if "display" in html else html
    if "<" in text:
        text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", text))
    if "<" in text:
        return text_of_tree(html)
    return (entities.unescape(text) if "&" in text else text).strip()


def text_of_tree(html: str) -> str:
    """The same for any markup, by way of its tree: the rule that the client follows."""
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
