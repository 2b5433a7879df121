"""Shards: postings of neighbouring terms, bit-packed into files of a given size.

The layout is in docs/search-format.md. Where a shard ends depends on the terms alone, not on how
the merge cut them into parts: what a part leaves over begins the next one's first shard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from generator.search.bits import (
    Ints,
    exp_golomb,
    gap_order,
    pack,
    variable_int,
)
from generator.search.merge import Postings

# What the second unit of a bigram is counted from: no Han stands below U+0E00.
_LOWEST_SECOND = 0x0DFF
_FIRST_ORDER, _SECOND_ORDER = 2, 6
# Bits a term costs in the dictionary, on average; exact ones would gain nothing.
_HAN_TERM_BITS, _WORD_TERM_BITS = 12, 40
# Words in one file of the dictionary, which near misses are looked up in.
DICTIONARY_CHUNK = 16384


class Shard(msgspec.Struct, frozen=True, gc=False):
    """One shard: its first term and its payload."""

    first: int | str
    payload: bytes


class _Terms(msgspec.Struct, frozen=True):
    """Postings of some terms as symbols ready to pack; offsets count postings or terms."""

    terms: Ints
    starts: Ints  # first posting of each term; one more for the end
    symbols: Ints
    bits: Ints
    frequency_symbols: Ints  # two a term: documents with it in the body, in the title
    frequency_bits: Ints
    posting_bits: Ints  # of each term


class ShardWriter:
    """Cuts a stream of postings into shards. `add` parts in order, then `finish`."""

    def __init__(self, documents: int, size: int) -> None:
        """`documents` is the segment's number of documents, `size` a shard's in bytes."""
        self._documents = documents
        self._size = size
        self._left: Postings | None = None
        self._left_words: list[str] | None = None

    def add(self, part: Postings, words: list[str] | None = None) -> Iterator[Shard]:
        """Shards that are full. Terms of `part` number `words` where there are any."""
        yield from self._cut(part, words, is_last=False)

    def finish(self) -> Iterator[Shard]:
        """The last shard."""
        if self._left is not None:
            left, words = self._left, self._left_words
            self._left = self._left_words = None
            yield from self._cut(left, words, is_last=True)

    def _cut(self, part: Postings, words: list[str] | None, *, is_last: bool) -> Iterator[Shard]:
        if self._left is not None:
            part, words = _appended(self._left, self._left_words, part, words)
            self._left = self._left_words = None
        if not len(part.terms):
            return
        coded = _coded(part, self._documents)
        term_bits = _HAN_TERM_BITS if words is None else _WORD_TERM_BITS
        cuts = _cuts(coded.posting_bits + term_bits, self._size * 8)
        if not is_last:
            last = int(coded.starts[cuts[-2]])
            self._left = _slice(part, last)
            if words is not None:
                lowest = int(self._left.terms[0])
                self._left_words = words[lowest:]
                self._left = msgspec.structs.replace(self._left, terms=self._left.terms - lowest)
            cuts.pop()
        yield from _packed(coded, cuts, words)


def _slice(part: Postings, first: int) -> Postings:
    return Postings(
        part.terms[first:],
        part.fields[first:],
        part.documents[first:],
        part.frequencies[first:],
    )


def _appended(
    left: Postings, left_words: list[str] | None, part: Postings, words: list[str] | None
) -> tuple[Postings, list[str] | None]:
    terms = part.terms
    if left_words is not None and words is not None:
        terms = terms + len(left_words)
        words = left_words + words
    joined = Postings(
        np.concatenate([left.terms, terms]),
        np.concatenate([left.fields, part.fields]),
        np.concatenate([left.documents, part.documents]),
        np.concatenate([left.frequencies, part.frequencies]),
    )
    return joined, words


def _firsts(changes: Ints) -> Ints:
    """Places where a new group begins; `changes` is non-zero there, but for the first place."""
    return np.flatnonzero(np.concatenate([[1], changes]))


def _coded(part: Postings, documents: int) -> _Terms:
    """Gaps and frequencies of every posting as symbols."""
    group = part.terms * 2 + part.fields
    group_starts = _firsts(np.diff(group))
    sizes = np.diff(np.append(group_starts, len(group)))
    gaps = part.documents.copy()
    gaps[1:] -= part.documents[:-1] + 1
    gaps[group_starts] = part.documents[group_starts]
    gap, gap_bits = exp_golomb(gaps, np.repeat(gap_order(documents, sizes), sizes))
    count, count_bits = exp_golomb(part.frequencies - 1, 0)
    symbols, bits = (gap << count_bits) | count, gap_bits + count_bits

    starts = _firsts(np.diff(part.terms))
    terms = part.terms[starts]
    term_of_group = np.searchsorted(terms, part.terms[group_starts])
    frequencies = np.zeros((len(terms), 2), np.int64)
    frequencies[term_of_group, 1 - part.fields[group_starts]] = sizes
    frequency_symbols, frequency_bits = exp_golomb(frequencies, 0)
    return _Terms(
        terms,
        np.append(starts, len(part.terms)),
        symbols,
        bits,
        frequency_symbols,
        frequency_bits,
        np.add.reduceat(bits, starts) + frequency_bits.sum(axis=1),
    )


def _cuts(costs: Ints, limit: int) -> list[int]:
    """Terms at which shards begin, and the end: as many terms as fit, but at least one."""
    total = np.cumsum(costs)
    cuts = [0]
    while cuts[-1] < len(costs):
        before = int(total[cuts[-1] - 1]) if cuts[-1] else 0
        end = int(np.searchsorted(total, before + limit, "right"))
        cuts.append(max(end, cuts[-1] + 1))
    return cuts


def _packed(coded: _Terms, cuts: list[int], words: list[str] | None) -> Iterator[Shard]:
    """All shards of a part at once: every stream begins at a multiple of 32 bits."""
    if len(cuts) < 2:
        return
    count = cuts[-1]
    terms = coded.terms[:count]
    first = np.array(cuts[:-1])
    sizes = np.diff(cuts)
    if words is None:
        heads = [variable_int(int(term) >> 16) for term in terms[first]]
        names, name_bits = _han_names(terms, first)
    else:
        listed = [words[term] for term in terms]
        heads, names, name_bits = _word_names(listed, cuts)
    symbols = np.concatenate([names, coded.frequency_symbols[:count]], axis=1)
    bits = np.concatenate([name_bits, coded.frequency_bits[:count]], axis=1)

    term_bits = np.add.reduceat(bits.sum(axis=1), first)
    postings = int(coded.starts[count])
    posting_starts = coded.starts[first]
    posting_bits = np.add.reduceat(coded.bits[:postings], posting_starts)
    stream_words = (term_bits + posting_bits + 31) // 32
    stream_starts = np.cumsum(stream_words) - stream_words

    flat, flat_bits = symbols.ravel(), bits.ravel()
    width = symbols.shape[1]
    total = int(stream_words.sum()) + 2
    packed = pack(
        flat,
        flat_bits,
        _places(flat_bits, first * width, sizes * width, stream_starts * 32),
        total,
    )
    packed |= pack(
        coded.symbols[:postings],
        coded.bits[:postings],
        _places(
            coded.bits[:postings],
            posting_starts,
            np.diff(np.append(posting_starts, postings)),
            stream_starts * 32 + term_bits,
        ),
        total,
    )
    stream = packed.tobytes()
    for i, head in enumerate(heads):
        start = int(stream_starts[i]) * 4
        body = stream[start : start + (int(term_bits[i] + posting_bits[i]) + 7) // 8]
        name: int | str = int(terms[first[i]]) if words is None else words[int(terms[first[i]])]
        yield Shard(name, variable_int(int(sizes[i])) + head + body)


def _places(bits: Ints, first: Ints, sizes: Ints, starts: Ints) -> Ints:
    """Bit places of symbols that lie one after another within each stream."""
    before: Ints = np.cumsum(bits) - bits
    places: Ints = before + np.repeat(starts - before[first], sizes)
    return places


def _han_names(terms: Ints, first: Ints) -> tuple[Ints, Ints]:
    """Symbols that name Han terms: whether the first unit is new, how far on, the second unit."""
    begins = np.zeros(len(terms), np.bool_)
    begins[first] = True
    one, two = terms >> 16, terms & 0xFFFF
    one_before = np.concatenate([[0], one[:-1]])
    two_before = np.concatenate([[0], two[:-1]])
    is_new = (one != one_before) | begins
    step = np.where(is_new & ~begins, one - one_before - 1, 0)
    step_symbol, step_bits = exp_golomb(step, _FIRST_ORDER)
    base = np.where(is_new | (two_before == 0), _LOWEST_SECOND, two_before)
    second = np.where(is_new & (two == 0), 0, two - base)
    second_symbol, second_bits = exp_golomb(second, _SECOND_ORDER)
    symbol = np.where(is_new, (np.int64(1) << step_bits) | step_symbol, 0)
    bits = np.where(is_new, step_bits + 1, 1)
    return np.stack([symbol, second_symbol], 1), np.stack([bits, second_bits], 1)


def _word_names(words: Sequence[str], cuts: Sequence[int]) -> tuple[list[bytes], Ints, Ints]:
    """Words as what they share with the one before (symbols) and the rest (text in the head)."""
    shared = np.zeros(len(words), np.int64)
    heads: list[bytes] = []
    for start, stop in pairwise(cuts):
        rests = [words[start]]
        for i in range(start + 1, stop):
            same = _shared(words[i - 1], words[i])
            shared[i] = same
            rests.append(words[i][same:])
        text = "\n".join(rests).encode()
        heads.append(variable_int(len(text)) + text)
    symbols, bits = exp_golomb(shared, 1)
    return heads, symbols[:, None], bits[:, None]


def _shared(one: str, two: str) -> int:
    same = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        same += 1
    return same


def pack_words(words: Sequence[str]) -> bytes:
    """A file of the dictionary: a line a word, how much of the one before it repeats, the rest.

    The number is one unit, counted from U+0020; words are at most 64 units long.
    """
    lines = []
    for before, word in pairwise(["", *words]):
        same = _shared(before, word)
        lines.append(chr(0x20 + same) + word[same:])
    return "\n".join(lines).encode()
