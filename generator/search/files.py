"""The form every file of the index has: bytes that both `fetch` and a script tag can read.

A page opened from `file://` may not fetch, but may load scripts. So each file is a script, one
call with one function that holds nothing but a comment, and the comment (read as windows-1252) is
the payload: functions tell their source to the letter. A comment holds any byte but the two that
end it, where a string would cost 1.6 % for escapes.
"""

from __future__ import annotations

import base64
import hashlib
import zlib

import msgspec

_HEAD = b"backfile(()=>{/*"
_TAIL = b"*/})"
# A point after an asterisk is ours: it keeps `*/` apart.
_ESCAPES = ((b"*.", b"*.."), (b"*/", b"*./"))


class IndexFile(msgspec.Struct, frozen=True, gc=False):
    """A file of the index: `name` below the site's root, and its bytes."""

    name: str
    data: bytes


def content_name(data: bytes) -> str:
    """Eight characters (40 bits) that name content, the same on disks that ignore case."""
    return base64.b32encode(hashlib.sha256(data).digest()[:5]).decode("ascii").lower()


def index_file(kind: str, payload: bytes) -> IndexFile:
    """A payload in its form, named by its content: `search/<kind>/<hash>.js`."""
    data = _wrapped(payload)
    return IndexFile(f"search/{kind}/{content_name(data)}.js", data)


def named_file(name: str, payload: bytes) -> IndexFile:
    """The same under a given name: `search/<name>.js`."""
    return IndexFile(f"search/{name}.js", _wrapped(payload))


def _wrapped(payload: bytes) -> bytes:
    """A payload with its CRC-32 before it, as a script."""
    body = zlib.crc32(payload).to_bytes(4, "big") + payload
    for plain, escaped in _ESCAPES:
        body = body.replace(plain, escaped)
    return _HEAD + body + _TAIL


def short_name(file: IndexFile) -> str:
    """The hash out of a file's name."""
    return file.name.rpartition("/")[2].removesuffix(".js")


def deflated(payload: bytes) -> bytes:
    """Raw deflate, which browsers inflate themselves: for text, on hosts that do not compress."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(payload) + packer.flush()
