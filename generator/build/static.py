"""Files that are published as they are: `static/`, and the picture folders of a Jekyll site."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from generator.build.site import Site
from generator.errors import OutputError
from generator.publish import Stage, Staged


def find_static(site: Site) -> list[tuple[Path, str]]:
    """Each file with its place in the output, in a stable order. Dot files are left out."""
    content = site.config.content
    found: dict[str, Path] = {}
    for folder in content.static:
        found |= {file: path for path, file in _walk(site.root / folder, "")}
    for folder in content.copy:
        found |= {file: path for path, file in _walk(site.root / folder, f"{folder.strip('/')}/")}
    return [(found[file], file) for file in sorted(found)]


def _walk(folder: Path, prefix: str) -> list[tuple[Path, str]]:
    found = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(base, name)
            if not name.startswith(".") and path.is_file():
                found.append((path, prefix + path.relative_to(folder).as_posix()))
    return found


def stage_static(stage: Stage, files: Sequence[tuple[Path, str]]) -> list[Staged]:
    """Stage the files. Raises OutputError where one cannot be read."""
    staged = []
    for path, file in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise OutputError(
                f"a static file cannot be read: {error.strerror}",
                path=str(path),
                hint="check its permissions",
            ) from error
        staged.append(stage.put(file, data))
    return staged
