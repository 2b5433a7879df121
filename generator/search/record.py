"""What a build leaves of the index's segments for the next one.

It stands apart from what makes segments, which takes 60 ms to load: to see that nothing of an index
has changed, or what has, none of that is needed.
"""

from __future__ import annotations

import msgspec

from generator.search.document import SearchSettings
from generator.search.files import KEPT


class RowCode(msgspec.Struct, frozen=True):
    """A canonical Huffman code: the units with a code of one bit, of two and so on, ascending."""

    units: tuple[tuple[int, ...], ...]


class SegmentRecord(msgspec.Struct, frozen=True):
    """What the meta file says of a segment, and what the next build must know of it.

    `name` is the folder of its files, which are numbered; `counts` says how many there are of each
    kind.
    """

    name: str
    hrefs: tuple[str, ...]
    totals: tuple[int, int]  # tokens in all titles, in all bodies
    field_lengths: bytes  # little-endian uint32, (documents, fields)
    row_size: int  # documents in a file of rows
    row_code: RowCode
    han_firsts: tuple[int, ...]
    word_firsts: tuple[str, ...]
    counts: dict[str, int]

    @property
    def files(self) -> frozenset[str]:
        """Names of the segment's files, below the site's root."""
        return frozenset(
            f"{KEPT}/{self.name}/{kind}{number}.js"
            for kind, count in self.counts.items()
            for number in range(count)
        )


class SearchState(msgspec.Struct, frozen=True):
    """What a build leaves for the next one. `digests` stand beside `base.hrefs`."""

    version: int
    settings: SearchSettings
    base: SegmentRecord
    digests: tuple[str, ...]
    delta: SegmentRecord | None = None
    delta_digests: tuple[str, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """Files of both segments, below the site's root, without those `meta_files` makes."""
        return self.base.files | (self.delta.files if self.delta else frozenset())
