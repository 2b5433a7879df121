"""The stage: new files are written here first and renamed into place when all are done.

A failure before that — a template error, a full disk, `kill -9` — leaves the old site as it was.
The stage is inside the output folder, so that renaming never crosses a file system.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.errors import OutputError
from generator.publish.folder import stage_folder, unwritable
from generator.publish.manifest import manifest_file
from generator.text.digests import digest_hex, open_digest

# Files are copied in pieces of this size, so that a film does not fill the memory.
_PIECE = 1024 * 1024
# Of a first build the stage has a tree of its own, as the output will have.
TREE = "site/"


class Staged(msgspec.Struct, frozen=True, gc=False):
    """One output file. `stage` is its name on the stage, "" where the file is already right.

    `size` and `modified` (nanoseconds) are those the published file has.
    """

    file: str
    digest: str
    stage: str
    size: int
    modified: int


class Stage:
    """Where one process of one build puts files. `build` tells builds apart, `worker` processes."""

    def __init__(self, output: Path, build: str, worker: str) -> None:
        """Make the folder where it is missing. Raises OutputError."""
        self._output = str(output)
        self._folder = str(stage_folder(output, build))
        self._worker = worker
        self._count = 0
        self._made = {TREE.rstrip("/")}  # folders of the tree
        self._is_first = not manifest_file(output).exists()
        try:
            os.makedirs(f"{self._folder}/{TREE}" if self._is_first else self._folder, exist_ok=True)
        except OSError as error:
            raise unwritable(output, error) from error

    def put(self, file: str, data: bytes) -> Staged:
        """Stage `data` for the output file `file`, unless that holds the same bytes already.

        Raises OutputError.
        """
        digest = digest_hex(data)
        standing = self._standing(file, len(data))
        if standing and self._holds(file, data):
            return Staged(file, digest, "", len(data), standing.st_mtime_ns)
        name, path = self._place_in_tree(file) if self._is_first else self._place()
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(handle, view) :]
                modified = os.fstat(handle).st_mtime_ns
            finally:
                os.close(handle)
        except OSError as error:
            raise unwritable(Path(path), error) from error
        return Staged(file, digest, name, len(data), modified)

    def copy(self, file: str, source: Path) -> Staged:
        """Stage a copy of the file `source`, unless `file` holds the same bytes already.

        Raises OutputError.
        """
        state = open_digest()
        name, path = self._place()
        size = 0
        try:
            with open(source, "rb") as original, open(path, "wb") as copy:
                while piece := original.read(_PIECE):
                    state.update(piece)
                    size += len(piece)
                    copy.write(piece)
            standing = self._standing(file, size)
            if standing and self._digest(file) == state.hexdigest():
                os.unlink(path)
                return Staged(file, state.hexdigest(), "", size, standing.st_mtime_ns)
            return Staged(file, state.hexdigest(), name, size, os.stat(path).st_mtime_ns)
        except OSError as error:
            if error.filename == str(source):
                raise OutputError(
                    f"a static file cannot be read: {error.strerror}",
                    path=str(source),
                    hint="check its permissions",
                ) from error
            raise unwritable(Path(path), error) from error

    def _place(self) -> tuple[str, str]:
        """A free name on the stage, and the path to it."""
        self._count += 1
        name = f"{self._worker}-{self._count}"
        return name, f"{self._folder}/{name}"

    def _place_in_tree(self, file: str) -> tuple[str, str]:
        """A file's place in the stage's own tree, and the path to it. Raises OutputError."""
        name = TREE + file
        try:
            self._make(name.rpartition("/")[0])
        except OSError as error:
            raise unwritable(Path(self._folder, name), error) from error
        return name, f"{self._folder}/{name}"

    def _make(self, folder: str) -> None:
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            with suppress(FileExistsError):
                os.mkdir(f"{self._folder}/{folder}")
            self._made.add(folder)

    def _standing(self, file: str, size: int) -> os.stat_result | None:
        """The published file, where there is one of this size."""
        try:
            status = os.stat(f"{self._output}/{file}")
        except OSError:
            return None
        return status if status.st_size == size else None

    def _holds(self, file: str, data: bytes) -> bool:
        try:
            with open(f"{self._output}/{file}", "rb") as handle:
                return handle.read() == data
        except OSError:
            return False

    def _digest(self, file: str) -> str:
        state = open_digest()
        try:
            with open(f"{self._output}/{file}", "rb") as handle:
                while piece := handle.read(_PIECE):
                    state.update(piece)
        except OSError:
            return ""
        return state.hexdigest()
