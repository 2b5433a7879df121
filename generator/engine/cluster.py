"""An engine whose workers are those of a Dask cluster, wherever they run.

Tasks go through `distributed`'s own executor. They and their results travel pickled by us, since
Dask looks into lists and warns of large ones; nothing large travels anyway.
"""

from __future__ import annotations

import logging
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import generator
from generator.engine.engine import Engine, connection_lost
from generator.errors import BackfileError, UsageError

if TYPE_CHECKING:
    from distributed import Client
    from distributed.cfexecutor import ClientExecutor

P = ParamSpec("P")
T = TypeVar("T")

# Seconds to reach a scheduler, to find a worker there, and to reach it again when it was lost.
_PATIENCE = 5
# A worker of Dask may run several threads, and ours hold what threads cannot share.
_TURN = threading.Lock()


def open_cluster(scheduler: str, folder: Path) -> Engine:
    """An engine on the cluster of `scheduler`, an address such as `tcp://10.0.0.1:8786`.

    `folder` must be seen by all workers. Raises UsageError where the package is missing, and
    BackfileError where the scheduler or its workers cannot be used.
    """
    try:
        # They take 0.5 s to load, and other engines do without.
        from distributed import Client, KilledWorker  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError(
            "the package for `--engine dask` is not installed",
            hint='install it with `pip install "backfile[dask]"`',
        ) from error
    for name in ("distributed.client", "distributed.core", "distributed.scheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # an error is told once, by us
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BackfileError(
            f"the Dask scheduler at {scheduler} does not answer",
            hint="start it with `dask scheduler`, and give its address as tcp://host:8786",
            code="engine/no-scheduler",
        ) from error
    try:
        width = _check_workers(client, folder)
    except BaseException:
        client.close()
        raise
    return Engine(
        lambda: _ClusterExecutor(client), width=width, lost=(KilledWorker,), close=client.close
    )


def _check_workers(client: Client, folder: Path) -> int:
    """The number of workers, all of which run this program and see the folder."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        found: dict[str, tuple[str, bool]] = client.run(_look, str(folder))
    except TimeoutError as error:
        raise BackfileError(
            "the Dask scheduler has no workers",
            hint="start them with `dask worker ADDRESS --nworkers auto --nthreads 1`",
            code="engine/no-workers",
        ) from error
    except ModuleNotFoundError as error:
        raise BackfileError(
            "a worker has no Backfile",
            hint="install the same version beside each worker",
            code="engine/other-worker",
        ) from error
    for worker, (version, sees_folder) in sorted(found.items()):
        if version != generator.__version__:
            raise BackfileError(
                f"the worker at {worker} runs Backfile {version}, this is {generator.__version__}",
                hint="install the same version beside each worker",
                code="engine/other-worker",
            )
        if not sees_folder:
            raise BackfileError(
                f"the worker at {worker} does not see the site",
                path=str(folder),
                hint="keep content and output on storage that all workers see by the same path",
                code="engine/other-worker",
            )
    return len(found)


def _look(folder: str) -> tuple[str, bool]:
    """What a worker runs, and whether it sees a folder."""
    return generator.__version__, Path(folder).is_dir()


class _ClusterExecutor(Executor):
    """`distributed`'s executor with the manners of the standard library's."""

    def __init__(self, client: Client) -> None:
        # Tasks write files: the same one may be asked for twice.
        self._executor: ClientExecutor = client.get_executor(pure=False)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Send a task. Raises BackfileError where the scheduler has gone."""
        from distributed.client import ClosedClientError  # noqa: PLC0415 - as above

        task = pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL)
        try:
            future: Future[T] = self._executor.submit(_run, task)
        except ClosedClientError as error:
            raise connection_lost() from error
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - the standard library's signature
        """Let go of all tasks; nobody waits for those under way."""
        self._executor.shutdown(wait=False)


def _run(task: bytes) -> object:
    # What a scheduler hands to its workers they run anyway.
    function, args, kwargs = pickle.loads(task)  # noqa: S301
    with _TURN:
        return function(*args, **kwargs)
