"""A task beside this process, for builds so short that starting a worker would take longer."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Aside(Generic[T]):
    """A task that runs in a fork of this process.

    A fork starts in a few milliseconds with all that is loaded. Where the system has none, where
    other threads may hold locks, or where `alone` asks for one process, the task runs when it is
    waited for.
    """

    def __init__(self, task: Callable[[], T], *, alone: bool = False) -> None:
        """Start."""
        self._task, self._child, self._source = task, 0, -1
        if alone or not hasattr(os, "fork") or threading.active_count() > 1:
            return
        self._source, sink = os.pipe()
        self._child = os.fork()
        if not self._child:
            _run(task, sink)
        os.close(sink)

    def result(self) -> T:
        """Wait. Raises what the task raised, and BrokenExecutor where its process died."""
        if not self._child:
            return self._task()
        with os.fdopen(self._source, "rb", closefd=False) as pipe:
            data = pipe.read()
        self.close()
        if not data:
            raise BrokenExecutor
        # The fork wrote it a moment ago.
        value: T | Exception = pickle.loads(data)  # noqa: S301
        if isinstance(value, Exception):
            raise value
        return value

    def close(self) -> None:
        """End the task, if it is not over."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            os.close(self._source)
            self._child = 0


def _run(task: Callable[[], object], sink: int) -> None:
    """The fork's whole life: nothing of what its parent would do at its end is done here."""
    try:
        try:
            value = task()
        except Exception as error:  # noqa: BLE001 - whoever waits is told
            value = error
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(data)
    finally:
        os._exit(0)
