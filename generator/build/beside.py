"""One call, made in a process of its own that loads what the call takes while this one goes on.

Where no such process can be had, or it fails, the call is made here: it gives the same, and raises
what there is to raise.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any


def can_fork(jobs: int) -> bool:
    """Whether a second process may be forked: other systems' libraries do not bear it, nor threads."""
    return jobs > 1 and sys.platform == "linux" and threading.active_count() == 1


class Beside:
    """A process that waits for its call; `process` 0 = there is none."""

    def __init__(self, process: int = 0, asking: int = -1, answering: int = -1) -> None:
        self._process, self._asking, self._answering = process, asking, answering
        self._call: Callable[[], Any] = _nothing

    @property
    def is_open(self) -> bool:
        """Whether there is such a process."""
        return self._process > 0

    def begin(self, function: Callable[..., Any], *arguments: Any, note: Path) -> None:
        """Have a module's function called. The call is left in the file `note`, as it may be large."""
        self._call = partial(function, *arguments)
        if self.is_open:
            # It is read by a process that we started, a moment later.
            note.write_bytes(pickle.dumps(self._call, pickle.HIGHEST_PROTOCOL))
            with suppress(BrokenPipeError):
                os.write(self._asking, os.fsencode(note))

    def finish(self) -> Any:
        """What the call gives. Raises what it raises."""
        if self.is_open:
            with open(self._answering, "rb", closefd=False) as answering:
                answer = answering.read()
            if answer:
                return pickle.loads(answer)  # noqa: S301 - as above
        return self._call()

    def close(self) -> None:
        """Let the process end."""
        if self.is_open:
            os.close(self._asking)
            os.close(self._answering)
            end_process(self._process)
            self._process = 0


def end_process(process: int) -> None:
    """End a process that was forked here, and let nothing of it stay."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(process, 0)


@contextmanager
def call_beside(prepare: Callable[[], object], *, forks: bool) -> Iterator[Beside]:
    """Have a process `prepare` itself for a call, where one may be forked."""
    beside = _fork(prepare) if forks else Beside()
    try:
        yield beside
    finally:
        beside.close()


def _fork(prepare: Callable[[], object]) -> Beside:
    asked, asking = os.pipe()
    answering, answered = os.pipe()
    try:
        process = os.fork()
    except OSError:
        process = -1
    if process == 0:
        try:
            gc.disable()  # it ends before there is anything to look for
            os.close(asking)
            os.close(answering)
            _answer(prepare, asked, answered)
        finally:
            os._exit(0)
    os.close(asked)
    os.close(answered)
    if process < 0:
        os.close(asking)
        os.close(answering)
        return Beside()
    return Beside(process, asking, answering)


def _answer(prepare: Callable[[], object], asked: int, answered: int) -> None:
    """Serve one call. It ends without an answer where the other process is gone or anything fails."""
    prepare()
    note = os.fsdecode(os.read(asked, 4096))
    if note:
        call: Callable[[], Any] = pickle.loads(Path(note).read_bytes())  # noqa: S301 - as above
        answer = pickle.dumps(call(), pickle.HIGHEST_PROTOCOL)
        with open(answered, "wb") as out:
            out.write(answer)


def _nothing() -> None:
    return None
