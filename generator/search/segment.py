"""A segment: runs merged into shards, columns and rows, with the record that names them.

A site's index is one base segment and at most one delta segment beside it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np

from generator.search.best import Scorer, make_scorer
from generator.search.bits import Ints, distinct
from generator.search.columns import (
    FacetCounter,
    Facets,
    FilterColumns,
    pack_bounds,
    pack_lengths,
)
from generator.search.document import FORMAT_VERSION, SearchSettings
from generator.search.files import KEPT, IndexFile, content_name, deflated, named_file
from generator.search.memory import keep_freed_memory
from generator.search.merge import Postings, kept_postings, merge_han, merge_words
from generator.search.record import RowCode, SegmentRecord
from generator.search.rows import RowPacker, UnitCounter, row_chunk
from generator.search.runs import Run, RunDocument, read_documents
from generator.search.shards import DICTIONARY_CHUNK, Shard, ShardWriter, pack_words

# What postings and their terms take in shards, measured on Chinese news: 0.9 bytes a posting, 3 a
# term, of which there are by Heaps' law some 45 times the postings to the power 0.55. It only sizes
# shards to the budget.
_POSTING_BYTES, _TERM_BYTES, _TERM_POWER = 0.9, 134, 0.55
_FILES_OF_ROWS = 256  # packed at once


def segment_name(order: Sequence[str], digests: Sequence[str], settings: SearchSettings) -> str:
    """What names a segment: the hash of all its bytes depend on.

    Every file of a segment changes with any document (numbers of documents and frequencies are in
    all of them), so one name serves, and the meta file need not hold two thousand.
    """
    return content_name(
        msgspec.msgpack.encode((FORMAT_VERSION, settings, list(order), list(digests)))
    )


def build_segment(
    runs: Sequence[Run],
    order: Sequence[str],
    digests: Sequence[str],
    settings: SearchSettings,
    scratch: Path,
    *,
    names_best: bool = True,
) -> Generator[IndexFile, None, SegmentRecord]:
    """Yield the files of a segment, return its record.

    `order` numbers the documents: their `href`s, newest first; `digests` tell of each what search
    sees of it. Documents of the runs that it does not name are left out; where two runs hold one,
    the later run's counts. `scratch` is a folder for a temporary file of rows. The bytes depend on
    documents, order and settings alone, not on how runs cut the documents. `names_best`: frequent
    terms name their best documents, which is of use where there is one segment alone. Raises
    KeyError when no run holds an `href`, ValueError when one run holds one twice.
    """
    keep_freed_memory()
    lengths = np.zeros((len(order), 2), np.int64)
    scratch.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys("hwklbfdn", 0)
    name = segment_name(order, digests, settings)

    def numbered(kind: str, payload: bytes) -> IndexFile:
        number = counts[kind]
        counts[kind] += 1
        return named_file(f"{KEPT}/{name}/{kind}{number}", payload)

    with (scratch / "rows").open("w+b") as rows:
        numbers, spans, facets, code = _spooled(runs, order, rows, lengths)
        yield numbered("n", deflated(msgspec.json.encode(facets)))
        size = row_chunk(len(order), settings.file_budget)
        for kind, payload in _column_files(rows, spans, lengths, facets, RowPacker(code), size):
            yield numbered(kind, payload)
    (scratch / "rows").unlink()

    shard_size = _shard_size(runs, numbers, settings)
    scorer = make_scorer(lengths, settings) if names_best else None
    han_firsts: list[int] = []
    word_firsts: list[str] = []
    for kind, shard in _shards(runs, numbers, len(order), shard_size, scorer):
        if kind == "h" and isinstance(shard.first, int):
            han_firsts.append(shard.first)
        elif kind == "w" and isinstance(shard.first, str):
            word_firsts.append(shard.first)
        yield numbered(kind, shard.payload)
    return SegmentRecord(
        name=name,
        hrefs=tuple(order),
        totals=(int(lengths[:, 0].sum()), int(lengths[:, 1].sum())),
        field_lengths=lengths.astype("<u4").tobytes(),
        row_size=size,
        row_code=code,
        han_firsts=tuple(han_firsts),
        word_firsts=tuple(word_firsts),
        counts=counts,
    )


def _spooled(
    runs: Sequence[Run], order: Sequence[str], rows: BinaryIO, lengths: Ints
) -> tuple[list[Ints], Ints, Facets, RowCode]:
    """Write the documents of the runs to `rows` and their lengths to `lengths`.

    Returns each run's final numbers (−1 = left out), where in `rows` each document lies, the names
    for filters, and the code for rows.
    """
    place = {href: number for number, href in enumerate(order)}
    owners = _owners(runs, place)
    facets, units = FacetCounter(), UnitCounter()
    numbers: list[Ints] = []
    spans = np.zeros((len(order), 2), np.int64)
    encoder = msgspec.msgpack.Encoder()
    for i, run in enumerate(runs):
        final = np.full(run.documents, -1, np.int64)
        for local, document in enumerate(read_documents(run)):
            number = place.get(document.href, -1)
            if number < 0 or owners[number] != i:
                continue
            if spans[number, 1]:
                raise ValueError(f"two documents of one run have the address {document.href}")
            final[local] = number
            lengths[number] = document.lengths
            facets.add(document)
            units.add(document)
            data = encoder.encode(document)
            spans[number] = rows.tell(), len(data)
            rows.write(data)
        numbers.append(final)
    return numbers, spans, facets.facets(), units.code()


def _owners(runs: Sequence[Run], place: dict[str, int]) -> Ints:
    """The run each document is taken from."""
    owners = np.full(len(place), -1, np.int64)
    for i, run in enumerate(runs):
        for document in read_documents(run):
            number = place.get(document.href, -1)
            if number >= 0:
                owners[number] = i
    missing = np.flatnonzero(owners < 0)
    if len(missing):
        raise KeyError(list(place)[int(missing[0])])
    return owners


def _column_files(
    rows: BinaryIO, spans: Ints, lengths: Ints, facets: Facets, packer: RowPacker, size: int
) -> Iterator[tuple[str, bytes]]:
    for payload in pack_lengths(lengths):
        yield "l", payload
    for payload in pack_bounds(lengths):
        yield "b", payload
    decoder = msgspec.msgpack.Decoder(RunDocument)
    filters = FilterColumns(facets)
    batch = _FILES_OF_ROWS * size
    for start in range(0, len(spans), batch):
        documents: list[RunDocument] = []
        for offset, length in spans[start : start + batch].tolist():
            rows.seek(offset)
            documents.append(decoder.decode(rows.read(length)))
            if full := filters.add(documents[-1]):
                yield "f", full
        for payload in packer.pack(documents, size):
            yield "d", payload
    if last := filters.finish():
        yield "f", last


def _shard_size(runs: Sequence[Run], numbers: Sequence[Ints], settings: SearchSettings) -> int:
    """Bytes of a shard: as configured, more where there would be too many files."""
    postings = sum(kept_postings(run, ids) for run, ids in zip(runs, numbers, strict=True))
    # A third of the budget is for rows, some room for columns and shards that fill badly.
    size = postings * _POSTING_BYTES + _TERM_BYTES * postings**_TERM_POWER
    return max(settings.shard_size, int(size / (settings.file_budget * 0.63)))


def _shards(
    runs: Sequence[Run],
    numbers: Sequence[Ints],
    documents: int,
    size: int,
    scorer: Scorer | None,
) -> Iterator[tuple[str, Shard]]:
    han = ShardWriter(documents, size, scorer)
    part: Postings
    for part in merge_han(runs, numbers):
        for shard in han.add(part):
            yield "h", shard
    for shard in han.finish():
        yield "h", shard
    words = ShardWriter(documents, size, scorer)
    dictionary: list[str] = []
    for part, listed in merge_words(runs, numbers):
        # A word of documents that were left out alone has no postings.
        dictionary += [listed[term] for term in distinct(part.terms).tolist()]
        for shard in words.add(part, listed):
            yield "w", shard
        while len(dictionary) >= DICTIONARY_CHUNK:
            yield "k", Shard("", deflated(pack_words(dictionary[:DICTIONARY_CHUNK])))
            del dictionary[:DICTIONARY_CHUNK]
    for shard in words.finish():
        yield "w", shard
    if dictionary:
        yield "k", Shard("", deflated(pack_words(dictionary)))
