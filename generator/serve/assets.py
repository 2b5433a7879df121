"""The script and the style sheet that the preview adds to pages."""

from __future__ import annotations

from pathlib import Path

from generator.errors import BackfileError

CLIENT_FILES = {
    "preview.js": "text/javascript; charset=utf-8",
    "preview.css": "text/css; charset=utf-8",
}
_DIST = Path(__file__).with_name("client") / "dist"


def read_client(dist: Path = _DIST) -> dict[str, bytes]:
    """Give the bytes of the files in `CLIENT_FILES`, by name.

    Raises BackfileError in a working tree where the client is not built yet.
    """
    try:
        return {name: (dist / name).read_bytes() for name in CLIENT_FILES}
    except FileNotFoundError as error:
        raise BackfileError(
            "the preview's browser client is not built",
            path=str(dist),
            hint="run `python -m generator.serve.bundle`",
            code="serve/client-missing",
        ) from error
