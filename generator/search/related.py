"""Related articles: headlines that share rare words.

A newspaper's headline names who and what; two that share rare names are about one thing. Bodies
are not looked at, so that all is known before any page is rendered. Everything is done on arrays:
some 8 us of CPU an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.characters import HAN, WORD
from generator.search.tokens import Scan, scan

# A word of more headlines than this tells little and would cost much: the work for a word grows
# with the square of its headlines.
_COMMON = 24
# Two headlines must share as many rare words: one alone is often a chance, and a name of two
# characters gives two bigrams with what stands beside it. They must also be rare together.
_LEAST_SHARED = 2
_LEAST_SCORE = 5
# Han that stand between words: a bigram with one of them is no word.
_JOINTS = np.array([ord(character) for character in "的了是在与和及或"], np.uint16)
# The same of English: rare in a Chinese archive, and yet they name nothing.
_ENGLISH_JOINTS = (
    "an and are as at be by can do for from has have how in into is it its more new not of on or our "
    "that the their this to up was we what when where which who why will with you your"
)
# Headlines taken at a time, which bounds the memory; a power of two, for packing.
_STEP = 1 << 12
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio, as Knuth hashes
_ODD_HALF = np.uint32(0x9E3779B1)
# No Han has a unit as high: such numbers are free for other words.
_BEYOND_HAN = np.uint32(0xE0000000)
_NUMBER = (1 << 24) - 1  # a headline's number, in what is packed

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Words = NDArray[np.uint32]


class Headline(msgspec.Struct, frozen=True, gc=False):
    """What is looked at of one article. `day` counts days from any start, 0 = no date."""

    title: str
    words: tuple[str, ...] = ()  # tags
    day: int = 0


class _Words(msgspec.Struct, frozen=True):
    """The words of the headlines from number `base` on; `owners` counts from there."""

    base: int
    words: Words
    owners: NDArray[np.uint16]


class _Postings(msgspec.Struct, frozen=True):
    """Rare words with their headlines, word by word.

    `headline` and `word` are parallel; word w has `size[w]` postings from `start[w]` on.
    """

    headline: NDArray[np.int32]
    word: NDArray[np.int32]
    start: Numbers
    size: Numbers


def find_related(headlines: Sequence[Headline], most: int) -> NDArray[np.int32]:
    """Give for each headline the numbers of at most `most` related ones, best first, then -1.

    The more rare words two headlines share, and the rarer, the closer they are; of equally close
    ones the nearest in time comes first. Of headlines with one title the last stands for all, so
    that an article which came in twice relates to nothing by that. At most 2^24 headlines.
    """
    related = np.full((len(headlines), most), -1, np.int32)
    if not len(headlines):
        return related
    titles, words = _read(headlines)
    _, firsts, group = np.unique(titles[::-1], return_index=True, return_inverse=True)
    standing = (len(titles) - 1 - firsts)[group[::-1]]  # the headline that stands for each
    postings = _find_rare(words, standing == np.arange(len(standing)))
    del words  # of a large archive they are large
    days = np.array([headline.day for headline in headlines], np.int64)
    for base, pairs, score in _score(postings, len(headlines)):
        left, right = pairs >> 24, pairs & _NUMBER
        distance = np.minimum(np.abs(days[base + left] - days[right]), 0x1FFFF)
        # Sorted by headline, closeness, distance and number, packed in one.
        ranked = np.sort(left << 48 | (127 - score) << 41 | distance << 24 | right)
        left = ranked >> 48
        rank = np.arange(len(left)) - np.searchsorted(left, left)
        is_shown = rank < most
        related[base + left[is_shown], rank[is_shown]] = (ranked & _NUMBER)[is_shown]
    return related[standing]


def _read(headlines: Sequence[Headline]) -> tuple[Hashes, list[_Words]]:
    """Hash each title, and give the words of all, step by step."""
    titles: list[Hashes] = []
    words: list[_Words] = []
    for start in range(0, len(headlines), _STEP):
        step = headlines[start : start + _STEP]
        # Each headline is two texts: its title, and its tags.
        found = scan(list(chain.from_iterable((h.title, "\n".join(h.words)) for h in step)))
        titles.append(_hash_runs(found.units, np.r_[0, found.ends[:-1] + 1], found.ends)[::2])
        for places, values in (_bigrams(found), _latin(found)):
            owners = np.searchsorted(found.ends, places) // 2
            words.append(_Words(start, values, owners.astype(np.uint16)))
    return np.concatenate(titles), words


def _bigrams(found: Scan) -> tuple[Numbers, Words]:
    """Give the place of each bigram of Han, and the bigram as a number."""
    is_han = (found.kind == HAN) & ~np.isin(found.units, _JOINTS)
    places = np.flatnonzero(is_han[:-1] & is_han[1:])
    units: Words = found.units.astype(np.uint32)
    return places, units[places] << np.uint32(16) | units[places + 1]


def _latin(found: Scan) -> tuple[Numbers, Words]:
    """Give the place of each other word that is no mere number, and the hash that stands for it."""
    edges = np.diff((found.kind == WORD).astype(np.int8), prepend=0, append=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    letters = np.r_[0, np.cumsum(found.units > ord("9"))]
    is_word = (ends - starts > 1) & (letters[ends] > letters[starts])
    starts = starts[is_word]
    values = _hash_words(found.units, starts, ends[is_word])
    names = ~np.isin(values, _english_joints())
    return starts[names], values[names]


def _hash_words(units: NDArray[np.uint16], starts: Numbers, ends: Numbers) -> Words:
    hashes = _hash_runs(units, starts, ends) >> np.uint64(32)
    return hashes.astype(np.uint32) | _BEYOND_HAN


def _english_joints() -> Words:
    units = np.frombuffer(_ENGLISH_JOINTS.encode("utf-16-le"), np.uint16)
    blanks = np.flatnonzero(units == ord(" "))
    return _hash_words(units, np.r_[0, blanks + 1], np.r_[blanks, len(units)])


def _hash_runs(units: NDArray[np.uint16], starts: Numbers, ends: Numbers) -> Hashes:
    """Give a polynomial hash, modulo 2^64, of each run of units."""
    lengths = ends - starts
    firsts = np.cumsum(lengths) - lengths
    offsets = np.arange(lengths.sum()) - np.repeat(firsts, lengths)
    powers = np.full(int(lengths.max(initial=0)) + 1, _ODD).cumprod(dtype=np.uint64)
    values = (units[np.repeat(starts, lengths) + offsets] + np.uint64(1)) * powers[offsets]
    sums = np.r_[np.uint64(0), values.cumsum(dtype=np.uint64)]
    hashes: Hashes = sums[firsts + lengths] - sums[firsts]
    return hashes


def _find_rare(steps: Sequence[_Words], stands: NDArray[np.bool_]) -> _Postings:
    """Keep the words of 2 to `_COMMON` of the headlines that stand for themselves."""
    # Counting by a part of a hash rules out most words, so that few need be kept and sorted.
    total = sum(len(step.words) for step in steps)
    bits = max(16, min(24, (4 * total).bit_length()))
    shift = np.uint32(32 - bits)
    counts = np.zeros(1 << bits, np.uint32)
    for step in steps:
        np.add.at(counts, step.words * _ODD_HALF >> shift, np.uint32(1))
    found: list[Numbers] = []
    for step in steps:
        # A headline may say a word twice, and some do not stand: the sorted ones will tell.
        count = counts[step.words * _ODD_HALF >> shift]
        at = np.flatnonzero((count > 1) & (count <= 4 * _COMMON))
        owners = step.base + step.owners[at].astype(np.int64)
        found.append((step.words[at].astype(np.int64) << 24 | owners)[stands[owners]])
    packed = np.sort(np.concatenate(found))
    packed = packed[np.diff(packed, prepend=-1) > 0]
    start = np.flatnonzero(np.diff(packed >> 24, prepend=-1))
    size = np.diff(start, append=len(packed))
    is_rare = (size > 1) & (size <= _COMMON)
    headline = (packed & _NUMBER).astype(np.int32)[np.repeat(is_rare, size)]
    size = size[is_rare]
    word = np.repeat(np.arange(len(size), dtype=np.int32), size)
    return _Postings(headline, word, np.cumsum(size) - size, size)


def _score(postings: _Postings, total: int) -> Iterator[tuple[int, Numbers, Numbers]]:
    """Give the pairs of headlines that are close, step by step, and how close they are.

    A pair is packed: the left one's number, counted from the step's base, and the right one's.
    """
    size, word = postings.size, postings.word
    # 5 for a word of two headlines, 1 for one of more than 16. In powers of two, so that one article
    # more seldom changes the order of others.
    weights = 6 - np.ceil(np.log2(size)).astype(np.int64)
    by_headline = np.argsort(postings.headline, kind="stable")
    bounds = np.searchsorted(postings.headline[by_headline], np.arange(0, total + _STEP, _STEP))
    for step, (low, high) in enumerate(pairwise(bounds.tolist())):
        here = by_headline[low:high]
        many, base = size[word[here]], step * _STEP
        own = postings.headline[here].astype(np.int64) - base
        # Each posting beside all postings of its word, itself among them.
        starts = postings.start[word[here]] - (np.cumsum(many) - many)
        right = postings.headline[np.arange(many.sum()) + np.repeat(starts, many)]
        packed = np.repeat(own << 27 | weights[word[here]], many)
        packed |= right.astype(np.int64) << 3
        packed.sort()
        pairs, weight = packed >> 3, packed & 7
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        shared = np.diff(firsts, append=len(pairs))
        score = np.add.reduceat(weight, firsts) if len(firsts) else firsts
        pairs = pairs[firsts]
        is_other = (pairs >> 24) + base != pairs & _NUMBER
        is_close = is_other & (shared >= _LEAST_SHARED) & (score >= _LEAST_SCORE)
        yield base, pairs[is_close], np.minimum(score[is_close], 127)
