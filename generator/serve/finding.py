"""From the path of a request to a file of the site, as static hosts find it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import msgspec


class Found(msgspec.Struct, frozen=True):
    """A file, or the path to go to instead; both "" where there is neither."""

    file: str = ""
    moved: str = ""


def find_file(path: str, base: str, has: Callable[[str], bool]) -> Found:
    """Find what a decoded path means. `base` is the folder the site lives in, `/` or `/x/`.

    `/a/` is `a/index.html`; `/a` goes to `/a/` where that is a page, and else is `a.html`, as on
    GitHub Pages. The host's root goes to the site's.
    """
    path = unicodedata.normalize("NFC", path)
    if not path.startswith(base):
        is_root = path in ("/", base.rstrip("/"))
        return Found(moved=base) if is_root else Found()
    file = path[len(base) :]
    if not file or file.endswith("/"):
        file += "index.html"
        return Found(file) if has(file) else Found()
    if has(file):
        return Found(file)
    if has(f"{file}/index.html"):
        return Found(moved=f"{path}/")
    return Found(f"{file}.html") if has(f"{file}.html") else Found()
