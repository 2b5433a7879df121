"""Tokens of a text: single characters and bigrams of Han, whole words of everything else.

Everything works on UTF-16 code units, because that is what JavaScript compares, sorts and
slices; `client/tokens.js` does the same and shared golden vectors hold the two together.
The rules are in docs/search-format.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.characters import (
    DOT,
    DROPPED,
    HAN,
    SEPARATOR,
    SPACE,
    WORD,
    Units,
    characters,
)

LONGEST_WORD = 64  # units; longer ones are indexed by their beginning
_BLANK = 0x20


class Scan(msgspec.Struct, frozen=True):
    """Folded units of some texts, one after another, each followed by a unit 0.

    `kind` is SEPARATOR, SPACE, HAN or WORD for each unit; `ends` are the places of the zeros.
    Spaces that tell nothing apart (beside Han) and marks that are folded away are left out.
    """

    units: Units
    kind: NDArray[np.uint8]
    ends: NDArray[np.int64]


def scan(texts: Sequence[str]) -> Scan:
    """Fold and classify texts."""
    table = characters()
    # A zero ends each text; one inside a text parts, as any control character does.
    joined = "".join([text.replace("\0", "\1") + "\0" for text in texts])
    raw = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)
    raw = _spell_out(raw)
    places = raw.astype(np.intp)  # once for both
    units = table.fold.take(places)
    kind = table.kind.take(places)
    _join_surrogates(units, kind)
    keep = kind != DROPPED
    if not keep.all():
        units, kind = units[keep], kind[keep]
    _settle_dots(units, kind)
    keep = _spaces_that_count(kind)
    units, kind = units[keep], kind[keep]
    return Scan(units, kind, np.flatnonzero(units == 0))


def _spell_out(raw: Units) -> Units:
    """Replace units that fold to several (`㎏` → `kg`)."""
    table = characters()
    places = np.flatnonzero(table.is_spelled.take(raw))
    if not len(places):
        return raw
    parts: list[Units] = []
    last = 0
    for place in places.tolist():
        parts += [raw[last:place], table.spelled[int(raw[place])]]
        last = place + 1
    parts.append(raw[last:])
    return np.concatenate(parts)


def _join_surrogates(units: Units, kind: NDArray[np.uint8]) -> None:
    """A low surrogate belongs to Han when its high one does."""
    low = np.flatnonzero((units >= 0xDC00) & (units <= 0xDFFF))
    low = low[low > 0]
    before = units[low - 1]
    kind[low[(before >= 0xD840) & (before <= 0xD88F)]] = HAN


def _settle_dots(units: Units, kind: NDArray[np.uint8]) -> None:
    """A full stop is part of a word between digits (`4.0`), a separator elsewhere."""
    dots = np.flatnonzero(kind == DOT)
    kind[dots] = SEPARATOR
    inner = dots[(dots > 0) & (dots < len(units) - 1)]
    kind[inner[_is_digit(units[inner - 1]) & _is_digit(units[inner + 1])]] = WORD


def _is_digit(units: Units) -> NDArray[np.bool_]:
    is_digit: NDArray[np.bool_] = (units >= 0x30) & (units <= 0x39)
    return is_digit


def _spaces_that_count(kind: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mask without the spaces between Han and Han or Han and a word.

    Page layouts put line breaks and spaces there; between two words they part.
    """
    is_space = kind == SPACE
    keep: NDArray[np.bool_] = ~is_space
    solid = np.flatnonzero(keep)
    spaces = np.flatnonzero(is_space)
    if not len(spaces):
        return keep
    right = np.searchsorted(solid, spaces)
    inner = (right > 0) & (right < len(solid))
    left_kind = kind[solid[np.maximum(right - 1, 0)]]
    right_kind = kind[solid[np.minimum(right, len(solid) - 1)]]
    touches_han = ((left_kind == HAN) & ((right_kind == HAN) | (right_kind == WORD))) | (
        (left_kind == WORD) & (right_kind == HAN)
    )
    keep[spaces] = ~(inner & touches_han)
    return keep


def normal_form(text: str) -> str:
    """The text as search sees it: folded, each run of separators one blank.

    A phrase stands in a text when its normal form stands in the text's, with no cut inside a
    word: the rule by which the client verifies a hit.
    """
    found = scan([text])
    solid = (found.kind == HAN) | (found.kind == WORD)
    first_of_gap = ~solid
    first_of_gap[1:] &= solid[:-1]
    units = np.where(solid, found.units, np.uint16(_BLANK))[solid | first_of_gap]
    return _paired(_text_of(units).strip(" "))


def runs(text: str) -> list[tuple[bool, str]]:
    """Maximal runs of one class, in order: (is Han, one character a unit)."""
    found = scan([text])
    kind = np.where((found.kind == HAN) | (found.kind == WORD), found.kind, SEPARATOR)
    cuts = np.flatnonzero(np.diff(kind)) + 1
    starts = [0, *cuts.tolist()]
    stops = [*cuts.tolist(), len(kind)]
    return [
        (bool(kind[a] == HAN), _text_of(found.units[a:b]))
        for a, b in zip(starts, stops, strict=True)
        if kind[a] != SEPARATOR
    ]


def index_tokens(text: str) -> list[str]:
    """Tokens an article is found by, in the order of the text."""
    tokens: list[str] = []
    for is_han, run in runs(text):
        if is_han:
            tokens += [part for i in range(len(run)) for part in (run[i], run[i : i + 2])]
            tokens.pop()  # the last "bigram" is the last character again
        else:
            tokens.append(run[:LONGEST_WORD])
    return [_paired(token) for token in tokens]


def query_tokens(text: str) -> list[str]:
    """Tokens to ask for: the bigrams of a run of Han, or its one character; words whole."""
    tokens: list[str] = []
    for is_han, run in runs(text):
        if is_han and len(run) > 1:
            tokens += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            tokens.append(run[:LONGEST_WORD])
    return [_paired(token) for token in tokens]


def _text_of(units: Units) -> str:
    """Units as a string of one character a unit: surrogates stay apart, as in JavaScript."""
    return "".join(map(chr, units.tolist()))


def _paired(units: str) -> str:
    """The same with surrogates that stand together as the one character they are."""
    if units.isascii() or not any("\ud800" <= unit <= "\udfff" for unit in units):
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
