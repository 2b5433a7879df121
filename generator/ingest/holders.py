"""Which files hold many captures, and what reads them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator
from typing import BinaryIO

import msgspec

from generator.ingest.ghost import is_ghost, read_ghost
from generator.ingest.held import Part
from generator.ingest.wacz import is_wacz, read_wacz, read_wacz_pictures
from generator.ingest.warc import is_warc, read_pictures, read_warc
from generator.ingest.wordpress import is_wordpress, read_wordpress

# Bytes at the head of a file by which it is known.
HEAD = 1 << 16
_GZIP = b"\x1f\x8b"

PartReader = Callable[[BinaryIO], Iterator[Part]]
"""Reads the parts of an open file in the order they lie in, without holding them all."""

PictureReader = Callable[[BinaryIO, Collection[str]], Iterator[tuple[str, bytes]]]
"""Reads the pictures of an open file whose addresses have one of the keys, each with its address."""


class Holder(msgspec.Struct, frozen=True):
    """What reads a kind of file."""

    read_parts: PartReader
    read_pictures: PictureReader | None = None


def find_holder(head: bytes) -> Holder | None:
    """What reads a file that begins with `head`; None where it is one capture."""
    if is_warc(_unpack(head)):
        return Holder(read_warc, read_pictures)
    if is_wacz(head):
        return Holder(read_wacz, read_wacz_pictures)
    if is_wordpress(head):
        return Holder(read_wordpress)
    return Holder(read_ghost) if is_ghost(head) else None


def _unpack(head: bytes) -> bytes:
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return head
