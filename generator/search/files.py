"""The form every file of the index has: bytes that both `fetch` and a script tag can read.

A page opened from `file://` may not fetch, but may load scripts. So each file is a script, one
call with one string, whose bytes (read as windows-1252) are the payload with four bytes escaped.
One form serves both ways, at about 1.6 % more bytes and half the files of two forms.
"""

from __future__ import annotations

import base64
import hashlib
import zlib

import msgspec

_HEAD = b'backfile("'
_TAIL = b'")'
# What a JavaScript string cannot hold as it is.
_ESCAPES = ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r"))


class IndexFile(msgspec.Struct, frozen=True, gc=False):
    """A file of the index: `name` below the site's root, and its bytes."""

    name: str
    data: bytes


def content_name(data: bytes) -> str:
    """Eight characters (40 bits) that name content, the same on disks that ignore case."""
    return base64.b32encode(hashlib.sha256(data).digest()[:5]).decode("ascii").lower()


def index_file(kind: str, payload: bytes) -> IndexFile:
    """Wrap a payload, with its CRC-32 before it, as `search/<kind>/<hash>.js`."""
    body = zlib.crc32(payload).to_bytes(4, "big") + payload
    for plain, escaped in _ESCAPES:
        body = body.replace(plain, escaped)
    data = _HEAD + body + _TAIL
    return IndexFile(f"search/{kind}/{content_name(data)}.js", data)


def named_file(name: str, payload: bytes) -> IndexFile:
    """The same under a fixed name: `search/<name>.js`."""
    return IndexFile(f"search/{name}.js", index_file("", payload).data)


def short_name(file: IndexFile) -> str:
    """The hash out of a file's name."""
    return file.name.rpartition("/")[2].removesuffix(".js")
