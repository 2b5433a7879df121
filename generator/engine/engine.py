"""An engine: starts its workers with the first task that needs them, and anew when one died."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from types import TracebackType
from typing import Self, TypeVar

from generator.engine.executors import InProcess, open_pool
from generator.errors import BackfileError

T = TypeVar("T")


class Engine:
    """Runs the tasks of one command.

    `width` is the number of tasks it runs at once. `lost` are the exceptions by which an executor
    says that a worker died under a task.
    """

    def __init__(
        self,
        start: Callable[[], Executor],
        *,
        width: int,
        lost: tuple[type[Exception], ...] = (BrokenExecutor,),
        close: Callable[[], None] | None = None,
    ) -> None:
        """Remember how to start; nothing runs yet. `close` is called when the command is over."""
        self._start, self._close = start, close
        self._executor: Executor | None = None
        self.width = width
        self.lost = lost

    @property
    def executor(self) -> Executor:
        """The executor, started where it was not."""
        if self._executor is None:
            self._executor = self._start()
        return self._executor

    def result(self, future: Future[T]) -> T:
        """The result of a task. Raises what it raised, and BackfileError where its runner has gone."""
        try:
            return future.result()
        except CancelledError as error:  # nobody cancels a task and then waits for it
            raise connection_lost() from error

    def restart(self) -> None:
        """Let go of workers that may be dead; the next task starts new ones."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.restart()
        if self._close is not None:
            self._close()


def connection_lost() -> BackfileError:
    """The error of a command whose tasks nobody runs any more."""
    return BackfileError(
        "the connection to the Dask scheduler was lost",
        hint="build again when it runs; the old site stands as it was",
        code="engine/scheduler-lost",
    )


def count_cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_engine(jobs: int, preload: Sequence[str] = ()) -> Engine:
    """An engine with `jobs` processes; 1 runs everything in this one.

    `preload` names the modules that hold the tasks.
    """
    if jobs <= 1:
        return Engine(InProcess, width=1)
    return Engine(lambda: open_pool(jobs, preload), width=jobs)
