"""A headline as lines of balanced length, where no layout engine breaks it: by the rules of Chinese.

Closing marks do not begin a line and opening ones do not end one (W3C, Requirements for Chinese
Text Layout, 3.1.3); a word of letters and a number stay whole. Widths are in ems and rather too
large than too small, for the face is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

import msgspec

from generator.text.patterns import late

_OPENING = "（《「『“‘【〈〔［｛([{〝"
_CLOSING = "，。、；：？！）》」』”’】〉〕］｝,.;:?!)]}…—–·•～%％‰°ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〻"
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U0001b000-\U0003fffd"
# What belongs to the character before it: accents, variants, joined pictures and their colours.
_JOINED = "(?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)*"
_LETTER = rf"[^\s{_WIDE}{re.escape(_OPENING + _CLOSING)}]"
# Hangul is written in words too; a mark between letters or figures is part of them (3.5, don't).
_WORD = rf"{_LETTER}(?:{_LETTER}|[.,:’'·–%-](?={_LETTER}))*"
_PIECE = late(
    rf"(\s*)([{re.escape(_OPENING)}]*(?:{_WORD}|.{_JOINED})[{re.escape(_CLOSING)}]*)", re.DOTALL
)
_NARROW = frozenset(" ijlIft.,:;'|!()[]{}`’")
_BROAD = frozenset("mwMW@%&—…")
# What a line that ends within a clause costs: as much as two lines that are each a fifth of the
# measure from the length they should have.
_TORN = 0.08


class Style(msgspec.Struct, frozen=True):
    """A size of type: how many ems of it fill a line, and how many lines there is room for."""

    size: int
    measure: float
    lines: int


class _Piece(msgspec.Struct, frozen=True):
    """What stays together, and whether a space comes before it where they share a line."""

    text: str
    width: float
    is_spaced: bool


def text_width(text: str) -> float:
    """Estimate the width of a text in ems."""
    return sum(map(_width, text))


def fit_lines(text: str, styles: Sequence[Style]) -> tuple[Style, tuple[str, ...]]:
    """Break a text into lines in the first style that has room for it, else cut it in the last."""
    text = text.strip()
    width = text_width(text)
    for style in styles:
        # No more is wrapped than could have room: what it costs grows with the lines.
        lines = wrap(text, style.measure) if width <= style.measure * style.lines else None
        if lines is not None and len(lines) <= style.lines:
            return style, lines
    style = styles[-1]
    *kept, last = wrap(_head(text, style.measure * style.lines), style.measure)[: style.lines]
    return style, (*kept, _shorten(last, style.measure))


def clip(text: str, measure: float) -> str:
    """Give a text that is no wider than `measure` ems, cut with an ellipsis where it must be."""
    return text if text_width(text) <= measure else _shorten(text, measure)


def wrap(text: str, measure: float) -> tuple[str, ...]:
    """Break a text into as few lines as fit in `measure` ems.

    Of all ways to do so the one is taken whose lines are nearest to one length and end, as a
    sub-editor would have it, at punctuation or between words.
    """
    pieces = [part for piece in _pieces(text) for part in _split(piece, measure)]
    fewest = _count(pieces, measure)
    ideal = sum(piece.width for piece in pieces) / max(1, fewest)
    # The best ways to set the first pieces in 0, 1, 2… lines: cost, and where the last line starts.
    ways: list[list[tuple[float, int] | None]] = [[(0.0, 0)]]
    for end in range(1, len(pieces) + 1):
        row: list[tuple[float, int] | None] = [None] * (fewest + 1)
        ways.append(row)
        width = 0.0
        torn = _TORN if end < len(pieces) and not _is_seam(pieces, end) else 0.0
        for start in range(end - 1, -1, -1):
            width += pieces[start].width + _space_before(pieces, start + 1, end)
            if width > measure:
                break
            cost = ((width - ideal) / measure) ** 2 + torn
            for lines, way in enumerate(ways[start][:fewest]):
                best = row[lines + 1]
                if way is not None and (best is None or way[0] + cost < best[0]):
                    row[lines + 1] = (way[0] + cost, start)
    return _read_back(pieces, ways, fewest)


def _pieces(text: str) -> Iterator[_Piece]:
    for space, piece in _PIECE.findall(text.strip()):
        yield _Piece(piece, text_width(piece), bool(space))


def _split(piece: _Piece, measure: float) -> Iterator[_Piece]:
    """A piece, in parts where it is too long for any line."""
    if piece.width <= measure:
        yield piece
        return
    start, width, is_spaced = 0, 0.0, piece.is_spaced
    for at, character in enumerate(piece.text):
        wide = _width(character)
        if at > start and width + wide > measure:
            yield _Piece(piece.text[start:at], width, is_spaced)
            start, width, is_spaced = at, 0.0, False
        width += wide
    yield _Piece(piece.text[start:], width, is_spaced)


def _count(pieces: Sequence[_Piece], measure: float) -> int:
    """Count the lines where each takes as much as fits, which are as few as can be."""
    lines, width = 0, measure
    for at, piece in enumerate(pieces):
        width += _space_before(pieces, at, len(pieces)) + piece.width
        if not lines or width > measure:
            lines, width = lines + 1, piece.width
    return lines


def _space_before(pieces: Sequence[_Piece], at: int, end: int) -> float:
    return _width(" ") if at < end and pieces[at].is_spaced else 0.0


def _is_seam(pieces: Sequence[_Piece], at: int) -> bool:
    """Whether a reader pauses before the piece at `at`."""
    return (
        pieces[at].is_spaced
        or pieces[at - 1].text[-1] in _CLOSING
        or pieces[at].text[0] in _OPENING
    )


def _read_back(
    pieces: Sequence[_Piece], ways: Sequence[Sequence[tuple[float, int] | None]], fewest: int
) -> tuple[str, ...]:
    lines: list[str] = []
    end = len(pieces)
    for count in range(fewest, 0, -1):
        way = ways[end][count]
        start = way[1] if way else 0
        lines.append(_join(pieces[start:end]))
        end = start
    return tuple(reversed(lines))


def _join(pieces: Sequence[_Piece]) -> str:
    return "".join(
        f" {piece.text}" if at and piece.is_spaced else piece.text
        for at, piece in enumerate(pieces)
    )


def _head(text: str, measure: float) -> str:
    """The start of a text that is no wider than `measure`."""
    room = measure
    for at, character in enumerate(text):
        room -= _width(character)
        if room < 0:
            return text[:at]
    return text


def _shorten(text: str, measure: float) -> str:
    return _head(text, measure - _width("…")).rstrip(f"{_OPENING}{_CLOSING} ") + "…"


def _width(character: str) -> float:
    if character.isascii():
        if character in _NARROW:
            return 0.36
        if character in _BROAD:
            return 1.0
        return 0.76 if character.isupper() else 0.62
    if re.fullmatch(f"{_JOINED}\u200d?", character):
        return 0.0
    return 1.0 if east_asian_width(character) in "WFA" else 0.66
