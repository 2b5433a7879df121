"""Watching a site's files, by the system's events or, where there are none, by looking again.

Each folder at the top of the site is watched on its own, so that neither what builds write nor
what version control keeps costs a watch.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from generator.serve.burst import Burst, Kind
from generator.serve.noise import is_noise

# Opening and reading are events too; we cause them ourselves.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
_POLL = 0.5  # seconds between two looks
# The system drops events when too many come at once: after so many, look at everything.
_FLOOD = 500


class Watcher:
    """Tells of saved files, burst by burst, in a thread of its own that ends with the process.

    `tell` gets absolute paths below `root` (or in one of `others`); `root` itself stands for
    everything. `is_output` says which folders builds write.
    """

    def __init__(
        self,
        root: Path,
        others: Iterable[Path],
        is_output: Callable[[Path], bool],
        tell: Callable[[frozenset[Path]], None],
        *,
        polls: bool,
    ) -> None:
        """Watch nothing yet."""
        self._root, self._others, self._is_output, self._tell = root, tuple(others), is_output, tell
        self.polls = polls
        self._observer: BaseObserver = _observe(polls=polls)
        self._watches: dict[Path, ObservedWatch] = {}
        self._burst = Burst()
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Start. Where the system has no watch left, fall back to looking again (`polls`)."""
        try:
            self._observer.start()
            self._watch_all()
        except OSError:
            self._observer.stop()
            self.polls = True
            self._watches.clear()
            self._observer = _observe(polls=True)
            self._observer.start()
            self._watch_all()
        self._thread.start()

    def _watch_all(self) -> None:
        """Watch the folders that are there now, and no others. Raises OSError."""
        wanted = {self._root, *self._others}
        for entry in os.scandir(self._root):
            path = Path(entry.path)
            if entry.is_dir() and not is_noise(Path(entry.name)) and not self._is_output(path):
                wanted.add(path)
        for path in self._watches.keys() - wanted:
            self._observer.unschedule(self._watches.pop(path))
        for path in sorted(wanted - self._watches.keys()):
            handler = _Handler(path, self._note, closes=not self.polls and os.name == "posix")
            self._watches[path] = self._observer.schedule(
                handler,
                os.path.realpath(path),
                recursive=path != self._root,
                event_filter=_EVENTS,
            )

    def _note(self, path: Path, kind: Kind) -> None:
        if path.is_relative_to(self._root):
            inner = path.relative_to(self._root)
            if not inner.parts or is_noise(inner) or self._is_output(path):
                return
        with self._news:
            self._burst.add(path, kind, time.monotonic())
            self._news.notify()

    def _run(self) -> None:
        while True:
            paths = self._wait()
            if any(path.parent == self._root for path in paths):
                self._follow_folders()
            self._tell(frozenset((self._root,)) if len(paths) > _FLOOD else paths)

    def _wait(self) -> frozenset[Path]:
        """The next burst."""
        with self._news:
            while True:
                due = self._burst.due()
                now = time.monotonic()
                if due is not None and due <= now:
                    return self._burst.take()
                self._news.wait(None if due is None else due - now)

    def _follow_folders(self) -> None:
        """Watch folders that came and leave those that went."""
        try:
            self._watch_all()
        except OSError:
            return  # gone again, or no watch left: the next burst tries again


class _Handler(FileSystemEventHandler):
    """Turns the events of one watched folder, which may be a link, into changes.

    `closes`: the system tells when a file that was written is closed.
    """

    def __init__(self, shown: Path, note: Callable[[Path, Kind], None], *, closes: bool) -> None:
        self._real, self._shown, self._note = Path(os.path.realpath(shown)), shown, note
        self._written = Kind.WRITING if closes else Kind.DONE

    def dispatch(self, event: FileSystemEvent) -> None:
        path = self._show(event.src_path)
        if isinstance(event, FileMovedEvent | DirMovedEvent):
            self._note(path, Kind.GONE)
            self._note(self._show(event.dest_path), Kind.DONE)
        elif isinstance(event, FileDeletedEvent | DirDeletedEvent):
            self._note(path, Kind.GONE)
        elif isinstance(event, FileCreatedEvent | FileModifiedEvent):
            self._note(path, self._written)
        else:
            self._note(path, Kind.DONE)

    def _show(self, path: bytes | str) -> Path:
        """A path as it is reached from the site."""
        found = Path(os.fsdecode(path))
        inside = found.is_relative_to(self._real)
        return self._shown / found.relative_to(self._real) if inside else found


def _observe(*, polls: bool) -> BaseObserver:
    return PollingObserver(timeout=_POLL) if polls else Observer()
