"""Counts the tokens of scanned texts into sorted postings.

A posting is a packed integer `term (32 bits) | field (1) | document (23) | frequency (8)`, so
that sorting integers sorts postings. Frequencies of 255 and more stand in a side table.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.characters import HAN, WORD
from generator.search.tokens import LONGEST_WORD, Scan

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]

MOST_FREQUENT = 0xFFFF  # higher frequencies are stored as this one; no score shows it
# Units worked on at once. Arrays of two megabytes stay in caches; at four times the size a
# quarter of the time went into page faults.
BATCH_UNITS = 1 << 18
_FREQUENCY_BITS = np.uint64(8)
_FIELD_SHIFT = np.uint64(31)
_TERM_SHIFT = np.uint64(32)
_SPILLED = 255
_NEWLINE = 10


class Spill(msgspec.Struct, frozen=True):
    """Postings of one kind, sorted, and the frequencies too high for them."""

    keys: Keys
    spilled_keys: Keys  # frequency bits 0
    spilled_counts: Counts


def _word_keys(found: Scan, vocabulary: dict[str, int]) -> tuple[Keys, Counts]:
    """Words as numbers of the vocabulary, which grows, with the places they start at."""
    is_word = found.kind == WORD
    after_word = np.zeros_like(is_word)
    after_word[1:] = is_word[:-1]
    units = np.where(is_word, found.units, np.uint16(_NEWLINE))
    lines = units[is_word | after_word].tobytes().decode("utf-16-le", "surrogatepass")
    starts = np.flatnonzero(is_word & ~after_word)
    words = lines.split()
    if len(words) and int((np.append(starts[1:], len(is_word)) - starts).max()) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    for word in dict.fromkeys(words):
        vocabulary.setdefault(word, len(vocabulary))
    numbers = np.fromiter(map(vocabulary.__getitem__, words), np.uint64, len(words))
    return numbers, starts


def _owners(ends: Counts, places: Counts) -> Counts:
    """The text that each of ascending places lies in: few searches for ends instead of many."""
    bounds = np.searchsorted(places, ends)
    return np.repeat(np.arange(len(ends)), np.diff(bounds, prepend=0))


def add_han(parts: list[Spill], found: Scan, first: int, field: int) -> Counts:
    """Add postings of single characters and of pairs; returns the number of tokens of each text.

    Tokens come in the order of texts, so only their units need sorting, and units of 16 bits sort
    by radix: three fifths of the time of sorting whole keys.
    """
    is_han = found.kind == HAN
    totals = np.zeros(len(found.ends), np.int64)
    for low in range(0, len(is_han), BATCH_UNITS):
        places = np.flatnonzero(is_han[low : low + BATCH_UNITS]) + low
        text = _owners(found.ends, places).astype(np.int32)
        units = found.units[places]
        totals += np.bincount(text, minlength=len(totals))
        order = np.argsort(units, kind="stable")
        parts.append(
            _grouped(units[order].astype(np.uint32) << np.uint32(16), text[order], first, field)
        )
        # A zero ends each text, so a place that is Han has one after it.
        begins = np.flatnonzero(is_han[places + 1])
        units, second, text = units[begins], found.units[places[begins] + 1], text[begins]
        totals += np.bincount(text, minlength=len(totals))
        order = np.argsort(second, kind="stable")
        order = order[np.argsort(units[order], kind="stable")]
        pairs = (units[order].astype(np.uint32) << np.uint32(16)) | second[order]
        parts.append(_grouped(pairs, text[order], first, field))
    return totals


def _grouped(terms: NDArray[np.uint32], text: NDArray[np.int32], first: int, field: int) -> Spill:
    """Postings of tokens sorted by term and text."""
    if not len(terms):
        return _counted(np.zeros(0, np.uint64), np.zeros(0, np.int64))
    is_new = np.ones(len(terms), np.bool_)
    is_new[1:] = (terms[1:] != terms[:-1]) | (text[1:] != text[:-1])
    places = np.flatnonzero(is_new)
    keys = terms[places].astype(np.uint64) << _TERM_SHIFT
    keys |= np.uint64(field) << _FIELD_SHIFT
    keys |= (text[places] + first).astype(np.uint64) << _FREQUENCY_BITS
    return _spilled(keys, np.diff(np.append(places, len(terms))))


def add_words(
    parts: list[Spill], found: Scan, vocabulary: dict[str, int], first: int, field: int
) -> Counts:
    """Add postings of words by their number in the vocabulary; returns the words of each text."""
    terms, places = _word_keys(found, vocabulary)
    text = _owners(found.ends, places)
    keys = (terms << _TERM_SHIFT) | (np.uint64(field) << _FIELD_SHIFT)
    keys |= (text + first).astype(np.uint64) << _FREQUENCY_BITS
    keys.sort()
    parts.append(_counted(keys, np.ones(0, np.int64)))
    return np.bincount(text, minlength=len(found.ends))


def _counted(keys: Keys, counts: Counts) -> Spill:
    """Sorted keys, equal ones together, with their number (or the sum of `counts`)."""
    if not len(keys):
        return Spill(keys, keys, np.zeros(0, np.int64))
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.append(first, len(keys)))
    sums = np.add.reduceat(counts, first) if len(counts) else sizes
    return _spilled(keys[first], sums)


def _spilled(keys: Keys, sums: Counts) -> Spill:
    sums = np.minimum(sums, MOST_FREQUENT)
    high = sums >= _SPILLED
    return Spill(keys | np.minimum(sums, _SPILLED).astype(np.uint64), keys[high], sums[high])


def ranked(part: Spill, rank: Keys) -> Spill:
    """Replace numbers of the vocabulary by ranks."""

    def renamed(keys: Keys) -> Keys:
        low = keys & np.uint64(0xFFFFFFFF)
        return (rank[(keys >> _TERM_SHIFT).astype(np.int64)] << _TERM_SHIFT) | low

    return Spill(renamed(part.keys), renamed(part.spilled_keys), part.spilled_counts)


def joined(parts: list[Spill]) -> Spill:
    """One sorted run of many. Only a text longer than a batch has a posting in two parts."""
    if not parts:
        return Spill(np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.int64))
    keys = np.concatenate([part.keys for part in parts])
    keys.sort(kind="stable")  # sorted parts: merged, not sorted anew
    spilled = np.concatenate([part.spilled_keys for part in parts])
    counts = np.concatenate([part.spilled_counts for part in parts])
    order = np.argsort(spilled, kind="stable")
    spilled, counts = spilled[order], counts[order]
    places = keys & ~np.uint64(0xFF)
    if not (places[1:] == places[:-1]).any():
        return Spill(keys, spilled, counts)
    frequency = (keys & np.uint64(0xFF)).astype(np.int64)
    high = frequency == _SPILLED
    # Equal places come in the same order in both, as both sorts are stable.
    frequency[high] = counts
    return _counted(places, frequency)
