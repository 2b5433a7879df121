"""Columns: field lengths for scores, dates and terms for filters.

All are cut into files by document number, so that a query over few documents reads few of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import msgspec
import numpy as np

from generator.search.bits import Ints, bit_length, exp_golomb, pack_stream
from generator.search.runs import RunDocument

CHUNK = 4096  # documents in one file of lengths or filters
# What bounds of lengths lie between: shares of a file's documents, in 64ths. Of documents that hold a
# phrase equally often the shortest come first, so there the bounds are closer.
_SHARES = (0, 1, 2, 3, 4, 6, 8, 11, 14, 18, 23, 28, 34, 41, 49, 57, 64)
_TITLE_ORDER, _BODY_ORDER = 5, 8
_NO_DAY = 0
# Day 1 is the first day of the year 1, so that 0 can stand for "no date".
_TAG_ORDER = 3


class Facets(msgspec.Struct, frozen=True):
    """Names for filters, most frequent first. Categories are (key, title)."""

    categories: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    tags: tuple[str, ...]


class FacetCounter:
    """Counts the terms of documents as they pass."""

    def __init__(self) -> None:
        self._categories: Counter[str] = Counter()
        self._titles: dict[str, str] = {}
        self._sources: Counter[str] = Counter()
        self._tags: Counter[str] = Counter()

    def add(self, document: RunDocument) -> None:
        """Count one document."""
        if document.category:
            self._categories[document.category] += 1
            title = document.category_title or document.category
            # The smallest of several titles: the same whatever the order of documents.
            self._titles[document.category] = min(self._titles.get(document.category, title), title)
        if document.source:
            self._sources[document.source] += 1
        self._tags.update(set(document.tags))

    def facets(self) -> Facets:
        """All names so far."""
        return Facets(
            tuple((key, self._titles[key]) for key in _by_count(self._categories)),
            _by_count(self._sources),
            _by_count(self._tags),
        )


def _by_count(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counter, key=lambda name: (-counter[name], name)))


def day_number(date: str) -> int:
    """Days since the year 0 of an ISO date's day; 0 where there is none."""
    try:
        return dt.date.fromisoformat(date[:10]).toordinal()
    except ValueError:
        return _NO_DAY


def pack_lengths(lengths: Ints) -> Iterator[bytes]:
    """Files of field lengths, shape (documents, fields): a width a field, then the numbers."""
    for start in range(0, len(lengths), CHUNK):
        part = lengths[start : start + CHUNK]
        width = bit_length(np.maximum(part.max(axis=0), 1))
        bits = np.broadcast_to(width, part.shape)
        yield bytes(width.tolist()) + pack_stream(part.ravel(), bits.ravel())


def pack_bounds(lengths: Ints) -> Iterator[bytes]:
    """Files of bounds of lengths, shape (documents, fields).

    The least and the greatest of titles, seventeen bounds of bodies, and for each document between
    which two its body lies: four bits, where the lengths themselves take seventeen.
    """
    for start in range(0, len(lengths), CHUNK):
        titles, bodies = lengths[start : start + CHUNK].T
        bounds = np.sort(bodies)[np.array(_SHARES) * (len(bodies) - 1) // _SHARES[-1]]
        head = [exp_golomb(np.array([titles.min(), np.ptp(titles)]), _TITLE_ORDER)]
        head.append(exp_golomb(np.diff(bounds, prepend=0), _BODY_ORDER))
        between = np.searchsorted(bounds[1:-1], bodies)
        symbols, bits = zip(*head, (between, np.full(len(between), 4)), strict=True)
        yield pack_stream(np.concatenate(symbols), np.concatenate(bits))


class FilterColumns:
    """Filter values of documents, given in the order of their numbers, as files."""

    def __init__(self, facets: Facets) -> None:
        self._category = {key: i + 1 for i, (key, _) in enumerate(facets.categories)}
        self._source = {name: i + 1 for i, name in enumerate(facets.sources)}
        self._tag = {name: i for i, name in enumerate(facets.tags)}
        self._symbols: list[int] = []
        self._orders: list[int] = []
        self._day = 0
        self._count = 0

    def add(self, document: RunDocument) -> bytes | None:
        """Take one document; the file it fills, if it does."""
        day = day_number(document.date)
        step = day - self._day
        self._day = day
        tags = sorted({self._tag[tag] for tag in document.tags})
        values = [
            (2 * step if step >= 0 else -2 * step - 1, 2),
            (self._category.get(document.category, 0), 2),
            (self._source.get(document.source, 0), 2),
            (len(tags), 0),
            *((tag, _TAG_ORDER) for tag in tags),
        ]
        self._symbols += [value for value, _ in values]
        self._orders += [order for _, order in values]
        self._count += 1
        return self.finish() if self._count == CHUNK else None

    def finish(self) -> bytes | None:
        """The file begun, if any. Days count from 0 again in the next."""
        if not self._count:
            return None
        data = pack_stream(*exp_golomb(np.array(self._symbols), np.array(self._orders)))
        self._symbols, self._orders = [], []
        self._day = self._count = 0
        return data
