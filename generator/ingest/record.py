"""The record of one import: what was read by which rule, what was cut, what was written.

It lies beside the articles in `content/.import/`, one JSON file an article. It is the only place
that tells an edited article from one that is as the import left it, and the only one that holds
the text cut from a capture.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec


class Field(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One thing read off a capture: its name, its value, the rule, the line (0 = no place)."""

    name: str
    value: str
    rule: str
    line: int = 0


class Cut(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Text of the capture that is not in the article. `line` is 0 where the capture is HTML."""

    text: str
    rule: str
    line: int = 0


class Stub(msgspec.Struct, frozen=True, gc=False):
    """What the next import needs of a record. `article` is relative to the content folder."""

    capture: str
    capture_digest: str
    article: str
    article_digest: str


class Record(Stub, frozen=True, gc=False):
    """A whole record, in the order of its JSON."""

    shape: str
    encoding: str
    fields: tuple[Field, ...] = ()
    cut: tuple[Cut, ...] = ()


def digest(data: bytes) -> str:
    """BLAKE2b with 16 bytes, in hexadecimal: told apart are versions, not enemies."""
    return blake2b(data, digest_size=16).hexdigest()


def encode(record: Record) -> bytes:
    """The record as indented JSON in UTF-8; the same record gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def decode_stub(data: bytes) -> Stub | None:
    """Read a record back; None where it is not one."""
    try:
        return msgspec.json.decode(data, type=Stub)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
