"""Plain text of clean HTML, and what is shown of it: excerpts, lengths, pictures."""

from __future__ import annotations

import re
import sys
import unicodedata
from html import unescape

from generator.text.patterns import late

_ATTRIBUTES = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
# Text that stands for something else: pictures and media as links, ways back from footnotes.
_ASIDE = late(rf'<a class="(?:remote-image|remote-media|footnote-backref)"{_ATTRIBUTES}>[^<]*+</a>')
_BREAK = late(
    r"</?(?:address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|figcaption"
    r"|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th"
    rf"|thead|tr|ul)(?=[\s/>]){_ATTRIBUTES}>"
)
_TAG = late(rf"</?[a-z]{_ATTRIBUTES}>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
# Characters set without spaces between them: Han, kana, bopomofo, full-width forms and their marks.
_SOLID = late(
    "[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_QUOTES = "“”‘’…—"  # solid beside a solid character
_IMAGE = late(r'<img\b[^>]*?\ssrc="(?!data:)([^"]+)"|<a class="remote-image" href="([^"]+)"')
_SENTENCE_END = late(r"[。！？!?][”’」』）)\"']*|\.[”’)\"']*(?=\s|$)")

# Bytes that begin no character from U+3000 to U+DFFF or from U+F000 on: Han, kana, hangul and their
# punctuation are there, and no alphabet.
_NOT_WIDE = bytes(set(range(256)) - {*range(0xE3, 0xEE), 0xEF})


def plain_text(html: str) -> str:
    """The text that clean HTML shows, a line for each block; without what links to pictures say.

    White space is one space, and none where a line of the source breaks between two characters
    of Han script, which are set without spaces.
    """
    if 'class="remote-' in html or "footnote-backref" in html:
        html = _ASIDE.sub("", html)
    # Most tags are these two, and a pattern takes far longer over each.
    text = html.replace("<p>", "\0").replace("</p>", "\0")
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\0", text))
    if "&" in text:
        text = unescape(text)
    lines = [
        " ".join(line.split()) if line.isascii() or "\n" not in line else _join_lines(line)
        for line in text.split("\0")
        if not line.isspace()
    ]
    return "\n".join(filter(None, lines))


def _join_lines(text: str, enough: int = sys.maxsize) -> str:
    """Lines of a source as one line, until there are more than `enough` characters."""
    line = ""
    for part in text.split("\n"):
        part = " ".join(part.split())  # noqa: PLW2901 - the part is what is left of it
        if part:
            line += part if not line or _is_set_solid(line[-1], part[0]) else f" {part}"
        if len(line) > enough:
            break
    return line


def _is_set_solid(before: str, after: str) -> bool:
    """Whether no space belongs where a line broke between two characters."""
    solids = [bool(_SOLID.match(character)) for character in (before, after)]
    return any(solids) and all(
        solid or character in _QUOTES
        for solid, character in zip(solids, (before, after), strict=True)
    )


def excerpt(text: str, limit: int = 120) -> str:
    """The beginning of a plain text on one line, of at most `limit` characters.

    It ends with a sentence where one ends in the last two fifths, else with `…`, and never inside
    a word of letters, nor between a character and marks that belong to it.
    """
    # Enough for what white space may take; the rest is never looked at.
    line = _join_lines(text[: 4 * limit], limit)
    if len(line) <= limit:
        return line
    end = 0
    for match in _SENTENCE_END.finditer(line, 0, limit + 1):
        if match.end() <= limit:
            end = match.end()
    if end >= limit * 0.6:
        return line[:end]
    return line[: _cut(line, limit - 1)].rstrip() + "…"


def count_characters(text: str) -> int:
    """The characters of a plain text, its white space left out: spaces and line ends."""
    return len(text) - text.count(" ") - text.count("\n")


def count_wide(text: str) -> int:
    """The characters of East Asian scripts, with their punctuation: about a microsecond a page."""
    return len(text.encode("utf-8", "replace").translate(None, _NOT_WIDE))


def first_image(html: str) -> str:
    """The address of the first picture of clean HTML, shown or linked to; "" for none."""
    match = _IMAGE.search(html)
    return unescape(match[1] or match[2]) if match else ""


def _cut(line: str, end: int) -> int:
    """The last place at or before `end` where a line may be cut; `end` where there is none."""
    place = end
    while place > end // 2 and (_is_joined(line, place) or _is_in_word(line, place)):
        place -= 1
    return place if place > end // 2 else end


def _is_in_word(line: str, place: int) -> bool:
    before, after = line[place - 1], line[place]
    return _is_latin(before) and _is_latin(after)


def _is_latin(character: str) -> bool:
    """A letter or digit of a script that sets words apart."""
    return character.isalnum() and character < "\u2e80"


def _is_joined(line: str, place: int) -> bool:
    """Whether the character at a place belongs to the one before it."""
    before, after = line[place - 1], line[place]
    return (
        unicodedata.category(after) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tones
        or "\u200d" in (before, after)  # joined emoji
        or (_is_flag_letter(before) and _is_flag_letter(after))
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
