"""Cutting work into chunks that are worth sending, and running them in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from generator.build.options import Progress
from generator.errors import InterruptedBuild
from generator.model.site import PlannedArticle

T = TypeVar("T")

# Enough work to drown what a task costs (some 0.3 ms), little enough for a live progress bar.
CHUNK_ITEMS = 100
CHUNK_BYTES = 1_000_000
# Tasks under way or waiting: workers never idle, and memory does not hold every result at once.
AHEAD = 8

Task = tuple[Callable[..., T], tuple[Any, ...], int]
"""A function, its arguments, and how many inputs it stands for."""


def chunk_evenly(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a sequence into chunks of `CHUNK_ITEMS`."""
    for start in range(0, len(items), CHUNK_ITEMS):
        yield items[start : start + CHUNK_ITEMS]


def chunk_articles(articles: Sequence[PlannedArticle]) -> Iterator[Sequence[PlannedArticle]]:
    """Cut articles into chunks of at most `CHUNK_ITEMS` and about `CHUNK_BYTES` of source."""
    start = size = 0
    for index, planned in enumerate(articles):
        size += planned.article.size
        if index - start + 1 >= CHUNK_ITEMS or size >= CHUNK_BYTES:
            yield articles[start : index + 1]
            start, size = index + 1, 0
    if start < len(articles):
        yield articles[start:]


def run_chunks(
    executor: Executor, tasks: Sequence[Task[T]], stage: str, progress: Progress
) -> Iterator[T]:
    """Run tasks and give their results in the tasks' order, whatever order they end in.

    The first error stops the rest and is raised; so is Ctrl-C, as InterruptedBuild.
    """
    total = sum(task[2] for task in tasks)
    done = 0
    waiting: deque[tuple[Future[T], int]] = deque()
    upcoming = iter(tasks)
    try:
        while True:
            while len(waiting) < AHEAD and (task := next(upcoming, None)):
                function, arguments, weight = task
                waiting.append((executor.submit(function, *arguments), weight))
            if not waiting:
                return
            future, weight = waiting.popleft()
            yield future.result()
            done += weight
            progress(stage, done, total)
    except KeyboardInterrupt as interrupt:
        raise InterruptedBuild("stopped; the old site stands as it was") from interrupt
    finally:
        for future, _ in waiting:
            future.cancel()
