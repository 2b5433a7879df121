"""The state file: SQLite, read whole or by rows, written in one transaction at the end of a build.

A build that is killed leaves the state of the build before. What that says of files which have
changed since is recognised by their stamps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from generator.errors import OutputError
from generator.state.records import NOTHING, KnownInput, KnownPage, Stamp, State

# Counts up when the tables change; a file with another number is set aside.
_SCHEMA = 1
# A build that finds another one writing waits this long: a write takes well under a second.
_PATIENCE = 30.0  # seconds
_TABLES = """\
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE inputs (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
  digest BLOB NOT NULL, reading BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE pages (
  file TEXT PRIMARY KEY, key BLOB NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
  modified INTEGER NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, data BLOB NOT NULL,
  glance BLOB NOT NULL
) WITHOUT ROWID;
"""

_ALL_PAGES = "SELECT file, key, digest, size, modified, subject, reason, data, glance FROM pages"
_ONE_PAGE = """\
SELECT key, digest, size, modified, subject, reason, data, glance FROM pages WHERE file = ?"""

T = TypeVar("T", bytes, KnownInput, KnownPage)


class _DamagedError(Exception):
    """The file is no state that this version can read; the message says why."""


def state_file(folder: Path, output: Path) -> Path:
    """The state file in a site's `.backfile/` for one output folder.

    Each output folder has its own: what was published in one says nothing of another.
    """
    home = folder.parent
    name = str(output.relative_to(home) if output.is_relative_to(home) else output)
    mark = "" if name == "output" else f"-{blake2b(name.encode(), digest_size=4).hexdigest()}"
    return folder / f"state{mark}.db"


def read_state(path: Path) -> tuple[State, str]:
    """Read the state, and say why it cannot be used: "" where it can, or where there is no file.

    Raises OutputError where the file is held by another program or cannot be opened. Reading
    writes nothing, but for finishing what a killed build was writing.
    """
    if not path.exists():
        return NOTHING, ""
    was_killed = path.with_name(f"{path.name}-journal").exists()
    try:
        with _open(path, "rw" if was_killed else "ro") as database:
            return _read(database), ""
    except _DamagedError as error:
        return NOTHING, str(error)


def read_facts(path: Path, *names: str) -> dict[str, bytes]:
    """Read single facts, those that there are.

    There is none in a state that cannot be used. Raises OutputError as `read_state` does, which
    also says what is wrong with it.
    """
    query = "SELECT value FROM facts WHERE name = ?"
    return {name: value for name, (value,) in _read_rows(path, query, names)}


def read_inputs(path: Path, names: Iterable[str]) -> dict[str, KnownInput]:
    """Read what is known of single inputs, as `read_facts` does."""
    query = "SELECT size, modified, changed, digest, reading FROM inputs WHERE path = ?"
    return {
        name: KnownInput(Stamp(*row[:3]), *row[3:]) for name, row in _read_rows(path, query, names)
    }


def read_pages(path: Path, files: Iterable[str]) -> dict[str, KnownPage]:
    """Read what is known of single output files, as `read_facts` does."""
    return {file: KnownPage(*row) for file, row in _read_rows(path, _ONE_PAGE, files)}


def _read_rows(path: Path, query: str, names: Iterable[str]) -> list[tuple[str, tuple[Any, ...]]]:
    """Each name with its row."""

    def read(database: sqlite3.Connection) -> list[tuple[str, tuple[Any, ...]]]:
        database.execute("BEGIN")
        rows = [
            (name, database.execute(query, (name,)).fetchone()) for name in names if is_text(name)
        ]
        return [(name, row) for name, row in rows if row]

    return _read_part(path, read)


def _read_part(
    path: Path, read: Callable[[sqlite3.Connection], list[tuple[str, Any]]]
) -> list[tuple[str, Any]]:
    """What `read` gives; nothing where the state is not there or cannot be used."""
    # One that a killed build was writing needs mending, which reading whole does.
    if not path.exists() or path.with_name(f"{path.name}-journal").exists():
        return []
    try:
        with _open(path, "ro") as database:
            _check_version(database)
            return read(database)
    except _DamagedError:
        return []


def _check_version(database: sqlite3.Connection) -> None:
    if database.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA:
        raise _DamagedError("it is of another version")


def _read(database: sqlite3.Connection) -> State:
    _check_version(database)
    facts = dict(database.execute("SELECT name, value FROM facts"))
    inputs = {
        path: KnownInput(Stamp(size, modified, changed), digest, reading)
        for path, size, modified, changed, digest, reading in database.execute(
            "SELECT path, size, modified, changed, digest, reading FROM inputs"
        )
    }
    pages = {row[0]: KnownPage(*row[1:]) for row in database.execute(_ALL_PAGES)}
    return State(facts, inputs, pages)


def write_state(path: Path, before: State, after: State) -> None:
    """Turn the state `before`, which the file holds, into `after`. Raises OutputError.

    Only rows that differ are written, so both may be parts of a state: what neither names stays as
    it is. A file that is not there is made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        had_file = path.exists()
        with _open(path, "rwc") as database:
            _write(database, before if had_file else NOTHING, after)
    except (OSError, _DamagedError) as error:
        raise _unusable(path, error) from error


def _write(database: sqlite3.Connection, before: State, after: State) -> None:
    if database.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA:
        database.executescript(f"{_TABLES}PRAGMA user_version = {_SCHEMA};")
    database.execute("BEGIN IMMEDIATE")
    database.executemany("DELETE FROM facts WHERE name = ?", _gone(before.facts, after.facts))
    database.executemany(
        "REPLACE INTO facts VALUES (?, ?)",
        [pair for pair in after.facts.items() if before.facts.get(pair[0]) != pair[1]],
    )
    database.executemany("DELETE FROM inputs WHERE path = ?", _gone(before.inputs, after.inputs))
    database.executemany(
        "REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?)",
        (
            (name, *known.stamp, known.digest, known.reading)
            for name, known in _changed(before.inputs, after.inputs)
        ),
    )
    database.executemany("DELETE FROM pages WHERE file = ?", _gone(before.pages, after.pages))
    database.executemany(
        "REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (file, page.key, page.digest, page.size, page.modified, page.subject, page.reason,
             page.data, page.glance)
            for file, page in _changed(before.pages, after.pages)
        ),
    )  # fmt: skip
    database.execute("COMMIT")


