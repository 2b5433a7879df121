"""The files a client reads first: the pointer, the meta file and tables.

`search/index.js` is the one file with a fixed name; it points at the current meta file. All
others carry a hash of what they hold, so a host may let browsers keep them for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from generator.search.characters import table_path
from generator.search.columns import CHUNK
from generator.search.document import FIELDS, FORMAT_VERSION, SearchSettings
from generator.search.files import IndexFile, deflated, index_file, named_file, short_name
from generator.search.pinyin import table_path as pinyin_path
from generator.search.record import SegmentRecord

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def meta_files(
    segments: Sequence[SegmentRecord], dead: Sequence[int], settings: SearchSettings, client: str
) -> Iterator[IndexFile]:
    """Tables, meta and pointer for a base segment and perhaps a delta.

    `dead` numbers the documents of the base that are changed or gone; `client` names the folder of
    the client that reads them.
    """
    yield from table_files().values()
    described = []
    for number, segment in enumerate(segments):
        described.append(_described(segment, list(dead) if number == 0 else []))
    meta = {
        "format": FORMAT_VERSION,
        "fields": [
            {"name": name, "boost": boost}
            for name, boost in zip(FIELDS, (settings.title_boost, settings.body_boost), strict=True)
        ],
        "k1": settings.k1,
        "b": settings.b,
        "chunk": CHUNK,
        "tables": {kind: short_name(file) for kind, file in table_files().items()},
        "segments": described,
    }
    file = index_file("m", deflated(msgspec.json.encode(meta)))
    yield file
    pointer = {"format": FORMAT_VERSION, "meta": short_name(file), "client": client}
    yield named_file("search/index", msgspec.json.encode(pointer))


@lru_cache(maxsize=1)
def table_files() -> Mapping[str, IndexFile]:
    """The tables by their names, packed once a process."""
    paths = {"characters": table_path(), "pinyin": pinyin_path()}
    return {kind: index_file("t", deflated(path.read_bytes())) for kind, path in paths.items()}


def _described(segment: SegmentRecord, dead: list[int]) -> dict[str, Any]:
    lengths = np.frombuffer(segment.field_lengths, "<u4").reshape(-1, len(FIELDS))
    firsts = [first >> 16 for first in segment.han_firsts]
    return {
        "name": segment.name,
        "documents": len(segment.hrefs),
        "totals": [total - int(lengths[dead, i].sum()) for i, total in enumerate(segment.totals)],
        "dead": " ".join(_base36(step) for step in _steps(dead)),
        "h": [
            " ".join(_base36(step) for step in _steps(firsts)),
            " ".join(_base36(first & 0xFFFF) for first in segment.han_firsts),
        ],
        "w": segment.word_firsts,
        "k": segment.counts["k"],
        "rows": segment.row_size,
        "code": [
            " ".join(_base36(step) for step in _steps(units)) for units in segment.row_code.units
        ],
    }


def _steps(numbers: Sequence[int]) -> list[int]:
    return [b - a for a, b in zip([0, *numbers], numbers, strict=False)]


def _base36(number: int) -> str:
    # `np.base_repr` takes five times as long, and a meta file holds six thousand of them.
    text = _DIGITS[number % 36]
    while number := number // 36:
        text = _DIGITS[number % 36] + text
    return text
