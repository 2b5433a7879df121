"""The output folder: whether it may be written, and that one build at a time does."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from generator.errors import OutputError

# Our own folder in the output: manifest, lock and, while a build runs, its stage.
STATE = ".backfile"


def check_output(output: Path, sources: Sequence[Path]) -> None:
    """Refuse an output folder that holds sources or lies where they are kept.

    Raises OutputError. `sources` are the site's root and its content and theme folders.
    """
    resolved = output.resolve()
    for source in sources:
        held = source.resolve()
        if held == resolved or held.is_relative_to(resolved):
            raise OutputError(
                f"the output folder holds the site's sources ({source})",
                path=str(output),
                hint="build into a folder of its own, such as output/",
            )
    if output.exists() and not output.is_dir():
        raise OutputError(
            "the output folder is a file", path=str(output), hint="remove or rename it"
        )


@contextmanager
def lock_output(output: Path) -> Iterator[None]:
    """Hold the output folder for one build; it is made where it is missing.

    Raises OutputError where it cannot be made or written, or where another build holds it. The
    lock is the operating system's and goes with the process that held it.
    """
    state = output / STATE
    try:
        state.mkdir(parents=True, exist_ok=True)
        (state / "lock").touch()
    except OSError as error:
        raise unwritable(output, error) from error
    # An empty database, for SQLite locks files wherever Python runs, and builds have it loaded.
    with closing(sqlite3.connect(state / "lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise unwritable(state / "lock", OSError(str(error))) from error
            raise OutputError(
                f"another build is writing here{_read_holder(state)}",
                path=str(output),
                hint="wait until it is done, or stop it",
                code="output/locked",
            ) from error
        try:
            (state / "holder").write_text(f"{os.getpid()}\n", "ascii")
        except OSError as error:
            raise unwritable(output, error) from error
        _sweep(state)
        yield
        (state / "holder").unlink(missing_ok=True)


def _read_holder(state: Path) -> str:
    try:
        return f" (process {int((state / 'holder').read_text('ascii'))})"
    except (OSError, ValueError):
        return ""


def stage_folder(output: Path, build: str) -> Path:
    """Where a build's files wait to be put in place."""
    return output / STATE / f"stage-{build}"


def _sweep(state: Path) -> None:
    """Remove what a killed build left behind."""
    for left in state.glob("stage-*"):
        shutil.rmtree(left, ignore_errors=True)


def unwritable(path: Path, error: OSError) -> OutputError:
    """The error for a path that cannot be written."""
    hints = {28: "make room on the disk", 30: "the disk is read-only", 13: "check the permissions"}
    return OutputError(
        f"cannot write: {error.strerror or error}",
        path=str(error.filename or path),
        hint=hints.get(error.errno or 0, "check the disk and the permissions")
        + "; the old site stands as it was",
    )
