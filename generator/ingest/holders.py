"""Which files hold many captures, and what reads them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from generator.ingest.ghost import is_ghost, read_ghost
from generator.ingest.held import Part
from generator.ingest.warc import is_warc, read_warc
from generator.ingest.wordpress import is_wordpress, read_wordpress

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
    if is_wordpress(head):
        return read_wordpress
    return read_ghost if is_ghost(head) else None


def _unpack(head: bytes) -> bytes:
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return head
