"""Postings as symbols ready to pack: gaps, frequencies above one, the best of each term."""

from __future__ import annotations

import msgspec
import numpy as np

from generator.search.best import BEST, Scorer, best_postings
from generator.search.bits import Ints, bit_length, exp_golomb, gap_order, rice
from generator.search.merge import Postings


class Symbols(msgspec.Struct, frozen=True):
    """Symbols, their bits, and the first of each term; one more for the end."""

    symbols: Ints
    bits: Ints
    starts: Ints

    def term_bits(self) -> Ints:
        """Bits of each term's symbols."""
        ends = np.concatenate([[0], np.cumsum(self.bits)])[self.starts]
        return np.diff(ends)


class CodedTerms(msgspec.Struct, frozen=True):
    """Terms of a part. `counts` has four symbols a term: documents with it in the body and in the
    title, and how many of those lists' frequencies are above one.
    """

    terms: Ints
    starts: Ints  # first posting of each term; one more for the end
    counts: Ints
    count_bits: Ints
    parts: tuple[Symbols, Symbols, Symbols]  # gaps, frequencies, best


def code_postings(part: Postings, documents: int, scorer: Scorer | None) -> CodedTerms:
    """Symbols of all postings of whole terms; the best are named where there is a scorer."""
    lists = _firsts(np.diff(part.terms * 2 + part.fields))
    sizes = np.diff(np.append(lists, len(part.terms)))
    high = np.flatnonzero(part.frequencies > 1)
    high_list = np.searchsorted(lists, high, "right") - 1
    high_sizes = np.bincount(high_list, minlength=len(lists))

    starts = np.append(_firsts(np.diff(part.terms)), len(part.terms))
    terms = part.terms[starts[:-1]]
    term_of_list = np.searchsorted(terms, part.terms[lists])
    column = 1 - part.fields[lists]
    counts = np.zeros((len(terms), 4), np.int64)
    counts[term_of_list, column] = sizes
    counts[term_of_list, column + 2] = high_sizes
    symbols, bits = exp_golomb(counts, _count_orders(counts))
    # Of a list that is not there nobody asks how many frequencies are high.
    bits[:, 2:][counts[:, :2] == 0] = 0
    symbols[:, 2:][counts[:, :2] == 0] = 0
    best = np.zeros(0, np.int64) if scorer is None else best_postings(part, starts, scorer)
    coded = (
        _gaps(part, lists, sizes, documents),
        _frequencies(part.frequencies[high] - 2, high - lists[high_list], high_list, sizes, high_sizes),
        _best(best, starts),
    )  # fmt: skip
    return CodedTerms(
        terms,
        starts,
        symbols,
        bits,
        (
            Symbols(*coded[0], starts),
            Symbols(*coded[1], np.searchsorted(high, starts)),
            Symbols(*coded[2], np.searchsorted(best, starts)),
        ),
    )


def _firsts(changes: Ints) -> Ints:
    """Places where a new group begins; `changes` is non-zero there, but for the first place."""
    return np.flatnonzero(np.concatenate([[1], changes]))


def _count_orders(counts: Ints) -> Ints:
    orders = np.zeros_like(counts)
    orders[:, 2:] = bit_length(np.maximum(counts[:, :2] >> 2, 1)) - 1
    return orders


def _steps(places: Ints, is_first: Ints) -> Ints:
    """Gaps between ascending places less 1; the place itself where `is_first` is."""
    steps = places.copy()
    steps[1:] -= places[:-1] + 1
    steps[is_first] = places[is_first]
    return steps


def _gaps(part: Postings, lists: Ints, sizes: Ints, documents: int) -> tuple[Ints, Ints]:
    return rice(_steps(part.documents, lists), np.repeat(gap_order(documents, sizes), sizes))


def _frequencies(
    values: Ints, places: Ints, owners: Ints, sizes: Ints, high_sizes: Ints
) -> tuple[Ints, Ints]:
    """Where in its list each frequency above one stands, and how far it is above two."""
    if not len(values):
        return values, values
    steps = _steps(places, _firsts(np.diff(owners)))
    order = gap_order(sizes[owners], high_sizes[owners])
    step, step_bits = rice(steps, order)
    value, value_bits = exp_golomb(values, (2 * high_sizes > sizes).astype(np.int64)[owners])
    return (step << value_bits) | value, step_bits + value_bits


def _best(best: Ints, starts: Ints) -> tuple[Ints, Ints]:
    if not len(best):
        return best, best
    term = np.searchsorted(starts, best, "right") - 1
    steps = _steps(best - starts[term], _firsts(np.diff(term)))
    sizes = np.diff(starts)[term]
    return exp_golomb(steps, gap_order(sizes, np.full(len(best), BEST)))
