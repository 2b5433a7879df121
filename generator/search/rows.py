"""Rows: what the list of results shows of each document, a few documents a file.

A query reads a file of rows for almost every result, so they are packed tightly: what a row shares
with the one before is counted, the rest is written in one Huffman code for the whole segment,
which the meta file holds. Deflated, files so small spend a third of their bytes on codes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.search.bits import Ints, exp_golomb, pack
from generator.search.record import RowCode
from generator.search.runs import RunDocument

ROW_CHUNK = 8  # documents in one file of rows; grows with the archive
# Units of the code that stand for no letter: the end of a text; a letter without a code of its own.
END, RARE = 0, 1
_UNIT_BITS = 16
# A letter has a code from so many on: below, what it saves in rows is less than its place in meta.
_FREQUENT = 25
# Of an address the end is counted, as most begin like the one before.
_ENDING = 12
_LENGTH_ORDERS = (5, 9)  # of the lengths of a title and a body
_HIGHEST = "\uffff"  # of one unit
_SURROGATES = slice(0xD800, 0xE000)


class UnitCounter:
    """Counts the units of documents as they pass, in any order."""

    def __init__(self) -> None:
        self._counts = np.zeros(1 << _UNIT_BITS, np.int64)
        self._texts: list[str] = []

    def add(self, document: RunDocument) -> None:
        """Count one document."""
        href, *others = _texts(document)
        self._texts += [href[-_ENDING:], *others]
        if len(self._texts) >= 1 << _UNIT_BITS:
            self._count()

    def _count(self) -> None:
        units = _units("".join(self._texts))
        self._counts += np.bincount(units, minlength=len(self._counts))
        self._counts[END] += len(self._texts)
        self._texts = []

    def code(self) -> RowCode:
        """The code for what was counted."""
        self._count()
        counts = self._counts.copy()
        counts[_SURROGATES] = 0  # no text of their own in JSON
        is_rare = counts < _FREQUENT
        is_rare[END] = False
        rare = max(int(self._counts[is_rare].sum()), 1)
        counts[is_rare] = 0
        counts[END] = max(int(counts[END]), 1)
        counts[RARE] = rare
        return _huffman(counts)


def _huffman(counts: Ints) -> RowCode:
    units = np.flatnonzero(counts).tolist()
    heap: list[tuple[int, int, tuple[int, ...]]] = [
        (int(counts[unit]), place, (place,)) for place, unit in enumerate(units)
    ]
    heapq.heapify(heap)
    lengths = np.zeros(len(units), np.int64)
    while len(heap) > 1:
        one, two = heapq.heappop(heap), heapq.heappop(heap)
        joined = one[2] + two[2]
        lengths[list(joined)] += 1
        heapq.heappush(heap, (one[0] + two[0], min(one[1], two[1]), joined))
    by_length: list[list[int]] = [[] for _ in range(int(lengths.max()))]
    for unit, length in zip(units, lengths.tolist(), strict=True):
        by_length[length - 1].append(unit)
    return RowCode(tuple(map(tuple, by_length)))


class RowPacker:
    """Packs rows by a code."""

    def __init__(self, code: RowCode) -> None:
        self._bits = np.zeros(1 << _UNIT_BITS, np.int64)
        self._symbols = np.zeros(1 << _UNIT_BITS, np.int64)
        symbol = 0
        for length, units in enumerate(code.units, 1):
            symbol <<= 1
            self._symbols[list(units)] = np.arange(symbol, symbol + len(units))
            self._bits[list(units)] = length
            symbol += len(units)
        self._end = int(self._symbols[END]), int(self._bits[END])
        # A letter without a code is written out after the sign for such; so are the two signs.
        is_rare = self._bits == 0
        is_rare[[END, RARE]] = True
        rare = np.flatnonzero(is_rare)
        escape, escape_bits = int(self._symbols[RARE]), int(self._bits[RARE])
        self._symbols[rare] = (escape << _UNIT_BITS) | rare
        self._bits[rare] = escape_bits + _UNIT_BITS

    def pack(self, documents: Sequence[RunDocument], size: int) -> Iterator[bytes]:
        """Files of `size` rows each, the last one perhaps less."""
        parts: list[str] = []
        same: list[int] = []
        for start in range(0, len(documents), size):
            before: Sequence[str] = ("",) * 6
            for document in documents[start : start + size]:
                texts = _texts(document)
                for one, two in zip(before, texts, strict=True):
                    count = _shared(one, two)
                    same.append(0 if one == two else count + 1)
                    parts.append("" if one == two else two[count:])
                before = texts
        units, lengths = _units("".join(parts)), _unit_lengths(parts)
        # Of each row two lengths, then six texts: what is the same, the rest, the end.
        starts = np.array(same)
        widths = lengths + 2
        widths[::6] += 2
        ends = np.cumsum(widths)
        total = int(ends[-1])
        symbols, bits = np.zeros(total, np.int64), np.zeros(total, np.int64)
        is_text = np.ones(total, np.bool_)
        is_text[ends - 1] = False
        ended = ends[starts > 0] - 1
        symbols[ended], bits[ended] = self._end
        begins = ends - lengths - 2
        is_text[begins] = False
        symbols[begins], bits[begins] = exp_golomb(starts, 0)
        rows = ends[::6] - widths[::6]
        for field, order in enumerate(_LENGTH_ORDERS):
            values = np.array([document.lengths[field] for document in documents])
            is_text[rows + field] = False
            symbols[rows + field], bits[rows + field] = exp_golomb(values, order)
        symbols[is_text], bits[is_text] = self._symbols[units], self._bits[units]
        yield from _files(symbols, bits, np.append(rows[::size], total))


def _files(symbols: Ints, bits: Ints, bounds: Ints) -> Iterator[bytes]:
    """One stream of whole bytes for the symbols between each two bounds."""
    before = np.concatenate([[0], np.cumsum(bits)])
    sizes = np.diff(before[bounds])
    words = (sizes + 31) // 32
    starts = np.concatenate([[0], np.cumsum(words)])
    places = before[:-1] + np.repeat(starts[:-1] * 32 - before[bounds[:-1]], np.diff(bounds))
    stream = pack(symbols, bits, places, int(starts[-1]) + 2).astype(">u4").tobytes()
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=False):
        yield stream[start * 4 : start * 4 + (size + 7) // 8]


def _texts(document: RunDocument) -> Sequence[str]:
    """Address, title, date, source, category, language."""
    return (
        document.href,
        document.title,
        document.date,
        document.source,
        document.category_title or document.category,
        document.language,
    )


def _units(text: str) -> NDArray[np.uint16]:
    data = text.encode("utf-16-le", "surrogatepass")
    return np.frombuffer(data, np.uint16) if data else np.zeros(0, np.uint16)


def _unit_lengths(texts: Sequence[str]) -> Ints:
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    wide = [
        place for place, text in enumerate(texts) if not text.isascii() and max(text) > _HIGHEST
    ]
    for place in wide:
        lengths[place] = len(_units(texts[place]))
    return lengths


def _shared(one: str, two: str) -> int:
    """Characters of one unit at the beginning that two texts share."""
    count = 0
    for a, b in zip(one, two, strict=False):
        if a != b or a > _HIGHEST:
            break
        count += 1
    return count


def row_chunk(documents: int, budget: int) -> int:
    """Rows a file, so that rows take at most a third of the files there may be."""
    return max(ROW_CHUNK, -(-documents * 3 // budget))
