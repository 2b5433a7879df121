"""Runs: the sorted postings of one batch of documents, on disk, made in a worker.

A posting is a packed integer `term (32 bits) | field (1) | document (23) | frequency (8)`, so
that sorting integers sorts postings. Terms are two units of Han, or the rank of a word among the
run's words. Documents count from 0 in each run; the merge gives them their final numbers.
Frequencies of 255 and more stand in a side table of (posting, frequency).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.characters import HAN, WORD
from generator.search.document import FIELDS, SearchDocument
from generator.search.tokens import LONGEST_WORD, Scan, scan

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]

MOST_DOCUMENTS = 1 << 23
MOST_FREQUENT = 0xFFFF  # higher frequencies are stored as this one; no score shows it
_FREQUENCY_BITS = np.uint64(8)
_FIELD_SHIFT = np.uint64(31)
_TERM_SHIFT = np.uint64(32)
_SPILLED = 255
# Units worked on at once: some 16 bytes of keys each, and as much again while sorting.
_BATCH_UNITS = 1 << 20
_NEWLINE = 10
# Cells of the table that single characters are counted in.
_MOST_CELLS = 1 << 22


class Run(msgspec.Struct, frozen=True, gc=False):
    """A run on disk: files `path` + `.han`, `.word`, `.terms`, `.docs`, `.more`."""

    path: str
    documents: int
    han_postings: int
    word_postings: int


class RunDocument(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What the merge must know of a document besides its postings."""

    href: str
    title: str
    date: str
    category: str
    category_title: str
    tags: tuple[str, ...]
    source: str
    language: str
    lengths: tuple[int, int]  # tokens in title and body


class Spill(msgspec.Struct, frozen=True):
    """Postings of one kind, sorted, and the frequencies too high for them."""

    keys: Keys
    spilled_keys: Keys  # frequency bits 0
    spilled_counts: Counts


