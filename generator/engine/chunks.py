"""Running chunks of items in order, whatever order they end in, and whoever dies over them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

import msgspec

from generator.engine.engine import Engine
from generator.engine.executors import InProcess
from generator.errors import BackfileError, InterruptedBuild

I = TypeVar("I")  # noqa: E741 - an item
R = TypeVar("R")

# Enough work to drown what a task costs (some 0.3 ms), little enough for a live progress bar.
CHUNK_ITEMS = 100
CHUNK_BYTES = 1_000_000
# Chunks under way or waiting, at least: workers never idle, and memory does not hold every result
# at once. Where there are many workers it is two for each.
_AHEAD = 8


Progress = Callable[[str, int, int], None]
"""Told the stage, how many of its inputs are done, and how many there are."""


class Work(msgspec.Struct, Generic[I, R], frozen=True):
    """What is done with items: `function(*head, items)` gives a list of results, one an item.

    `lost` gives the result of an item over which a worker died; it may raise.
    """

    stage: str
    function: Callable[..., list[R]]
    head: tuple[Any, ...]
    lost: Callable[[I], R]


def run_chunks(
    engine: Engine, work: Work[I, R], chunks: Sequence[Sequence[I]], progress: Progress
) -> Iterator[R]:
    """Give the result of each item in the items' order.

    One chunk alone runs in this process: workers would take longer to start. The first error
    stops the rest and is raised; so is Ctrl-C, as InterruptedBuild.
    """
    total = sum(map(len, chunks))
    done = 0
    waiting: deque[tuple[Future[list[R]], Sequence[I]]] = deque()
    upcoming = deque(chunks)
    ahead = max(_AHEAD, 2 * engine.width)
    alone = InProcess() if len(chunks) == 1 else None
    try:
        while waiting or upcoming:
            while upcoming and len(waiting) < ahead:
                try:
                    future = (alone or engine.executor).submit(
                        work.function, *work.head, upcoming[0]
                    )
                except engine.lost:
                    break
                waiting.append((future, upcoming.popleft()))
            if not waiting:  # the workers died while none had a task
                engine.restart()
                continue
            future, chunk = waiting.popleft()
            try:
                results = engine.result(future)
            except engine.lost:
                engine.restart()
                suspects = [chunk, *(later for _, later in waiting)]
                waiting.clear()
                results = [result for items in suspects for result in _search(engine, work, items)]
            yield from results
            done += len(results)
            progress(work.stage, done, total)
    except KeyboardInterrupt as interrupt:
        raise InterruptedBuild("stopped; the old site stands as it was") from interrupt
    finally:
        for future, _ in waiting:
            future.cancel()


def _search(engine: Engine, work: Work[I, R], items: Sequence[I]) -> list[R]:
    """Run items with nothing beside them; halve them where the worker dies again.

    Raises BackfileError where workers die with no task of ours at all.
    """
    try:
        return engine.result(engine.executor.submit(work.function, *work.head, items))
    except engine.lost:
        engine.restart()
    if len(items) == 1:
        try:
            engine.result(engine.executor.submit(abs, 0))
        except engine.lost as error:
            raise BackfileError(
                "the processes that do the work end as soon as they start",
                hint="build with -j 1; if that works, please report this",
                code="engine/no-workers",
            ) from error
        return [work.lost(items[0])]
    half = len(items) // 2
    return [*_search(engine, work, items[:half]), *_search(engine, work, items[half:])]


def chunk_evenly(items: Sequence[I]) -> list[Sequence[I]]:
    """Cut a sequence into chunks of `CHUNK_ITEMS`."""
    return [items[start : start + CHUNK_ITEMS] for start in range(0, len(items), CHUNK_ITEMS)]


def chunk_by_size(items: Sequence[I], size: Callable[[I], int]) -> list[Sequence[I]]:
    """Cut a sequence into chunks of at most `CHUNK_ITEMS` and about `CHUNK_BYTES` of source."""
    chunks = []
    start = total = 0
    for index, item in enumerate(items):
        total += size(item)
        if index - start + 1 >= CHUNK_ITEMS or total >= CHUNK_BYTES:
            chunks.append(items[start : index + 1])
            start, total = index + 1, 0
    if start < len(items):
        chunks.append(items[start:])
    return chunks
