"""An engine: starts its workers with the first task that needs them, and anew when one died."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor
from types import TracebackType
from typing import Self

from generator.engine.executors import InProcess, open_pool


class Engine:
    """Runs the tasks of one command.

    `lost` are the exceptions by which an executor says that a worker died under a task.
    """

    def __init__(
        self,
        start: Callable[[], Executor],
        *,
        is_parallel: bool,
        lost: tuple[type[Exception], ...] = (BrokenExecutor,),
    ) -> None:
        """Remember how to start; nothing runs yet."""
        self._start = start
        self._executor: Executor | None = None
        self.is_parallel = is_parallel
        self.lost = lost

    @property
    def executor(self) -> Executor:
        """The executor, started where it was not."""
        if self._executor is None:
            self._executor = self._start()
        return self._executor

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


def count_cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_engine(jobs: int, preload: Sequence[str] = ()) -> Engine:
    """An engine with `jobs` processes; 1 runs everything in this one.

    `preload` names the modules that hold the tasks.
    """
    if jobs <= 1:
        return Engine(InProcess, is_parallel=False)
    return Engine(lambda: open_pool(jobs, preload), is_parallel=True)
