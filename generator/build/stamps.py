"""Stamps of files, and digests of everything that is not content: program, theme, configuration."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

import generator
from generator.build.place import THEME_PARTS, Place, theme_folders
from generator.state import Stamp
from generator.text.digests import digest, open_digest

# File systems count time in steps of up to 2 s (FAT); a file written twice in one step, with the
# same length, shows the same stamp both times.
_TICK = 2_000_000_000  # nanoseconds
NO_STAMP = Stamp(-1, 0, 0)
_OWN = (".py", ".js", ".css")  # the program, with its browser side


def stamp(path: str) -> Stamp:
    """The stamp of a file. Raises OSError."""
    status = os.stat(path)  # noqa: PTH116 - run once a file
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def stamp_or_none(path: str) -> Stamp:
    """The stamp of a file, NO_STAMP where there is none to see."""
    try:
        return stamp(path)
    except OSError:
        return NO_STAMP


def stamp_all(root: Path, paths: Iterable[str]) -> list[Stamp]:
    """The stamps of files below a folder, NO_STAMP where there is none to see."""
    base, stat = f"{root}/", os.stat
    stamps = []
    for path in paths:
        try:
            status = stat(base + path)
        except OSError:
            stamps.append(NO_STAMP)
        else:
            stamps.append(Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return stamps


def scan_start() -> int:
    """The time before which a stamp must lie to be trusted, in nanoseconds.

    It is compared with times of files and has no part in what is built.
    """
    return time.time_ns() - _TICK


def trusted(stamp: Stamp, start: int) -> Stamp:
    """The stamp, or NO_STAMP where the file may change again without its stamp telling."""
    return stamp if max(stamp.modified, stamp.changed) < start else NO_STAMP


def digest_program() -> bytes:
    """A digest of the program: its own files, Python, and the packages installed beside it.

    Packages are known by the names of their `.dist-info` folders, which carry the version.
    """
    package = Path(generator.__file__).parent
    own = sorted(
        f"{path} {status.size} {status.modified}" for path, status in _walk(str(package), _OWN)
    )
    packages = sorted(
        name
        for folder in {Path(msgspec.__file__).parent.parent, package.parent}
        for name in os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
        if name.endswith(".dist-info")
    )
    return digest(sys.version.encode(), *map(os.fsencode, own), *map(os.fsencode, packages))


def digest_theme(place: Place) -> bytes:
    """A digest of every file that can be part of the site's theme."""
    homes = [place.root / part for part in ("themes", *THEME_PARTS)]
    state = open_digest()
    for home in (*homes, *theme_folders()):
        for path, _ in sorted(_walk(str(home), ())):
            state.update(digest(os.fsencode(path), Path(path).read_bytes()))
    return state.digest()


def digest_stamps(stamps: Iterable[tuple[str, Stamp]]) -> bytes:
    """A digest of files by their stamps."""
    return digest(*(os.fsencode(f"{path} {tuple(stamp)}") for path, stamp in stamps))


def _walk(folder: str, endings: tuple[str, ...]) -> Iterator[tuple[str, Stamp]]:
    """Files below a folder with one of the endings (any file without endings)."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name not in ("__pycache__", "node_modules"):
                yield from _walk(entry.path, endings)
        elif not endings or entry.name.endswith(endings):
            yield entry.path, stamp(entry.path)
