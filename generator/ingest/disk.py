"""The import's only dealings with the disk: captures are found and read, articles written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from generator.errors import OutputError, UsageError
from generator.ingest.naming import RECORD_FOLDER
from generator.ingest.record import Stub, decode_stub


class CaptureFile(msgspec.Struct, frozen=True, gc=False):
    """A capture: its place, and its name in reports and records (from the site's root, with `/`)."""

    place: Path
    name: str


def find_captures(captures: Sequence[Path], root: Path) -> tuple[CaptureFile, ...]:
    """The files named and those in the folders named, each once, in the order of their names.

    Files and folders that begin with a dot are passed over, links to folders not followed.
    Raises UsageError where a path does not exist.
    """
    found: dict[str, CaptureFile] = {}
    for given in captures:
        if not given.exists():
            raise UsageError(
                f"there is no `{given}`", path=str(given), hint="name a file or folder"
            )
        base = _absolute(root)
        if not _absolute(given).is_relative_to(base):
            base = _absolute(given).parent
        for place in _walk(given):
            name = _absolute(place).relative_to(base).as_posix()
            found.setdefault(name, CaptureFile(place, name))
    return tuple(found[name] for name in sorted(found))


def _absolute(path: Path) -> Path:
    """A path from the top, links not followed: a capture is called what the person calls it."""
    return Path(os.path.normpath(path.absolute()))


def _walk(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    for folder, folders, files in os.walk(given):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))


def read_bytes(place: Path, limit: int = -1) -> bytes | None:
    """A file's bytes, at most `limit` of them; None where there is no such file.

    Raises OSError where it cannot be read.
    """
    try:
        # To open a pipe would wait for its other end.
        if not stat.S_ISREG(place.stat().st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        with place.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        return None


def read_stubs(content: Path) -> tuple[tuple[Stub, ...], tuple[str, ...]]:
    """All records below the content folder, and the paths in it of those that are none."""
    stubs: list[Stub] = []
    broken: list[str] = []
    for place in sorted((content / RECORD_FOLDER).rglob("*.json")):
        try:
            stub = decode_stub(place.read_bytes())
        except OSError:
            stub = None
        if stub:
            stubs.append(stub)
        else:
            broken.append(place.relative_to(content).as_posix())
    return tuple(stubs), tuple(broken)


def write_bytes(place: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises OutputError where the disk refuses."""
    temporary = ""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=".import-", delete=False) as file:
            temporary = file.name
            file.write(data)
        # A temporary file is its owner's alone; an article is everybody's to read.
        Path(temporary).chmod(0o644)
        os.replace(temporary, place)  # noqa: PTH105 - the same call, named as people look for it
    except OSError as error:
        with suppress(OSError):
            Path(temporary).unlink()
        raise OutputError(
            f"cannot write: {error.strerror}",
            path=str(place),
            hint="check the folder's permissions",
        ) from error
