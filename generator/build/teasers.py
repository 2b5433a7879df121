"""Teasers between processes: written to the stage where they are made, read where lists show them.

The process that hands them on keeps only where they are: each is shown by four or five lists, and
all of them together are some 1.3 KB an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import msgspec

from generator.render import Teaser, pack_teaser, unpack_teaser

_FOLDER = "teasers"


class TeaserPlace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a teaser is: `size` bytes from `start` in a file of the stage."""

    file: str
    start: int
    size: int


class TeaserStore:
    """One process's file of teasers, and those of all others to read. `name` tells processes apart.

    `zone` is the zone of all dates.
    """

    def __init__(self, stage: Path, name: str, zone: ZoneInfo) -> None:
        self._folder, self._name, self._zone = stage / _FOLDER, name, zone
        self._open: dict[str, BinaryIO] = {}

    def write(self, teasers: Sequence[Teaser]) -> list[TeaserPlace]:
        """Write teasers; the place of each."""
        self._folder.mkdir(exist_ok=True)
        places = []
        with (self._folder / self._name).open("ab") as handle:
            start = handle.tell()
            for teaser in teasers:
                data = pack_teaser(teaser)
                handle.write(data)
                places.append(TeaserPlace(self._name, start, len(data)))
                start += len(data)
        return places

    def read(self, place: TeaserPlace) -> Teaser:
        """A teaser that a process of this build wrote. Its file stays open until `close`."""
        source = self._open.get(place.file)
        if source is None:
            source = self._open[place.file] = (self._folder / place.file).open("rb")
        source.seek(place.start)
        return unpack_teaser(source.read(place.size), self._zone)

    def close(self) -> None:
        """Close the files that were read."""
        while self._open:
            self._open.popitem()[1].close()
