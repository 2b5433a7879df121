"""Shards: postings of neighbouring terms, bit-packed into files of a given size.

The layout is in docs/search-format.md. Where a shard ends depends on the terms alone, not on how
the merge cut them into parts: what a part leaves over begins the next one's first shard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.best import Scorer
from generator.search.bits import Ints, exp_golomb, pack, variable_int
from generator.search.coding import CodedTerms, Symbols, code_postings
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


class ShardWriter:
    """Cuts a stream of postings into shards. `add` parts in order, then `finish`."""

    def __init__(self, documents: int, size: int, scorer: Scorer | None) -> None:
        """`documents` is the segment's number of documents, `size` a shard's in bytes.

        Without a scorer no term names its best documents.
        """
        self._documents = documents
        self._size = size
        self._scorer = scorer
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
        limit = self._size * 8
        coded = code_postings(part, self._documents, self._scorer, limit if words is None else 0)
        costs = coded.costs() + (_HAN_TERM_BITS if words is None else _WORD_TERM_BITS)
        places = _whole(coded)
        if not is_last and coded.is_nested[-1]:
            # More of this family may come, and make it too large to be nested.
            places = places[:-1]
        cuts = _cuts(costs, places, limit)
        if not is_last:
            if len(cuts) < 2:
                self._left, self._left_words = part, words
                return
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


def _whole(coded: CodedTerms) -> Ints:
    """Terms at which a shard may begin, and the end: not inside a nested family."""
    is_inside = coded.is_nested & (coded.terms & 0xFFFF != 0)
    return np.append(np.flatnonzero(~is_inside), len(coded.terms))


def _cuts(costs: Ints, places: Ints, limit: int) -> list[int]:
    """Terms at which shards begin, and the end: as many terms as fit, at least to the next place."""
    total = np.concatenate([[0], np.cumsum(costs)])[places]
    cuts = [0]
    while cuts[-1] < len(places) - 1:
        end = int(np.searchsorted(total, total[cuts[-1]] + limit, "right")) - 1
        cuts.append(max(end, cuts[-1] + 1))
    return [int(place) for place in places[cuts]]


def _packed(coded: CodedTerms, cuts: list[int], words: list[str] | None) -> Iterator[Shard]:
    """All shards of a part at once: every stream begins at a multiple of 32 bits."""
    if len(cuts) < 2:
        return
    count = cuts[-1]
    terms = coded.terms[:count]
    first = np.array(cuts[:-1])
    if words is None:
        heads = [variable_int(int(term) >> 16) for term in terms[first]]
        names, name_bits = _han_names(terms, first, coded.is_nested[:count])
    else:
        heads, names, name_bits = _word_names([words[term] for term in terms], cuts)
    symbols = np.concatenate([names, coded.counts[:count]], axis=1)
    bits = np.concatenate([name_bits, coded.count_bits[:count]], axis=1)
    width = symbols.shape[1]
    described = Symbols(symbols.ravel(), bits.ravel(), np.arange(count + 1) * width)
    parts = (described, *coded.parts)
    sizes = np.array([_shard_bits(part, cuts) for part in parts])
    lengths = sizes.sum(axis=0)
    stream_words = (lengths + 31) // 32
    starts = np.cumsum(stream_words) - stream_words
    before = np.cumsum(sizes, axis=0) - sizes  # bits of the parts before, in each stream
    packed = np.zeros(int(stream_words.sum()) + 2, np.uint32)
    for part, offset in zip(parts, before, strict=True):
        _pack_part(packed, part, cuts, starts * 32 + offset)
    stream = packed.astype(">u4").tobytes()
    for i, head in enumerate(heads):
        start = int(starts[i]) * 4
        body = stream[start : start + (int(lengths[i]) + 7) // 8]
        name: int | str = int(terms[first[i]]) if words is None else words[int(terms[first[i]])]
        yield Shard(name, variable_int(cuts[i + 1] - cuts[i]) + head + body)


def _shard_bits(part: Symbols, cuts: list[int]) -> Ints:
    """Bits of a part in each shard."""
    ends: Ints = np.concatenate([[0], np.cumsum(part.bits)])[part.starts[cuts]]
    return np.diff(ends)


def _pack_part(packed: NDArray[np.uint32], part: Symbols, cuts: list[int], starts: Ints) -> None:
    """Add a part's symbols to all streams, in each from bit `starts` on."""
    bounds = part.starts[cuts]
    size = int(bounds[-1])
    bits = part.bits[:size]
    before = np.concatenate([[0], np.cumsum(bits)])
    places = before[:-1] + np.repeat(starts - before[bounds[:-1]], np.diff(bounds))
    packed |= pack(part.symbols[:size], bits, places, len(packed))


def _han_names(terms: Ints, first: Ints, is_nested: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Symbols that name Han terms: whether the first unit is new, whether its family is nested, how
    far on it is; the second unit.
    """
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
    symbol = np.where(is_new, ((2 | is_nested) << step_bits) | step_symbol, 0)
    bits = np.where(is_new, step_bits + 2, 1)
    return np.stack([symbol, second_symbol], 1), np.stack([bits, second_bits], 1)


def _word_names(words: Sequence[str], cuts: Sequence[int]) -> tuple[list[bytes], Ints, Ints]:
    """Words as what they share with the one before (symbols) and the rest (text in the head)."""
    shared = _shared(words)
    shared[cuts[:-1]] = 0
    rests = [word[same:] for word, same in zip(words, shared.tolist(), strict=True)]
    heads: list[bytes] = []
    for start, stop in pairwise(cuts):
        text = "\n".join(rests[start:stop]).encode()
        heads.append(variable_int(len(text)) + text)
    symbols, bits = exp_golomb(shared, 1)
    return heads, symbols[:, None], bits[:, None]


def _shared(words: Sequence[str]) -> Ints:
    """How many characters each of ascending words shares with the one before."""
    table = np.array(words, np.str_)
    units = table.view(np.uint32).reshape(len(words), table.itemsize // 4)
    shared = np.zeros(len(words), np.int64)
    # Words differ, at the latest where the shorter one ends.
    shared[1:] = (units[1:] != units[:-1]).argmax(axis=1)
    return shared


def pack_words(words: Sequence[str]) -> bytes:
    """A file of the dictionary: a line a word, how much of the one before it repeats, the rest.

    The number is one unit, counted from U+0020; words are at most 64 units long.
    """
    shared = _shared(words).tolist()
    return "\n".join(
        chr(0x20 + same) + word[same:] for word, same in zip(words, shared, strict=True)
    ).encode()
