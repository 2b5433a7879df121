"""Postings as symbols ready to pack: gaps, frequencies above one, the best of each term."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.best import BEST, RANKED_ABOVE, Scorer, best_postings
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
    title, and how many of those lists' frequencies are above one. `is_nested` marks terms of families
    that stay in one shard.
    """

    terms: Ints
    starts: Ints  # first posting of each term; one more for the end
    counts: Ints
    count_bits: Ints
    parts: tuple[Symbols, Symbols, Symbols]  # gaps, frequencies, best
    is_nested: NDArray[np.bool_]

    def costs(self) -> Ints:
        """Bits of each term but for its name."""
        costs: Ints = self.count_bits.sum(axis=1)
        for symbols in self.parts:
            costs += symbols.term_bits()
        return costs


def code_postings(
    part: Postings, documents: int, scorer: Scorer | None, family_bits: int
) -> CodedTerms:
    """Symbols of all postings of whole terms; the best are named where there is a scorer.

    Families of Han terms, a character and the pairs it begins, are nested where they take no more
    than `family_bits` (0 for words, which have none): each pair counts its gaps among the character's
    documents, which costs two bits a posting less and nothing to read, as both lie in one shard.
    """
    lists = _firsts(np.diff(part.terms * 2 + part.fields))
    sizes = np.diff(np.append(lists, len(part.terms)))
    high = np.flatnonzero(part.frequencies > 1)
    high_list = np.repeat(np.arange(len(lists)), sizes)[high]
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
    best = (
        np.zeros(0, np.int64)
        if scorer is None
        else best_postings(part, starts, lists, sizes, scorer)
    )
    is_ranked = np.diff(starts) > RANKED_ABOVE if len(best) else np.zeros(len(terms), np.bool_)
    starts_best = np.concatenate([[0], np.cumsum(BEST * is_ranked)])
    gaps = rice(_steps(part.documents, lists), np.repeat(gap_order(documents, sizes), sizes))
    frequencies = _frequencies(
        part.frequencies[high] - 2, high - lists[high_list], high_list, sizes, high_sizes
    )
    coded = CodedTerms(
        terms,
        starts,
        symbols,
        bits,
        (
            Symbols(*gaps, starts),
            Symbols(*frequencies, np.searchsorted(high, starts)),
            Symbols(*_best(best, starts[:-1][is_ranked], np.diff(starts)[is_ranked]), starts_best),
        ),
        np.zeros(len(terms), np.bool_),
    )
    if family_bits:
        nested = _nested_terms(coded, family_bits)
        _nest(part, coded, lists, sizes, nested)
        coded = msgspec.structs.replace(coded, is_nested=nested)
    return coded


def _nested_terms(coded: CodedTerms, family_bits: int) -> NDArray[np.bool_]:
    """Terms of families that are small enough and have their single character."""
    families = _firsts(np.diff(coded.terms >> 16))
    is_small = np.add.reduceat(coded.costs(), families) <= family_bits
    is_small &= (coded.terms[families] & 0xFFFF) == 0
    return np.repeat(is_small, np.diff(np.append(families, len(coded.terms))))


def _nest(
    part: Postings, coded: CodedTerms, lists: Ints, sizes: Ints, nested: NDArray[np.bool_]
) -> None:
    """Code the gaps of nested pairs anew, in places among their character's documents."""
    of_list = np.searchsorted(coded.terms, part.terms[lists])
    is_single = (coded.terms & 0xFFFF == 0)[of_list] & nested[of_list]
    is_pair = nested[of_list] & ~is_single
    if not is_pair.any():
        return
    # A pair's documents in a field are among those of its first character in the same field.
    key = (part.terms >> 16 << 24) | (part.fields << 23)
    owners, owner_sizes = key[lists[is_single]], sizes[is_single]
    owner = np.searchsorted(owners, key[lists[is_pair]])
    chosen = np.flatnonzero(np.repeat(is_pair, sizes))
    singles = np.flatnonzero(np.repeat(is_single, sizes))
    places = np.searchsorted(
        key[singles] | part.documents[singles], key[chosen] | part.documents[chosen]
    )
    first = np.cumsum(owner_sizes) - owner_sizes
    pair_sizes = sizes[is_pair]
    steps = _steps(places - np.repeat(first[owner], pair_sizes), np.cumsum(pair_sizes) - pair_sizes)
    orders = np.repeat(gap_order(owner_sizes[owner], pair_sizes), pair_sizes)
    gaps = coded.parts[0]
    gaps.symbols[chosen], gaps.bits[chosen] = rice(steps, orders)


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


def _best(best: Ints, starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Places among a term's postings, in as many bits as the last one needs."""
    return best - np.repeat(starts, BEST), np.repeat(bit_length(sizes - 1), BEST)
