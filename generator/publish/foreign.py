"""Files in the output folder that no build wrote: found, named, left alone."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from pathlib import Path

import msgspec


class Folder(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A folder of the output as it was last looked through, names only.

    A folder's own time changes with every file that comes or goes, so a folder with the same time
    holds the same names.
    """

    modified: int  # nanoseconds
    folders: tuple[str, ...]
    foreign: tuple[str, ...]


Folders = Mapping[str, Folder]
"""By path, relative to the output folder: "" or with `/` at the end."""


def find_foreign(
    output: Path, ours: Container[str], known: Folders, start: int, new: Container[str] = ()
) -> tuple[list[str], dict[str, Folder]]:
    """Files that are not `ours`, sorted, and every folder; dot files are not looked at.

    Of folders in `known` only those that have changed are looked through, and none in `new`, which
    this build has made: `a/b`. A folder that changed
    at `start` (nanoseconds) or later may change again with the same time, and is not given.
    """
    found: list[str] = []
    folders: dict[str, Folder] = {}
    waiting = [""]
    while waiting:
        path = waiting.pop()
        try:
            modified = os.stat(f"{output}/{path}").st_mtime_ns  # noqa: PTH116 - run once a folder
            folder = known.get(path)
            if folder is None or folder.modified != modified:
                folder = Folder(modified, *_look(output, path, ours))
        except OSError:  # it has gone meanwhile, or is not for us to see
            continue
        if modified < start:
            folders[path] = folder
        waiting += [f"{path}{name}/" for name in folder.folders if path + name not in new]
        found += [path + name for name in folder.foreign]
    return sorted(found), folders


def _look(output: Path, path: str, ours: Container[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a folder's folders and of the files in it that are not ours."""
    folders: list[str] = []
    foreign: list[str] = []
    with os.scandir(f"{output}/{path}") as entries:
        for entry in entries:
            name = entry.name
            if path + name in ours or name.startswith("."):
                continue
            (folders if entry.is_dir(follow_symlinks=False) else foreign).append(name)
    return tuple(folders), tuple(foreign)
