"""Which files hold many captures, and what reads them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from generator.ingest.held import Part
from generator.ingest.warc import is_warc, read_warc

# Bytes at the head of a file by which it is known.
HEAD = 1 << 16
_GZIP = b"\x1f\x8b"

PartReader = Callable[[BinaryIO], Iterator[Part]]
"""Reads the parts of an open file in the order they lie in, without holding them all."""


def find_reader(head: bytes) -> PartReader | None:
    """What reads a file that begins with `head`; None where it is one capture."""
    unpacked = _unpack(head)
    if is_warc(unpacked):
        return read_warc
    return None


def _unpack(head: bytes) -> bytes:
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return head
