"""What the state holds, as values."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Stamp(NamedTuple):
    """What the file system says of a file without opening it. Times are in nanoseconds.

    `changed` is the time of the inode: tools that keep a file's `modified` cannot keep it.
    """

    size: int
    modified: int
    changed: int


class KnownInput(msgspec.Struct, frozen=True, gc=False):
    """An input as it was last read.

    A file that was written while it was being read may change again within one tick of the file
    system's clock, and its stamp would not tell: such a stamp is kept as `Stamp(-1, 0, 0)`, which
    no file has. `reading` is b"" where it cannot be kept exactly; the file is then read again.
    """

    stamp: Stamp
    digest: bytes
    reading: bytes


class KnownPage(msgspec.Struct, frozen=True, gc=False):
    """An output file as it was last published.

    `key` is the hash of all its declared inputs, `glance` one of more than that which is faster
    to make, b"" = none; `modified` is the file's own time in nanoseconds.
    `subject` is the path of the article it is the page of, "" = none; `data` what rendering that
    article gave beside its page; `reason` why it was last rendered.
    """

    key: bytes
    digest: str
    size: int
    modified: int
    subject: str = ""
    reason: str = ""
    data: bytes = b""
    glance: bytes = b""


class State(msgspec.Struct, frozen=True):
    """All that the last build left. `facts` are single values by name, see `generator.build`."""

    facts: dict[str, bytes]
    inputs: dict[str, KnownInput]  # by path, relative to the site's root
    pages: dict[str, KnownPage]  # by output file


NOTHING = State({}, {}, {})
