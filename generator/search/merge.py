"""Merges runs into sorted postings, a range of terms at a time, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.bits import distinct
from generator.search.counting import Counts, Keys
from generator.search.runs import Run, read_spilled

# Postings merged at once: about 30 times as many bytes of work space. Twice as many cost a sixth
# more time, in page faults.
PART = 120_000
_STRIDE = 512  # one posting in so many is looked at to find ranges of equal size
_SPILLED = 255
_LOW = np.uint64(0xFF)
_DOCUMENT = np.uint64(0x7FFFFF)


class Postings(msgspec.Struct, frozen=True):
    """Postings of whole terms, sorted by term, field and document.

    `terms` are packed Han or ranks into `words` (`words[0]` is the rank `first_word`).
    """

    terms: Counts
    fields: Counts
    documents: Counts
    frequencies: Counts


class _Source(msgspec.Struct, frozen=True):
    """One run while it is merged: `numbers` gives each document's final number, -1 = left out."""

    path: str
    numbers: Counts
    spilled_keys: Keys
    spilled_counts: Counts


def merge_han(runs: Sequence[Run], numbers: Sequence[Counts]) -> Iterator[Postings]:
    """Postings of Han terms, in ascending order of terms, some PART at a time."""
    sources = [_source(run, ids, "han") for run, ids in zip(runs, numbers, strict=True)]
    files = [Path(f"{source.path}.han") for source in sources]
    # Read, not mapped: looking everywhere in a mapped file keeps all of it in memory.
    samples = [np.fromfile(file, np.uint64)[_STRIDE // 2 :: _STRIDE].copy() for file in files]
    sample = np.sort(np.concatenate([np.zeros(0, np.uint64), *samples]), kind="stable")
    cuts = distinct(sample[:: max(1, PART // _STRIDE)] >> np.uint64(32)) << np.uint64(32)
    bounds = [
        [0, *np.searchsorted(_mapped(file), cuts).tolist(), file.stat().st_size // 8]
        for file in files
    ]
    for part in range(len(cuts) + 1):
        slices = [
            np.fromfile(file, np.uint64, bound[part + 1] - bound[part], offset=8 * bound[part])
            for file, bound in zip(files, bounds, strict=True)
        ]
        yield _merged(slices, sources)


def merge_words(
    runs: Sequence[Run], numbers: Sequence[Counts]
) -> Iterator[tuple[Postings, list[str]]]:
    """Postings of words with the words their terms number, in ascending order of words."""
    sources = [_source(run, ids, "word") for run, ids in zip(runs, numbers, strict=True)]
    files = [Path(f"{source.path}.word") for source in sources]
    # Where each run's words begin: one search for all of them.
    bounds = [
        np.searchsorted(_mapped(file), np.arange(_word_count(file) + 1).astype(np.uint64) << 32)
        for file in files
    ]
    waiting = [_WordList(file) for file in files]
    first_rank = [0] * len(files)
    for cut in (*_word_cuts(files, bounds), None):
        listed = [words.take(cut) for words in waiting]
        words = sorted(set().union(*listed))
        place = {word: number for number, word in enumerate(words)}
        ranks = [[place[word] for word in part] for part in listed]
        yield _word_part(files, sources, bounds, first_rank, ranks), words
        first_rank = [a + len(b) for a, b in zip(first_rank, ranks, strict=True)]


def _word_cuts(files: Sequence[Path], bounds: Sequence[NDArray[np.intp]]) -> list[str]:
    """Words that part the postings into ranges of some PART."""
    sample: list[str] = []
    for file, bound in zip(files, bounds, strict=True):
        places = np.arange(_STRIDE // 2, int(bound[-1]), _STRIDE)
        ranks = set((np.searchsorted(bound, places, "right") - 1).tolist())
        sample += [word for rank, word in enumerate(_words(file)) if rank in ranks]
    return sorted(set(sorted(sample)[:: max(1, PART // _STRIDE)]))


class _WordList:
    """The words of a run, read as far as they are asked for."""

    def __init__(self, file: Path) -> None:
        self._lines = _words(file)
        self._next = next(self._lines, None)

    def take(self, cut: str | None) -> list[str]:
        """The next words before `cut`; all that are left where there is none."""
        taken: list[str] = []
        word = self._next
        while word is not None and (cut is None or word < cut):
            taken.append(word)
            word = next(self._lines, None)
        self._next = word
        return taken


def kept_postings(run: Run, numbers: Counts) -> int:
    """Postings of the documents of a run that have a number."""
    if (numbers >= 0).all():
        return run.han_postings + run.word_postings
    count = 0
    for kind in ("han", "word"):
        keys = np.fromfile(f"{run.path}.{kind}", np.uint64)
        count += int((numbers[((keys >> np.uint64(8)) & _DOCUMENT).astype(np.int64)] >= 0).sum())
    return count


def _word_part(
    files: Sequence[Path],
    sources: Sequence[_Source],
    bounds: Sequence[NDArray[np.intp]],
    first_rank: Sequence[int],
    ranks: Sequence[Sequence[int]],
) -> Postings:
    slices: list[Keys] = []
    renamed: list[_Source] = []
    for file, source, bound, first, rank in zip(
        files, sources, bounds, first_rank, ranks, strict=True
    ):
        low, high = int(bound[first]), int(bound[first + len(rank)])
        keys = np.fromfile(file, np.uint64, high - low, offset=8 * low)
        table = np.array(rank, np.uint64)
        slices.append(_renumbered(keys, first, table))
        a, b = np.searchsorted(
            source.spilled_keys, np.array([first, first + len(rank)], np.uint64) << np.uint64(32)
        )
        spilled = _renumbered(source.spilled_keys[a:b], first, table)
        renamed.append(_Source(source.path, source.numbers, spilled, source.spilled_counts[a:b]))
    return _merged(slices, renamed)


def _renumbered(keys: Keys, first: int, ranks: Keys) -> Keys:
    local = (keys >> np.uint64(32)).astype(np.int64) - first
    return (ranks[local] << np.uint64(32)) | (keys & np.uint64(0xFFFFFFFF))


def _source(run: Run, numbers: Counts, kind: str) -> _Source:
    return _Source(run.path, numbers, *read_spilled(run, kind))


def _mapped(file: Path) -> Keys:
    if not file.stat().st_size:
        return np.zeros(0, np.uint64)
    return np.memmap(file, np.uint64, "r")


def _words(file: Path) -> Iterator[str]:
    with file.with_suffix(".terms").open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line[:-1]


def _word_count(file: Path) -> int:
    keys = _mapped(file)
    return int(keys[-1] >> np.uint64(32)) + 1 if len(keys) else 0


def _merged(slices: Sequence[Keys], sources: Sequence[_Source]) -> Postings:
    """Give documents their final numbers, leave out those without, sort."""
    parts: list[Keys] = []
    spilled_keys: list[Keys] = []
    spilled_counts: list[Counts] = []
    for keys, source in zip(slices, sources, strict=True):
        if not len(keys):
            continue
        parts.append(numbered(keys, source.numbers)[0])
        low, high = np.searchsorted(source.spilled_keys, [keys[0] & ~_LOW, keys[-1]])
        if high > low or len(source.spilled_keys):
            span = source.spilled_keys[low : high + 1]
            final, kept = numbered(span, source.numbers)
            spilled_keys.append(final)
            spilled_counts.append(source.spilled_counts[low : high + 1][kept])
    keys = np.concatenate([np.zeros(0, np.uint64), *parts])
    keys.sort()  # no two are equal; a third of the time of merging the sorted slices
    frequency = (keys & _LOW).astype(np.int64)
    high_ones = np.flatnonzero(frequency == _SPILLED)
    if len(high_ones):
        places = np.concatenate(spilled_keys)
        order = np.argsort(places, kind="stable")
        counts = np.concatenate(spilled_counts)[order]
        frequency[high_ones] = counts[np.searchsorted(places[order], keys[high_ones] & ~_LOW)]
    return Postings(
        (keys >> np.uint64(32)).astype(np.int64),
        ((keys >> np.uint64(31)) & np.uint64(1)).astype(np.int64),
        ((keys >> np.uint64(8)) & _DOCUMENT).astype(np.int64),
        frequency,
    )


def numbered(keys: Keys, numbers: Counts) -> tuple[Keys, NDArray[np.intp]]:
    """Keys with the numbers that their documents shall have, and the places of those that stay."""
    shift = np.uint64(8)
    final = numbers[((keys >> shift) & _DOCUMENT).astype(np.int64)]
    kept = np.flatnonzero(final >= 0)
    bare = keys[kept] & ~(_DOCUMENT << shift)
    return bare | (final[kept].astype(np.uint64) << shift), kept
