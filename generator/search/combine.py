"""Many runs made into few, so that merging them costs what they hold, not how many they are.

A merge reads a slice of every run for every range of terms: with a run for every hundred articles,
it would read a million slices at a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from generator.search.counting import Counts, Spill, joined, ranked
from generator.search.merge import numbered
from generator.search.runs import (
    Run,
    RunDocument,
    read_keys,
    read_records,
    read_terms,
    save_run,
)

# Runs from which on combining pays: it takes 45 ns a posting, on all cores, and a slice takes 26 us,
# of which there are 8 times the runs for a million postings.
MANY = 200
# Postings in one run: combining them takes some 40 bytes each.
LARGEST = 1_000_000


def group_runs(runs: Sequence[Run]) -> list[list[Run]]:
    """Neighbours that together hold no more than LARGEST."""
    groups: list[list[Run]] = []
    held = LARGEST
    for run in runs:
        size = run.han_postings + run.word_postings
        if held + size > LARGEST:
            groups.append([])
            held = 0
        groups[-1].append(run)
        held += size
    return groups


def combine_runs(runs: Sequence[Run], path: Path) -> Run:
    """One run of several, their documents in a row; of two with one address the later stays."""
    numbers, records = _row(runs)
    lists = [read_terms(run) for run in runs]
    terms = sorted(set().union(*lists))
    place = {term: number for number, term in enumerate(terms)}
    han: list[Spill] = []
    words: list[Spill] = []
    for run, final, listed in zip(runs, numbers, lists, strict=True):
        han.append(_moved(read_keys(run, "han"), final))
        rank = np.fromiter(map(place.__getitem__, listed), np.uint64, len(listed))
        words.append(ranked(_moved(read_keys(run, "word"), final), rank))
    return save_run(path, records, terms, joined(han), joined(words))


def _row(runs: Sequence[Run]) -> tuple[list[Counts], list[bytes]]:
    """Of each run the numbers that its documents get, -1 = left out; and all that stay, packed."""
    decoder = msgspec.msgpack.Decoder(RunDocument)
    packed = [list(read_records(run)) for run in runs]
    hrefs = [[decoder.decode(record).href for record in part] for part in packed]
    owner = {href: at for at, part in enumerate(hrefs) for href in part}
    numbers: list[Counts] = []
    records: list[bytes] = []
    for at, part in enumerate(hrefs):
        final = np.full(len(part), -1, np.int64)
        for local, href in enumerate(part):
            if owner[href] == at:
                final[local] = len(records)
                records.append(packed[at][local])
        numbers.append(final)
    return numbers, records


def _moved(part: Spill, numbers: Counts) -> Spill:
    """Postings of documents that have other numbers now, or none."""
    keys, _ = numbered(part.keys, numbers)
    spilled, kept = numbered(part.spilled_keys, numbers)
    return Spill(keys, spilled, part.spilled_counts[kept])
