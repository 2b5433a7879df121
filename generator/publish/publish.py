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
from generator.publish.stage import TREE, Staged


class PublishResult(msgspec.Struct, frozen=True):
    """What a build changed in the output folder."""

    written: int
    unchanged: int
    pruned: int
    diagnostics: tuple[Diagnostic, ...]
    folders: Folders


def publish(
    output: Path,
    build: str,
    staged: Iterable[Staged],
    known: Folders,
    start: int,
    *,
    is_exact: bool = False,
) -> PublishResult:
    """Rename the staged files into place in the order given, then the manifest, then prune.

    Only files that the last manifest owned are pruned; others are left alone and named. `known`
    are the folders as the last build left them, `start` is when this one began: see `find_foreign`.
    `is_exact`: nothing else was ever put on this stage, so that in a first build whole folders of
    it can be renamed.
    Raises OutputError; a build that stops half-way is completed by the next one.
    """
    files = list(staged)
    owned = read_manifest(output)
    wanted = {entry.file: entry.digest for entry in files}
    if len(wanted) != len(files):
        raise OutputError(
            "two pages were written to one file", path=str(output), hint="please report this"
        )
    stage = stage_folder(output, build)
    mover = _Mover(output, stage, owned.keys(), takes_whole=is_exact and not owned)
    try:
        written, pruned = _put_in_place(output, mover, files, owned, wanted)
        shutil.rmtree(stage, ignore_errors=True)
        foreign, folders = find_foreign(output, wanted.keys(), known, start, mover.new_folders())
    except OSError as error:
        raise unwritable(output, error) from error
    notes = [diagnose("output/foreign-file", path) for path in foreign]
    return PublishResult(
        written, len(files) - written, pruned, (*mover.diagnostics, *notes), folders
    )


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
    stage = stage_folder(output, build)
    mover = _Mover(output, stage, owned.keys(), takes_whole=False)
    try:
        written, pruned = _put_in_place(output, mover, staged, owned, wanted)
        shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise unwritable(output, error) from error
    return PublishResult(written, len(wanted) - written, pruned, tuple(mover.diagnostics), {})


def _put_in_place(
    output: Path, mover: _Mover, files: Sequence[Staged], owned: Manifest, wanted: Manifest
) -> tuple[int, int]:
    """How many files were written and pruned. Raises OSError."""
    recorded = owned
    written = 0
    if not wanted.keys() <= owned.keys():
        # Old and new files are ours until the new manifest stands, in case this stops half-way.
        recorded = {**owned, **wanted}
        write_manifest(output, recorded)
    for entry in files:
        if entry.stage:
            mover.move(entry)
            written += 1
    pruned = _prune(output, owned.keys() - wanted.keys())
    if recorded != wanted:
        write_manifest(output, wanted)
    return written, pruned


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
    first build that is nearly every folder. With `takes_whole` it takes what lies in the stage's
    tree by its topmost folders, a dozen renames instead of one for each file, where nothing of
    that name stands.
    """

    def __init__(
        self, output: Path, stage: Path, owned: Iterable[str], *, takes_whole: bool
    ) -> None:
        self._output, self._stage = str(output), str(stage)
        self._owned = set(owned)
        self._takes_whole = takes_whole
        self._tops: dict[str, bool] = {}  # topmost name → whether it was taken whole
        self._made: dict[str, bool] = {"": False}  # folder → whether it is new
        self.diagnostics: list[Diagnostic] = []

    def move(self, entry: Staged) -> None:
        file = entry.file
        if self._takes_whole and entry.stage.startswith(TREE) and self._take_top(file):
            return
        target = f"{self._output}/{file}"
        is_new = self._make(file.rpartition("/")[0])
        if not is_new and (
            (file not in self._owned and os.path.lexists(target)) or os.path.isdir(target)
        ):
            self._set_aside(file)
        os.replace(f"{self._stage}/{entry.stage}", target)

    def _take_top(self, file: str) -> bool:
        """Move all that the stage's tree has under a file's topmost name; False where it cannot."""
        top = file.partition("/")[0]
        taken = self._tops.get(top)
        if taken is None:
            target = f"{self._output}/{top}"
            taken = top not in self._made and not os.path.lexists(target)
            if taken:
                os.rename(f"{self._stage}/{TREE}{top}", target)
                self._made[top] = True
            self._tops[top] = taken
        return taken

    def new_folders(self) -> set[str]:
        """The folders made here, in which nothing of anybody else's can be."""
        return {folder for folder, is_new in self._made.items() if is_new}

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
