"""Pieces of an article → Markdown that shows exactly their text."""

from __future__ import annotations

import html
from collections.abc import Sequence

from generator.ingest.lines import is_cjk
from generator.ingest.structure import Part, Piece
from generator.text.patterns import late

# Python-Markdown's and CommonMark's marks that count anywhere in a line.
_ANYWHERE = late(r"[\\`*_\[\]{}]")
# Marks that count only where a block begins. Every paragraph is one line, so tables, underlined
# headings and definition lists cannot arise from more than one.
_NUMBERED = late(r"(\d+)([.)])(?=\s|$)")
_ENTITY = late(r"&(?=#|\w+;)")
# Marks that a backslash does not hide: a fence, and the definition of a definition list.
_REFERENCES = {"~": "&#126;", ":": "&#58;"}


def escape(text: str) -> str:
    """One line of plain text as Markdown."""
    text = _ANYWHERE.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text)).replace("<", "&lt;")
    first = text[:1]
    if first in ("#", ">", "+", "-"):
        return f"\\{text}"
    if first in _REFERENCES:
        rest = text.lstrip(first)
        return _REFERENCES[first] * (len(text) - len(rest)) + rest
    number = _NUMBERED.match(text)
    return f"{number[1]}\\{text[number.end(1) :]}" if number else text


def body(pieces: Sequence[Piece]) -> str:
    """The pieces as Markdown, a blank line between them.

    A missing picture is a `<figure>` with an editor's note in the brackets that editors use.
    """
    note = "〔图缺〕" if any(is_cjk(piece.text) for piece in pieces) else "[Picture missing] "
    return "\n\n".join(_render(piece, note) for piece in pieces)


def _render(piece: Piece, note: str) -> str:
    if piece.part is Part.CAPTION:
        caption = f"{note}{html.escape(piece.text, quote=False)}".strip()
        return f"<figure><figcaption>{caption}</figcaption></figure>"
    if piece.part is Part.PARAGRAPH:
        return escape(piece.text)
    mark = "##" if piece.part is Part.SUBHEAD else "###"
    text = piece.text
    # `## C #` would lose its last sign.
    return f"{mark} {escape(text[:-1])}&#35;" if text.endswith("#") else f"{mark} {escape(text)}"
