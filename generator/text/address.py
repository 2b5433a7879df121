"""Addresses: the file a page is written to, its URL, and how another page links to it.

Every link between our own pages names the file (`../../index.html`, not `../../`), so that the
site works from a USB stick; canonical URLs name the folder, as people expect.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

import msgspec

# RFC 3986 pchar less "%", plus "/": what may stand in a path as it is.
_SAFE = "/-._~!$&'()*+,;=:@"
# Letters one by one: `\w` takes twice as long.
_PLAIN = re.compile(rf"[0-9A-Za-z{re.escape(_SAFE)}]*").fullmatch


# The way to one page is asked for by its own, by its neighbours' and by lists.
@lru_cache(maxsize=4096)
def quote_path(path: str) -> str:
    """Percent-encode a path of the site for a URL (RFC 3986)."""
    return path if _PLAIN(path) else quote(path, safe=_SAFE)


def split_address(address: str) -> SplitResult:
    """The parts of a web address, all "" where it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return urlsplit("")
    return parts


class Address(msgspec.Struct, frozen=True, order=True, gc=False):
    """Where one page lives. `file` is relative to the output folder, with `/`, in NFC."""

    file: str

    @property
    def path(self) -> str:
        """The URL's path below the site's base, encoded: `/a/`, `/a/b.html`."""
        file = self.file
        if file == "index.html" or file.endswith("/index.html"):
            file = file[: -len("index.html")]
        return "/" + quote_path(file)

    @property
    def href(self) -> str:
        """The link from the site's root, encoded: `a/index.html`. Put the page's root before it."""
        return quote_path(self.file)

    @property
    def root(self) -> str:
        """The way from this page up to the site's root: `../../` or `` at the top."""
        return "../" * self.file.count("/")

    @property
    def folded(self) -> str:
        """What must be unique: disks that ignore case and normal form take both for one file."""
        return unicodedata.normalize("NFC", self.file).casefold()
