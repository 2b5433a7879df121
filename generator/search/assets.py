"""The scripts and the style sheet of the browser client, as files of the site.

`search.js`, which pages load, and `search.css`, which it loads, have fixed names. The rest lies in a folder named by
its content; the index's pointer says which one belongs to the index.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.errors import BackfileError
from generator.search.files import KEPT, IndexFile, content_name

_DIST = Path(__file__).with_name("client") / "dist"
_FIXED = ("search.css", "search.js")


def client_name(dist: Path = _DIST) -> str:
    """The folder of the client below `search/kept`: a hash of all its files.

    Raises BackfileError in a working tree where the client is not built yet.
    """
    return content_name(b"\0".join(part for file in _built(dist) for part in file))


def client_files(dist: Path = _DIST) -> Iterator[IndexFile]:
    """Its files, the same for every site. Raises BackfileError as `client_name` does."""
    folder = client_name(dist)
    for encoded, data in _built(dist):
        name = encoded.decode()
        if name in _FIXED:
            yield IndexFile(f"search/client/{name}", data)
        else:
            yield IndexFile(f"{KEPT}/{folder}/{name}", data)


def _built(dist: Path) -> list[tuple[bytes, bytes]]:
    """Names and content of what the bundler made."""
    paths = sorted(path for path in dist.glob("*") if path.suffix in {".js", ".css"})
    if not paths:
        raise BackfileError(
            "the search client is not built",
            path=str(dist),
            hint="run `python -m generator.search.bundle`, or set `[search] enabled = false`",
        )
    return [(path.name.encode(), path.read_bytes()) for path in paths]
