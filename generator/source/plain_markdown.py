"""The Markdown that stands around raw HTML in an archive, converted without Python-Markdown.

A plain paragraph, a quoted line, a bare address, a line of links: one line each, made of characters
that mean nothing else in Markdown, so that there is one way to read them. Python-Markdown needs
0.24 ms for a footer of two such lines, more than all the rest of an article's body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown.util import HTML_PLACEHOLDER

from generator.text.patterns import late

# Characters that can start inline markup or an entity, end a line, or need escaping.
_SPECIAL = r"\\`*_{}\[\]<>&\n\x02\x03"
_TEXT = rf"[^{_SPECIAL}]"
# Line starts that make a heading, list, rule, quote, definition, table or code of a line.
_PLAIN_LINE = late(rf" {{0,3}}(?![#>+=:|~-]|\d+\. )(?! )({_TEXT}++)")
_QUOTED_LINE = late(rf" {{0,3}}> ?(?![#>+=:|~ -]|\d+\. )({_TEXT}++)")
_ADDRESS_CHARACTERS = r"[-a-zA-Z0-9._~:/?#@!$&*+,=%]"
_ADDRESS_LINE = late(rf" {{0,3}}<(https?://{_ADDRESS_CHARACTERS}++)> *")
_TARGET = r"""[^\s()<>"'`;*|{}\\\[\]\x02\x03]++(?: [^\s()<>"'`;*|{}\\\[\]\x02\x03]++)*+"""
_LINK = late(rf"\[((?!\^){_TEXT}++)\]\(({_TARGET})\)")
_LINKS_LINE = late(
    rf" {{0,3}}(?![#>+=:|~ -]|\d+\. )((?:{_TEXT}*+(?<!!)\[(?!\^){_TEXT}++\]\({_TARGET}\))++{_TEXT}*+)"
)
_BLOCK = late(HTML_PLACEHOLDER % "([0-9]+)")


def convert_plain(rest: str, blocks: Sequence[str]) -> str | None:
    """Convert a text of plain lines around `blocks` (see `extract_blocks`); None where it is not.

    The result is what Python-Markdown gives, but for line breaks between blocks.
    """
    pieces: list[str] = []
    follows_quote = False
    for chunk in rest.split("\n\n"):
        line = chunk.lstrip("\n ")
        if "    " in chunk[: len(chunk) - len(line)]:
            return None  # code, be it empty
        if not line.strip():
            continue
        block = _BLOCK.fullmatch(line)
        if block:
            pieces.append(blocks[int(block[1])])
            follows_quote = False
            continue
        # What was stripped before the line's own indentation was empty lines.
        piece = convert_line(chunk[chunk.rfind("\n", 0, len(chunk) - len(line)) + 1 :])
        is_quote = piece is not None and piece.startswith("<blockquote>")
        if piece is None or (is_quote and follows_quote):
            return None  # two quotes in a row are one
        pieces.append(piece)
        follows_quote = is_quote
    return "\n".join(pieces).strip()


def convert_line(line: str) -> str | None:
    """Convert one line that stands alone, without its line end; None where it is not plain."""
    match = _PLAIN_LINE.fullmatch(line)
    if match:
        return f"<p>{match[1].lstrip()}</p>"
    match = _ADDRESS_LINE.fullmatch(line)
    if match:
        address = match[1].replace("&", "&amp;")
        return f'<p><a href="{address}">{address}</a></p>'
    match = _LINKS_LINE.fullmatch(line)
    if match:
        return f"<p>{_LINK.sub(_convert_link, match[1].lstrip())}</p>"
    match = _QUOTED_LINE.fullmatch(line)
    if match:
        return f"<blockquote>\n<p>{match[1].lstrip()}</p>\n</blockquote>"
    return None


def _convert_link(match: re.Match[str]) -> str:
    target = match[2].replace("&", "&amp;")
    return f'<a href="{target}">{match[1]}</a>'
