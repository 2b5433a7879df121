"""The headings inside an article, for its table of contents."""

from __future__ import annotations

import re
from html import unescape

from generator.render.context import Heading
from generator.text.patterns import late

# The body is clean HTML of our own serialiser: attributes are quoted, elements are closed.
_HEADING = late(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_ID = late(r'\sid="([^"]+)"')
_TAG = late(r"<[^>]*>")
# The ids of an article's own elements start with `a-`; a trusted article may have any.
_OURS = "part-"


def anchor_headings(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Give an id to each heading that has words and none; give the headings in their order too."""
    if "<h" not in html and "<H" not in html:
        return html, ()
    found: list[Heading] = []
    is_taken = f'id="{_OURS}' in html

    def take(match: re.Match[str]) -> str:
        level, attributes, content = match.groups()
        title = " ".join(unescape(_TAG.sub("", content)).split())
        stated = _ID.search(attributes)
        if not title or (is_taken and not stated):
            return match[0]
        if stated:
            found.append(Heading(title, int(level), unescape(stated[1])))
            return match[0]
        anchor = f"{_OURS}{len(found) + 1}"
        found.append(Heading(title, int(level), anchor))
        return f'<h{level} id="{anchor}"{attributes}>{content}</h{level}>'

    return _HEADING.sub(take, html), tuple(found)
