"""The stage: new files are written here first and renamed into place when all are done.

A failure before that — a template error, a full disk, `kill -9` — leaves the old site as it was.
The stage is inside the output folder, so that renaming never crosses a file system.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from generator.publish.folder import stage_folder, unwritable
from generator.publish.manifest import digest_bytes


class Staged(msgspec.Struct, frozen=True, gc=False):
    """One output file. `stage` is its name on the stage, "" where the file is already right."""

    file: str
    digest: str
    stage: str


class Stage:
    """Where one process of one build puts files. `build` tells builds apart, `worker` processes."""

    def __init__(self, output: Path, build: str, worker: str) -> None:
        """Make the folder where it is missing. Raises OutputError."""
        self._output = str(output)
        self._folder = str(stage_folder(output, build))
        self._worker = worker
        self._count = 0
        try:
            os.makedirs(self._folder, exist_ok=True)
        except OSError as error:
            raise unwritable(output, error) from error

    def put(self, file: str, data: bytes) -> Staged:
        """Stage `data` for the output file `file`, unless that holds the same bytes already.

        Raises OutputError.
        """
        digest = digest_bytes(data)
        if self._stands(file, data):
            return Staged(file, digest, "")
        self._count += 1
        name = f"{self._worker}-{self._count}"
        path = os.path.join(self._folder, name)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(handle, view) :]
            finally:
                os.close(handle)
        except OSError as error:
            raise unwritable(Path(path), error) from error
        return Staged(file, digest, name)

    def _stands(self, file: str, data: bytes) -> bool:
        path = f"{self._output}/{file}"
        try:
            if os.stat(path).st_size != len(data):
                return False
            with open(path, "rb") as handle:
                return handle.read() == data
        except OSError:
            return False
