"""The articles of a live site: read once, then again where something was saved."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from fnmatch import fnmatch

import msgspec

from generator.build.options import Progress, no_progress
from generator.build.place import Place
from generator.build.scan import scan_site
from generator.build.stamps import NO_STAMP, scan_start, stamp_all
from generator.build.static import StaticFile, find_static
from generator.engine import Engine
from generator.source.discovery import Discovery, SourceFile, discover
from generator.source.reader import Reading
from generator.state import KnownInput

# From so many files on, one look at all is as fast as one at each.
_MANY = 200


class Content(msgspec.Struct, frozen=True):
    """What was read. `readings` are in order of precedence, as `found.files`."""

    found: Discovery
    readings: dict[str, Reading]
    inputs: dict[str, KnownInput]

    def digest(self, path: str) -> bytes:
        """That of a file as it was read, b"" where it could not be."""
        known = self.inputs.get(path)
        return known.digest if known else b""


def read_content(
    place: Place, engine: Engine, known: Mapping[str, KnownInput], progress: Progress = no_progress
) -> Content:
    """Look at the whole site; what `known` does not know as it is is read. Raises SourceError."""
    found = discover(place.root, place.config.content, place.output)
    start = scan_start()
    stamps = stamp_all(place.root, (file.path for file in found.files))
    scan = scan_site(place, found.files, stamps, start, engine, progress, known)
    readings = {reading.path: reading for reading in scan.readings}
    return Content(found, readings, scan.inputs)


def reread_content(
    place: Place, engine: Engine, before: Content, paths: Collection[str]
) -> Content:
    """Read what was saved, in proportion to it where no file came or went. Raises SourceError."""
    touched = [path for path in paths if _may_matter(place, before, path)]
    if not touched:
        return before
    files = [
        SourceFile(path, before_file.root)
        for path in touched
        if (before_file := _known_file(before, path))
    ]
    start = scan_start()
    stamps = stamp_all(place.root, (file.path for file in files))
    if len(files) < len(touched) or len(files) > _MANY or NO_STAMP in stamps:
        now = read_content(place, engine, before.inputs)
        return before if _is_same(now, before) else now
    scan = scan_site(place, files, stamps, start, engine, no_progress, {})
    fresh = {reading.path: reading for reading in scan.readings}
    inputs = {path: known for path, known in before.inputs.items() if path not in fresh}
    return Content(before.found, {**before.readings, **fresh}, {**inputs, **scan.inputs})


def find_files(place: Place) -> list[StaticFile]:
    """The files that are published as they are, and are there."""
    return [file for file in find_static(place) if file.stamp != NO_STAMP]


def _is_same(now: Content, before: Content) -> bool:
    return now.found == before.found and all(
        now.digest(path) == before.digest(path) for path in now.readings
    )


def _known_file(before: Content, path: str) -> SourceFile | None:
    if path not in before.readings:
        return None
    roots = [root for root in before.found.roots if root == "." or path.startswith(f"{root}/")]
    # Of roots inside one another the first one reads a file.
    return SourceFile(path, roots[0]) if len(roots) == 1 else None


def _may_matter(place: Place, before: Content, path: str) -> bool:
    """Whether a saved path can be an article, or a folder of articles; `.` is the site's."""
    if path == "." or path in before.readings:
        return True
    if not _is_inside(before.found.roots, path):
        return False
    name = path.rpartition("/")[2]
    if any(fnmatch(name, pattern) for pattern in place.config.content.include):
        return True
    below = f"{path}/"
    return os.path.isdir(f"{place.root}/{path}") or any(  # noqa: PTH112 - a name, not a Path
        known.startswith(below) for known in before.readings
    )


def _is_inside(roots: Collection[str], path: str) -> bool:
    return any(
        root in (".", path) or path.startswith(f"{root}/") or root.startswith(f"{path}/")
        for root in (root.removesuffix("/") for root in roots)
    )
