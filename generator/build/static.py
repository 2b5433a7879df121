"""Files that are published as they are: `static/`, and the pictures among the articles."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from generator.build.place import Place
from generator.build.stamps import stamp_or_none
from generator.source.discovery import Folders, readable_path
from generator.source.media import find_media
from generator.state import Stamp

# What file managers and version control leave behind.
_LEFT_OUT = frozenset((".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".svn", ".hg", ".gitkeep"))


class StaticFile(msgspec.Struct, frozen=True, gc=False):
    """A file to publish at `file` in the output. `source` is its path from the site's root."""

    path: Path
    file: str
    stamp: Stamp
    source: str = ""


def find_static(place: Place, folders: Folders | None = None) -> list[StaticFile]:
    """Each file with its place in the output, in a stable order; `folders` as `discover` has them.

    Dot files too: hosts want `.nojekyll`, `.htaccess` and `.well-known/`.
    """
    content = place.config.content
    found = {
        media.file: place.root / media.path
        for media in find_media(place.root, content, place.output, folders)
    }
    for folder in content.static:
        found |= {file: path for path, file in _walk(place.root / folder, "")}
    for folder in content.copy:
        found |= {file: path for path, file in _walk(place.root / folder, f"{folder.strip('/')}/")}
    return [
        StaticFile(path, file, stamp_or_none(str(path)), _source(path, place.root))
        for file, path in sorted(found.items())
    ]


def _source(path: Path, root: Path) -> str:
    return readable_path(path.relative_to(root).as_posix()) if path.is_relative_to(root) else ""


def _walk(folder: Path, prefix: str) -> list[tuple[Path, str]]:
    found = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _LEFT_OUT)
        for name in sorted(names):
            path = Path(base, name)
            if name not in _LEFT_OUT and path.is_file():
                found.append((path, readable_path(prefix + path.relative_to(folder).as_posix())))
    return found
