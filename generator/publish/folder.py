"""The output folder: whether it may be written, and that one build at a time does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    # It loads asyncio; a build with nothing to do needs no lock.
    from filelock import FileLock, Timeout  # noqa: PLC0415

    state = output / STATE
    lock = FileLock(state / "lock", timeout=0)
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        holder = _read_holder(state)
        raise OutputError(
            f"another build is writing here{holder}",
            path=str(output),
            hint="wait until it is done, or stop it",
            code="output/locked",
        ) from error
    except OSError as error:
        raise unwritable(output, error) from error
    with lock:
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
