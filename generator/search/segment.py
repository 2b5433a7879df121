"""A segment: runs merged into shards, columns and rows, with the record that names them.

A site's index is one base segment and at most one delta segment beside it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np

from generator.search.bits import Ints
from generator.search.columns import (
    FacetCounter,
    Facets,
    FilterColumns,
    pack_lengths,
    pack_rows,
    row,
    row_chunk,
)
from generator.search.document import SearchSettings
from generator.search.files import IndexFile, index_file, short_name
from generator.search.merge import Postings, kept_postings, merge_han, merge_words
from generator.search.runs import Run, RunDocument, read_documents
from generator.search.shards import DICTIONARY_CHUNK, Shard, ShardWriter, pack_words

# Bytes a posting takes in a shard, measured on Chinese news; only sizes shards to the budget.
_POSTING_BYTES = 1.25


class SegmentRecord(msgspec.Struct, frozen=True):
    """What the meta file says of a segment, and what the next build must know of it.

    `han`, `words`, `dictionary`, `lengths`, `filters`, `rows` are the hashes that name its files,
    in order.
    """

    hrefs: tuple[str, ...]
    totals: tuple[int, int]  # tokens in all titles, in all bodies
    field_lengths: bytes  # little-endian uint32, (documents, fields)
    facets: Facets
    row_size: int  # documents in a file of rows
    han_firsts: tuple[int, ...] = ()
    han: tuple[str, ...] = ()
    word_firsts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    dictionary: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """Names of the segment's files, below the site's root."""
        kinds = {
            "h": self.han,
            "w": self.words,
            "k": self.dictionary,
            "l": self.lengths,
            "f": self.filters,
            "d": self.rows,
        }
        return frozenset(
            f"search/{kind}/{name}.js" for kind, names in kinds.items() for name in names
        )


def build_segment(
    runs: Sequence[Run], order: Sequence[str], settings: SearchSettings, scratch: Path
) -> Generator[IndexFile, None, SegmentRecord]:
    """Yield the files of a segment, return its record.

    `order` numbers the documents: their `href`s, newest first. Documents of the runs that it
    does not name are left out; where two runs hold one, the later run's counts. `scratch` is a
    folder for a temporary file of rows. The bytes depend on documents, order and settings
    alone, not on how runs cut the documents. Raises KeyError when no run holds an `href`,
    ValueError when one run holds one twice.
    """
    place = {href: number for number, href in enumerate(order)}
    facets = FacetCounter()
    lengths = np.zeros((len(order), 2), np.int64)
    owners = _owners(runs, place)
    scratch.mkdir(parents=True, exist_ok=True)
    numbers: list[Ints] = []
    with (scratch / "rows").open("w+b") as rows:
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
                data = encoder.encode(document)
                spans[number] = rows.tell(), len(data)
                rows.write(data)
            numbers.append(final)
        named = facets.facets()
        size = row_chunk(len(order), settings.file_budget)
        hashes: dict[str, list[str]] = {kind: [] for kind in "hwklfd"}
        for kind, payload in _column_files(rows, spans, lengths, named, size):
            yield _named(hashes, kind, payload)
    (scratch / "rows").unlink()

    shard_size = _shard_size(runs, numbers, settings)
    han_firsts: list[int] = []
    word_firsts: list[str] = []
    for kind, shard in _shards(runs, numbers, len(order), shard_size):
        if kind == "h" and isinstance(shard.first, int):
            han_firsts.append(shard.first)
        elif kind == "w" and isinstance(shard.first, str):
            word_firsts.append(shard.first)
        yield _named(hashes, kind, shard.payload)
    return SegmentRecord(
        hrefs=tuple(order),
        totals=(int(lengths[:, 0].sum()), int(lengths[:, 1].sum())),
        field_lengths=lengths.astype("<u4").tobytes(),
        facets=named,
        row_size=size,
        han_firsts=tuple(han_firsts),
        han=tuple(hashes["h"]),
        word_firsts=tuple(word_firsts),
        words=tuple(hashes["w"]),
        dictionary=tuple(hashes["k"]),
        lengths=tuple(hashes["l"]),
        filters=tuple(hashes["f"]),
        rows=tuple(hashes["d"]),
    )


def _named(hashes: dict[str, list[str]], kind: str, payload: bytes) -> IndexFile:
    file = index_file(kind, payload)
    hashes[kind].append(short_name(file))
    return file


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
    rows: BinaryIO, spans: Ints, lengths: Ints, facets: Facets, size: int
) -> Iterator[tuple[str, bytes]]:
    for payload in pack_lengths(lengths):
        yield "l", payload
    decoder = msgspec.msgpack.Decoder(RunDocument)
    filters = FilterColumns(facets)
    chunk: list[list[str]] = []
    for offset, length in spans.tolist():
        rows.seek(offset)
        document = decoder.decode(rows.read(length))
        if full := filters.add(document):
            yield "f", full
        chunk.append(row(document))
        if len(chunk) == size:
            yield "d", pack_rows(chunk)
            chunk = []
    if last := filters.finish():
        yield "f", last
    if chunk:
        yield "d", pack_rows(chunk)


def _shard_size(runs: Sequence[Run], numbers: Sequence[Ints], settings: SearchSettings) -> int:
    """Bytes of a shard: as configured, more where there would be too many files."""
    postings = sum(kept_postings(run, ids) for run, ids in zip(runs, numbers, strict=True))
    # A fifth of the budget is for rows, some room for columns and shards that fill badly.
    least = int(postings * _POSTING_BYTES / (settings.file_budget * 0.7))
    return max(settings.shard_size, least)


def _shards(
    runs: Sequence[Run], numbers: Sequence[Ints], documents: int, size: int
) -> Iterator[tuple[str, Shard]]:
    han = ShardWriter(documents, size)
    part: Postings
    for part in merge_han(runs, numbers):
        for shard in han.add(part):
            yield "h", shard
    for shard in han.finish():
        yield "h", shard
    words = ShardWriter(documents, size)
    dictionary: list[str] = []
    for part, listed in merge_words(runs, numbers):
        # A word of documents that were left out alone has no postings.
        dictionary += [listed[term] for term in np.unique(part.terms).tolist()]
        for shard in words.add(part, listed):
            yield "w", shard
        while len(dictionary) >= DICTIONARY_CHUNK:
            yield "k", Shard("", pack_words(dictionary[:DICTIONARY_CHUNK]))
            del dictionary[:DICTIONARY_CHUNK]
    for shard in words.finish():
        yield "w", shard
    if dictionary:
        yield "k", Shard("", pack_words(dictionary))
