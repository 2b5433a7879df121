"""Where the records of a WARC file begin and end. Stated lengths are believed where they fit.

A record is `WARC/1.x`, lines of `Name: value`, a blank line, as many bytes as `Content-Length` says,
two line breaks (ISO 28500 §4). Each record is a gzip member of its own, as a rule. Bytes that fit
nothing are passed over up to the next thing that looks like a beginning, so that damage costs no
more than what it hit. No more is in memory than the largest page.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b\x08"
_LONGEST_HEAD = 1 << 16
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_START = re.compile(rb"(?:\A|\n)(?=WARC/[01]\.\d+[ \t]*\r?\n)")
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/[01]\.\d+[ \t]*\r?\n)")
# Bytes of which the end of one chunk and the head of the next can make a beginning.
_OVERLAP = 32
_LENGTH = re.compile(
    rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)


class Frame(msgspec.Struct, frozen=True, gc=False):
    """A record: its own head, with the blank line, and what follows. `fault` is "" where it is whole.

    Of one that `is_large` only the beginning is here.
    """

    head: bytes
    body: bytes
    fault: str = ""
    is_large: bool = False


def frame_records(file: BinaryIO, limit: int) -> Iterator[Frame | str]:
    """The records of a file, plain or packed; a text for each place that is damaged.

    A record of more than `limit` bytes is large.
    """
    source = _Gzip(file) if file.read(2) == _GZIP[:2] else _Plain(file)
    file.seek(0)
    while source.open_member():
        yield from _Framer(source, limit).frames()
        if source.fault:
            yield source.fault


class _Plain:
    """A file as it is: one member."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._is_open, self.fault = file, False, ""

    def open_member(self) -> bool:
        was_open, self._is_open = self._is_open, True
        return not was_open

    def read(self) -> bytes:
        return self._file.read(_CHUNK)


class _Gzip:
    """A gzip file, unpacked member by member."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.fault = file, ""
        self._chunk, self._at = b"", 0  # what was read of the file, and how far it is used
        self._unpacker = zlib.decompressobj(31)

    def open_member(self) -> bool:
        """Go to the next member; whether there is one."""
        while (at := self._chunk.find(_GZIP, self._at)) < 0:
            more = self._file.read(_CHUNK)
            if not more:
                return False
            # The mark may lie across the two.
            kept = self._chunk[max(self._at, len(self._chunk) - 2) :]
            self._chunk, self._at = kept + more, 0
        self._at, self._unpacker, self.fault = at, zlib.decompressobj(31), ""
        return True

    def read(self) -> bytes:
        """More of the member, b"" at its end. Where it is damaged it ends and `fault` says so."""
        while not self._unpacker.eof and not self.fault:
            if self._at >= len(self._chunk):
                self._chunk, self._at = self._file.read(_CHUNK), 0
                if not self._chunk:
                    self.fault = "the file ends in the middle of a record"
                    break
            try:
                data = self._unpacker.decompress(memoryview(self._chunk)[self._at :], _CHUNK)
            except zlib.error:
                self.fault = "packed data is damaged"
                self._at += 1  # a member may begin anywhere behind
                break
            rest = self._unpacker.unused_data or self._unpacker.unconsumed_tail
            self._at = len(self._chunk) - len(rest)
            if data:
                return data
        return b""


class _Framer:
    """The records of one member."""

    def __init__(self, source: _Plain | _Gzip, limit: int) -> None:
        self._source, self._limit = source, limit
        self._bytes = bytearray()
        self._is_open = True
        self._barren = 0  # so many bytes from the first on are known to hold no end of a head

    def frames(self) -> Iterator[Frame | str]:
        while True:
            self._fill(_LONGEST_HEAD)
            blank = len(self._bytes) - len(self._bytes.lstrip(b"\r\n"))
            del self._bytes[:blank]
            if not self._bytes:
                if self._is_open:
                    continue
                return
            head = self._head_size()
            if head:
                yield from self._record(head)
            elif self._skip():
                yield "bytes that belong to no record"

    def _fill(self, size: int) -> None:
        while self._is_open and len(self._bytes) < size:
            more = self._source.read()
            self._is_open = bool(more)
            self._bytes += more

    def _head_size(self) -> int:
        """The length of the head that the bytes begin with, 0 where they begin with none."""
        if not _START.match(self._bytes):
            return 0
        end = _HEAD_END.search(self._bytes, max(0, self._barren - 3), _LONGEST_HEAD)
        if end is None:
            self._barren = min(len(self._bytes), _LONGEST_HEAD)
        return end.end() if end else 0

    def _skip(self) -> bool:
        """Drop what leads to the next beginning; whether that was more than blanks."""
        dropped = b""
        start = _START.search(self._bytes, 1)
        while start is None and self._is_open:
            dropped = dropped or bytes(self._bytes[:_OVERLAP])
            del self._bytes[:-_OVERLAP]
            self._barren = 0
            self._fill(_CHUNK)
            start = _START.search(self._bytes)
        dropped = dropped or bytes(self._bytes[: start.end() if start else _OVERLAP])
        end = start.end() if start else len(self._bytes)
        del self._bytes[:end]
        self._barren = max(0, self._barren - end)
        return bool(dropped.strip(b"\0 \r\n"))

    def _record(self, head: int) -> Iterator[Frame]:
        stated = _LENGTH.search(self._bytes, 0, head)
        length = int(stated[1]) if stated else -1
        if 0 <= length <= self._limit:
            self._fill(head + length + _OVERLAP)
            rest = self._bytes[head + length : head + length + _OVERLAP]
            is_closed = rest.startswith(b"\r\n\r\n") or not rest.strip(b"\r\n")
            if len(self._bytes) >= head + length and (is_closed or _START.match(rest.lstrip())):
                yield self._take(head, head + length)
                return
        yield from self._search(head, length)

    def _search(self, head: int, length: int) -> Iterator[Frame]:
        """A record whose length does not fit, or that is large: it ends before the next beginning."""
        self._fill(head + self._limit + _OVERLAP)
        following = _NEXT.search(self._bytes, max(0, head - 4))
        if following and following.start() <= head + self._limit:
            end = max(head, following.start())
            yield self._take(head, end, "its stated length is wrong")
        elif len(self._bytes) <= head + self._limit:
            fault = (
                "it is cut off"
                if length > len(self._bytes) - head
                else "its stated length is wrong"
            )
            yield self._take(head, len(self._bytes), fault)
        else:
            yield self._take(head, head + min(self._limit, _CHUNK), is_large=True)
            self._drop(length)

    def _take(self, head: int, end: int, fault: str = "", *, is_large: bool = False) -> Frame:
        frame = Frame(bytes(self._bytes[:head]), bytes(self._bytes[head:end]), fault, is_large)
        del self._bytes[:end]
        self._barren = 0
        return frame

    def _drop(self, length: int) -> None:
        """Drop the rest of a large record of `length` bytes, or up to what looks like the next."""
        left = length - min(self._limit, _CHUNK)
        while True:
            following = _NEXT.search(self._bytes)
            if following:
                del self._bytes[: following.end()]
                return
            dropped = len(self._bytes) - _OVERLAP
            if 0 <= left <= dropped or not self._is_open:
                del self._bytes[: max(0, left) if self._is_open else len(self._bytes)]
                return
            del self._bytes[:dropped]
            left -= dropped
            self._fill(_CHUNK)