def set_aside(path: Path) -> str:
    """Move a state file that cannot be used out of the way; its new name, "" where that failed."""
    kept = path.with_name(f"{path.name}.bad")
    try:
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        path.replace(kept)
    except OSError:
        return ""
    return kept.name


def _gone(before: dict[str, T], after: dict[str, T]) -> Iterable[tuple[str]]:
    return [(name,) for name in before.keys() - after.keys()]


def _changed(before: dict[str, T], after: dict[str, T]) -> Iterator[tuple[str, T]]:
    for name in sorted(after):
        known, value = before.get(name), after[name]
        # A name that is no text in the disk's encoding cannot be kept; its file is read each time.
        if known is not value and known != value and is_text(name):
            yield name, value


def is_text(name: str) -> bool:
    """Whether a file's name has a form in the state."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _open(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        with closing(
            sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)
        ) as database:
            yield database
    except sqlite3.OperationalError as error:
        if _says(error, "locked", "busy"):
            raise OutputError(
                "another program holds the state",
                path=str(path),
                hint="wait until it is done; deleting the file costs time only",
                code="state/locked",
            ) from error
        if _says(error, "no such", "has no column", "malformed", "not a database"):
            raise _DamagedError(str(error)) from error
        raise _unusable(path, error) from error
    except (sqlite3.DatabaseError, TypeError, ValueError, UnicodeDecodeError) as error:
        raise _DamagedError(str(error)) from error


def _unusable(path: Path, error: Exception) -> OutputError:
    return OutputError(
        f"the state cannot be used: {error}",
        path=str(path),
        hint="check the disk and the permissions; deleting the file costs time only",
    )


def _says(error: Exception, *words: str) -> bool:
    return any(word in str(error) for word in words)
