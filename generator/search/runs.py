"""Runs: the sorted postings of one batch of documents, on disk, made in a worker.

Postings are the packed integers of `counting`. Terms are two units of Han, or the rank of a word
among the run's words. Documents count from 0 in each run; the merge gives them their final numbers.
Frequencies of 255 and more stand in a side table of (posting, frequency).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from generator.search.counting import (
    BATCH_UNITS,
    Counts,
    Keys,
    Spill,
    add_han,
    add_words,
    joined,
    ranked,
)
from generator.search.document import FIELDS, SearchDocument
from generator.search.memory import keep_freed_memory
from generator.search.tokens import scan

MOST_DOCUMENTS = 1 << 23


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


def write_run(documents: Iterable[SearchDocument], folder: Path, name: str) -> Run:
    """Tokenise documents and write their postings as the run `name` in `folder`.

    The documents may be a generator: texts are held only in batches of half a megabyte or so. Raises
    ValueError when there are more than MOST_DOCUMENTS.
    """
    keep_freed_memory()
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
            counts = add_han(han, found, first, field)
            lengths.append(counts + add_words(words, found, vocabulary, first, field))
        records += [
            encoder.encode(_record(document, int(title), int(body)))
            for document, title, body in zip(batch, *lengths, strict=True)
        ]
    terms = sorted(vocabulary)
    rank = np.zeros(len(terms), np.uint64)
    rank[[vocabulary[term] for term in terms]] = np.arange(len(terms), dtype=np.uint64)
    word_run = joined([ranked(part, rank) for part in words])
    return save_run(path, records, terms, joined(han), word_run)


def save_run(
    path: Path, records: Sequence[bytes], terms: Sequence[str], han: Spill, words: Spill
) -> Run:
    """Write a run. `records` are its documents, packed; `words` number `terms`, which ascend."""
    han.keys.tofile(f"{path}.han")
    words.keys.tofile(f"{path}.word")
    Path(f"{path}.terms").write_text("".join(term + "\n" for term in terms), "utf-8", newline="\n")
    Path(f"{path}.docs").write_bytes(b"".join(_framed(record) for record in records))
    with Path(f"{path}.more").open("wb") as file:
        np.savez(
            file,
            han_keys=han.spilled_keys,
            han_counts=han.spilled_counts,
            word_keys=words.spilled_keys,
            word_counts=words.spilled_counts,
        )
    return Run(str(path), len(records), len(han.keys), len(words.keys))


def remove_run(run: Run) -> None:
    """Remove a run's files."""
    for kind in ("han", "word", "terms", "docs", "more"):
        Path(f"{run.path}.{kind}").unlink(missing_ok=True)


def _framed(record: bytes) -> bytes:
    return len(record).to_bytes(4, "little") + record


def read_records(run: Run) -> Iterator[bytes]:
    """The documents of a run, packed, in order."""
    with Path(f"{run.path}.docs").open("rb") as file:
        while head := file.read(4):
            yield file.read(int.from_bytes(head, "little"))


def read_documents(run: Run) -> Iterator[RunDocument]:
    """The documents of a run, in order."""
    decoder = msgspec.msgpack.Decoder(RunDocument)
    return map(decoder.decode, read_records(run))


def read_keys(run: Run, kind: str) -> Spill:
    """The postings of a run, `kind` is `han` or `word`."""
    return Spill(np.fromfile(f"{run.path}.{kind}", np.uint64), *read_spilled(run, kind))


def read_spilled(run: Run, kind: str) -> tuple[Keys, Counts]:
    """Of these the ones whose frequency stands apart, and the frequencies."""
    with np.load(f"{run.path}.more") as more:
        return more[f"{kind}_keys"], more[f"{kind}_counts"]


def read_terms(run: Run) -> list[str]:
    """The words that a run's postings of words number."""
    return Path(f"{run.path}.terms").read_text("utf-8").split("\n")[:-1]


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
        if units >= BATCH_UNITS:
            yield batch
            batch, units = [], 0
    if batch:
        yield batch
