"""Executors: in this process, or in a pool of processes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InProcess(Executor):
    """Runs each task at once where it is submitted: no start-up, and errors keep their traceback."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn` and give a finished future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future carries whatever its task raised
            future.set_exception(error)
        return future


def prepare_workers(preload: Sequence[str]) -> None:
    """Start the server that workers are forked from, and do not wait: it loads code meanwhile."""
    if os.name == "posix":
        # They take 50 ms to load, and most builds start no process.
        from multiprocessing import forkserver  # noqa: PLC0415

        forkserver.set_forkserver_preload(list(preload))
        forkserver.ensure_running()


def open_pool(jobs: int, preload: Sequence[str]) -> Executor:
    """A pool of `jobs` processes.

    They are forked from a clean server process, so that they inherit neither threads nor locks.
    The server imports the modules of `preload` once: a worker then starts in some 5 ms instead
    of 300, and shares the memory that they take.
    """
    # They take 50 ms to load, and most builds start no process.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context: multiprocessing.context.BaseContext = multiprocessing.get_context("spawn")
    if os.name == "posix":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the process that runs the build, which stops the workers; end with it.

    A worker waits for tasks for ever where that process was killed: nobody tells it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - as above

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
