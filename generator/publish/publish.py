"""Putting a finished build in place: rename, record, prune."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from generator.errors import OutputError
from generator.model import Diagnostic, diagnose
from generator.publish.folder import STATE, stage_folder, unwritable
from generator.publish.foreign import Folders, find_foreign
from generator.publish.manifest import Manifest, read_manifest, write_manifest
from generator.publish.stage import Staged


class PublishResult(msgspec.Struct, frozen=True):
    """What a build changed in the output folder."""

    written: int
    unchanged: int
    pruned: int
    diagnostics: tuple[Diagnostic, ...]
    folders: Folders


def publish(
    output: Path, build: str, staged: Iterable[Staged], known: Folders, start: int
) -> PublishResult:
    """Rename the staged files into place in the order given, then the manifest, then prune.

    Only files that the last manifest owned are pruned; others are left alone and named. `known`
    are the folders as the last build left them, `start` is when this one began: see `find_foreign`.
    Raises OutputError; a build that stops half-way is completed by the next one.
    """
    files = list(staged)
    wanted = {entry.file: entry.digest for entry in files}
    if len(wanted) != len(files):
        raise OutputError(
            "two pages were written to one file", path=str(output), hint="please report this"
        )
    try:
        written, pruned, notes = _put_in_place(output, build, files, read_manifest(output), wanted)
        foreign, folders = find_foreign(output, wanted.keys(), known, start)
    except OSError as error:
        raise unwritable(output, error) from error
    notes += [diagnose("output/foreign-file", path) for path in foreign]
    return PublishResult(written, len(files) - written, pruned, tuple(notes), folders)


def publish_some(
    output: Path, build: str, staged: Sequence[Staged], gone: Iterable[str]
) -> PublishResult:
    """Rename staged files into place and prune those that are gone; all other files stand.

    As `publish`, but that nobody looks for foreign files.
    """
    owned = read_manifest(output)
    wanted = {**owned, **{entry.file: entry.digest for entry in staged}}
    for file in gone:
        wanted.pop(file, None)
    try:
        written, pruned, notes = _put_in_place(output, build, staged, owned, wanted)
    except OSError as error:
        raise unwritable(output, error) from error
    return PublishResult(written, len(wanted) - written, pruned, tuple(notes), {})


def _put_in_place(
    output: Path, build: str, files: Sequence[Staged], owned: Manifest, wanted: Manifest
) -> tuple[int, int, list[Diagnostic]]:
    """How many files were written and pruned, and what was in the way. Raises OSError."""
    stage = str(stage_folder(output, build))
    mover = _Mover(output, owned.keys())
    written = 0
    if not wanted.keys() <= owned.keys():
        # Old and new files are ours until the new manifest stands, in case this stops half-way.
        write_manifest(output, {**owned, **wanted})
    for entry in files:
        if entry.stage:
            mover.move(f"{stage}/{entry.stage}", entry.file)
            written += 1
    pruned = _prune(output, owned.keys() - wanted.keys())
    if wanted != owned:
        write_manifest(output, wanted)
    shutil.rmtree(stage, ignore_errors=True)
    return written, pruned, mover.diagnostics


def remove_site(output: Path) -> int:
    """Remove every file that builds wrote, and our own folder; how many files. Raises OutputError."""
    try:
        count = _prune(output, read_manifest(output).keys())
        shutil.rmtree(output / STATE, ignore_errors=True)
    except OSError as error:
        raise unwritable(output, error) from error
    return count


class _Mover:
    """Moves files into place; makes each folder once.

    In a folder it has just made nothing can stand in the way, so there it asks no questions: in a
    first build that is nearly every folder.
    """

    def __init__(self, output: Path, owned: Iterable[str]) -> None:
        self._output = str(output)
        self._owned = set(owned)
        self._made: dict[str, bool] = {"": False}  # folder → whether it is new
        self.diagnostics: list[Diagnostic] = []

    def move(self, source: str, file: str) -> None:
        target = f"{self._output}/{file}"
        is_new = self._make(file.rpartition("/")[0])
        if not is_new and (
            (file not in self._owned and os.path.lexists(target)) or os.path.isdir(target)
        ):
            self._set_aside(file)
        os.replace(source, target)

    def _make(self, folder: str) -> bool:
        """Make a folder and those above it; whether it is new."""
        known = self._made.get(folder)
        if known is not None:
            return known
        self._make(folder.rpartition("/")[0])
        path = f"{self._output}/{folder}"
        try:
            os.mkdir(path)
            is_new = True
        except FileExistsError:
            # A link could lead out of the output folder: it makes room like any foreign file.
            is_new = os.path.islink(path) or not os.path.isdir(path)
            if is_new:
                self._set_aside(folder)
                os.mkdir(path)
        self._made[folder] = is_new
        return is_new

    def _set_aside(self, file: str) -> None:
        """Keep what is not ours beside the page that takes its place."""
        path = Path(self._output, file)
        number, kept = 1, path.with_name(f"{path.name}.orig")
        while os.path.lexists(kept):
            number += 1
            kept = path.with_name(f"{path.name}.orig{number}")
        path.rename(kept)
        self.diagnostics.append(diagnose("output/foreign-replaced", file, detail=kept.name))


def _prune(output: Path, files: Iterable[str]) -> int:
    """Remove files that no longer exist in the site, and folders that are empty then."""
    count = 0
    folders: set[Path] = set()
    for file in files:
        path = output / file
        try:
            path.unlink()
            count += 1
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        folders.update(parent for parent in path.parents if parent.is_relative_to(output))
    for folder in sorted(folders - {output}, key=lambda path: len(path.parts), reverse=True):
        try:
            folder.rmdir()
        except OSError:
            continue
    return count
