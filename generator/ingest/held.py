"""What is read out of a file that holds many captures: one after another, and each text once."""

from __future__ import annotations

import re

import msgspec

from generator.ingest.capture import Read
from generator.ingest.reading import Finding
from generator.ingest.record import digest
from generator.text.address import split_address

# The lines of an article that differ between two captures of the same page.
_OF_CAPTURE = re.compile(rb"^(?:captured|url): .*\n", re.MULTILINE)


class Held(msgspec.Struct, frozen=True):
    """One capture of many in a file. Behind the file's name and `#`, `name` is its own.

    `mark` is a digest of all that it was read from, `address` the one it had on the web. One that
    `is_damaged` would have been an article.
    """

    name: str
    mark: str
    read: Read
    address: str = ""
    is_damaged: bool = False

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host whose name the site must know for the page to keep its address."""
        host = split_address(self.address).hostname if self.read.reading else None
        return (host,) if host else ()


Part = Held | Finding
"""What comes out of such a file: a capture, or what is to be said of the file itself."""


class Seen:
    """What has come out of one file: names, and the texts at each address."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.names: dict[str, int] = {}
        self.pictures: set[str] = set()  # keys of the addresses of those shown
        self._texts: dict[tuple[str, str], str] = {}

    def name(self, part: Held) -> str:
        """The part's name; the second of that name has a number, for names tell parts apart."""
        number = self.names[part.name] = self.names.get(part.name, 0) + 1
        return part.name if number == 1 else f"{part.name} ({number})"

    def twin(self, part: Held) -> str:
        """The name of a part that gave the same article at the same address, "" where none did.

        Crawlers come again and again, and a counter or an advertisement makes each page another.
        """
        return self._texts.get(key, "") if (key := _key(part)) else ""

    def add(self, part: Held, name: str) -> None:
        """Make a part known by the name it has in reports."""
        if key := _key(part):
            self._texts.setdefault(key, name)


def _key(part: Held) -> tuple[str, str] | None:
    if not part.address or part.read.reading is None:
        return None
    return part.address, digest(_OF_CAPTURE.sub(b"", part.read.reading.article, count=2))
