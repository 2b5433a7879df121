"""WACZ files: WARC files in a ZIP, with what a viewer needs (specs.webrecorder.net/wacz)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from generator.ingest.held import Part
from generator.ingest.reading import Finding
from generator.ingest.warc import read_pictures, read_warc

_ZIP = b"PK\x03\x04"
# The names of the first files in it stand in its first bytes.
_MARK = re.compile(rb"archive/[^/]+\.warc|datapackage\.json|indexes/index\.cdx")
_WARC = re.compile(r"(?:^|/)[^/]+\.warc(?:\.gz)?$", re.IGNORECASE)
_FAULTS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def is_wacz(head: bytes) -> bool:
    """Whether a file that begins with `head` is one."""
    return head.startswith(_ZIP) and _MARK.search(head) is not None


def read_wacz(file: BinaryIO) -> Iterator[Part]:
    """The pages of all WARC files in it. Never raises for it."""
    try:
        for inner in _open_each(file):
            yield from read_warc(inner)
    except _FAULTS as error:
        yield Finding("import/damaged", 0, f"the ZIP: {error}")


def read_wacz_pictures(file: BinaryIO, wanted: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """As `read_pictures` does; what is damaged has been told of."""
    try:
        for inner in _open_each(file):
            yield from read_pictures(inner, wanted)
    except _FAULTS:
        return


def _open_each(file: BinaryIO) -> Iterator[BinaryIO]:
    with ZipFile(file) as archive:
        for name in sorted(filter(_WARC.search, archive.namelist())):
            with archive.open(name) as inner:
                yield cast("BinaryIO", inner)
