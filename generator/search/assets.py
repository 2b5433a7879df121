"""The scripts and the style sheet of the browser client, as files of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.errors import BackfileError
from generator.search.files import IndexFile

_DIST = Path(__file__).with_name("client") / "dist"


def client_files(dist: Path = _DIST) -> Iterator[IndexFile]:
    """`search/client/*`, the same for every site.

    Raises BackfileError in a working tree where the client is not built yet.
    """
    paths = sorted(path for path in dist.glob("*") if path.suffix in {".js", ".css"})
    if not paths:
        raise BackfileError(
            "the search client is not built",
            path=str(dist),
            hint="run `python -m generator.search.bundle`, or set `[search] enabled = false`",
        )
    for path in paths:
        yield IndexFile(f"search/client/{path.name}", path.read_bytes())