def write_run(documents: Iterable[SearchDocument], folder: Path, name: str) -> Run:
    """Tokenise documents and write their postings as the run `name` in `folder`.

    The documents may be a generator: texts are held only in batches of a megabyte or so. Raises
    ValueError when there are more than MOST_DOCUMENTS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    vocabulary: dict[str, int] = {}
    han: list[Spill] = []
    words: list[Spill] = []
    records: list[bytes] = []
    encoder = msgspec.msgpack.Encoder()
    for batch in _batches(documents):
        first = len(records)
        if first + len(batch) > MOST_DOCUMENTS:
            raise ValueError(f"a run holds at most {MOST_DOCUMENTS} documents")
        lengths: list[Counts] = []
        for field in range(len(FIELDS)):
            found = scan([document.title if field == 0 else document.text for document in batch])
            counts = _add_singles(han, found, first, field)
            counts += _add(han, _pair_keys(found), found, first, field)
            counts += _add(words, _word_keys(found, vocabulary), found, first, field)
            lengths.append(counts)
        records += [
            encoder.encode(_record(document, int(title), int(body)))
            for document, title, body in zip(batch, *lengths, strict=True)
        ]
    terms = sorted(vocabulary)
    rank = np.zeros(len(terms), np.uint64)
    rank[[vocabulary[term] for term in terms]] = np.arange(len(terms), dtype=np.uint64)
    han_run = _joined(han)
    word_run = _joined([_ranked(part, rank) for part in words])
    han_run.keys.tofile(f"{path}.han")
    word_run.keys.tofile(f"{path}.word")
    Path(f"{path}.terms").write_text("".join(term + "\n" for term in terms), "utf-8", newline="\n")
    Path(f"{path}.docs").write_bytes(b"".join(_framed(record) for record in records))
    with Path(f"{path}.more").open("wb") as file:
        np.savez(
            file,
            han_keys=han_run.spilled_keys,
            han_counts=han_run.spilled_counts,
            word_keys=word_run.spilled_keys,
            word_counts=word_run.spilled_counts,
        )
    return Run(str(path), len(records), len(han_run.keys), len(word_run.keys))


def _framed(record: bytes) -> bytes:
    return len(record).to_bytes(4, "little") + record


def read_documents(run: Run) -> Iterator[RunDocument]:
    """The documents of a run, in order."""
    decoder = msgspec.msgpack.Decoder(RunDocument)
    with Path(f"{run.path}.docs").open("rb") as file:
        while head := file.read(4):
            yield decoder.decode(file.read(int.from_bytes(head, "little")))


def _record(document: SearchDocument, title: int, body: int) -> RunDocument:
    return RunDocument(
        document.href,
        document.title,
        document.date,
        document.category,
        document.category_title,
        document.tags,
        document.source,
        document.language,
        (title, body),
    )


def _batches(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    batch: list[SearchDocument] = []
    units = 0
    for document in documents:
        batch.append(document)
        units += len(document.title) + len(document.text)
        if units >= _BATCH_UNITS:
            yield batch
            batch, units = [], 0
    if batch:
        yield batch


def _pair_keys(found: Scan) -> Iterator[tuple[Keys, Counts]]:
    """Pairs of Han as `first unit << 16 | second unit`, with their places."""
    is_han = found.kind == HAN
    starts_pair = np.zeros_like(is_han)
    starts_pair[:-1] = is_han[:-1] & is_han[1:]
    for low in range(0, len(is_han), _BATCH_UNITS):
        places = np.flatnonzero(starts_pair[low : low + _BATCH_UNITS]) + low
        first = found.units[places].astype(np.uint64) << np.uint64(16)
        yield first | found.units[places + 1], places


def _word_keys(found: Scan, vocabulary: dict[str, int]) -> Iterator[tuple[Keys, Counts]]:
    """Words as numbers of the vocabulary, which grows, with the places they start at."""
    is_word = found.kind == WORD
    after_word = np.zeros_like(is_word)
    after_word[1:] = is_word[:-1]
    units = np.where(is_word, found.units, np.uint16(_NEWLINE))
    lines = units[is_word | after_word].tobytes().decode("utf-16-le", "surrogatepass")
    starts = np.flatnonzero(is_word & ~after_word)
    number = vocabulary.setdefault
    numbers = [number(word[:LONGEST_WORD], len(vocabulary)) for word in lines.split()]
    yield np.array(numbers, np.uint64), starts


def _add_singles(parts: list[Spill], found: Scan, first: int, field: int) -> Counts:
    """Postings of single characters, counted in a table: half the time of sorting them."""
    places = np.flatnonzero(found.kind == HAN)
    units = found.units[places]
    seen = np.zeros(1 << 16, np.bool_)
    seen[units] = True
    characters = np.flatnonzero(seen)
    row = np.zeros(1 << 16, np.int64)
    row[characters] = np.arange(len(characters))
    texts = len(found.ends)
    text = np.searchsorted(found.ends, places)
    step = max(1, _MOST_CELLS // max(1, len(characters)))
    for low in range(0, texts, step):
        width = min(step, texts - low)
        part = slice(*np.searchsorted(text, [low, low + width]).tolist())
        cell = row[units[part]] * width + text[part] - low
        table = np.bincount(cell, minlength=len(characters) * width)
        cells = np.flatnonzero(table)
        keys = characters[cells // width].astype(np.uint64) << np.uint64(48)
        keys |= np.uint64(field) << _FIELD_SHIFT
        keys |= (cells % width + low + first).astype(np.uint64) << _FREQUENCY_BITS
        parts.append(_spilled(keys, table[cells]))
    return np.bincount(text, minlength=texts)


def _add(
    parts: list[Spill],
    tokens: Iterator[tuple[Keys, Counts]],
    found: Scan,
    first: int,
    field: int,
) -> Counts:
    """Count tokens into postings; returns the number of tokens of each text."""
    ends = found.ends
    totals = np.zeros(len(ends), np.int64)
    for terms, places in tokens:
        text = np.searchsorted(ends, places)
        totals += np.bincount(text, minlength=len(ends))
        keys = (terms << _TERM_SHIFT) | (np.uint64(field) << _FIELD_SHIFT)
        keys |= (text + first).astype(np.uint64) << _FREQUENCY_BITS
        keys.sort()
        parts.append(_counted(keys, np.ones(0, np.int64)))
    return totals


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


def _ranked(part: Spill, rank: Keys) -> Spill:
    """Replace numbers of the vocabulary by ranks."""

    def ranked(keys: Keys) -> Keys:
        low = keys & np.uint64(0xFFFFFFFF)
        return (rank[(keys >> _TERM_SHIFT).astype(np.int64)] << _TERM_SHIFT) | low

    return Spill(ranked(part.keys), ranked(part.spilled_keys), part.spilled_counts)


def _joined(parts: list[Spill]) -> Spill:
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
