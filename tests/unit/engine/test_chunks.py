"""Chunks run in order, errors stop them, and a worker's death costs the item that killed it alone."""

import os
import signal
from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

from generator.engine import (
    Engine,
    InProcess,
    Work,
    chunk_by_size,
    chunk_evenly,
    open_engine,
    run_chunks,
)  # fmt: skip
from generator.errors import BackfileError, InterruptedBuild


def double(items):
    return [2 * item for item in items]


def double_or_die(deadly, items):
    if deadly & set(items):
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * item for item in items]


def quiet(*_):
    pass


def lose(item):
    return f"lost {item}"


class Mortal(Executor):
    """Dies for good of any task that holds a deadly item, as a pool of processes does."""

    def __init__(self, deadly):
        self.deadly, self.is_dead, self.tasks = deadly, False, 0

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        self.is_dead = self.is_dead or (
            isinstance(args[-1], list) and bool(self.deadly & set(args[-1]))
        )
        if self.is_dead:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def mortal(*deadly):
    return Engine(lambda: Mortal(set(deadly)), width=2)


def run(engine, chunks, function=double, head=()):
    return list(run_chunks(engine, Work("stage", function, head, lose), chunks, quiet))


def test_results_come_in_the_order_of_the_items():
    engine = Engine(InProcess, width=1)
    assert run(engine, [[1, 2], [3], [4, 5]]) == [2, 4, 6, 8, 10]
    assert run(engine, []) == []


def test_progress_counts_items():
    seen = []
    work = Work("stage", double, (), lose)
    list(
        run_chunks(
            Engine(InProcess, width=1),
            work,
            [[1, 2], [3]],
            lambda *told: seen.append(told),
        )
    )
    assert seen == [("stage", 2, 3), ("stage", 3, 3)]


@pytest.mark.parametrize("deadly", [{1}, {4}, {9}, {2, 7}, {1, 2, 3}, set(range(1, 10))])
def test_only_items_over_which_a_worker_dies_are_lost(deadly):
    results = run(mortal(*deadly), [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert results == [f"lost {item}" if item in deadly else 2 * item for item in range(1, 10)]


def test_a_real_worker_that_is_killed_is_replaced():
    with open_engine(2) as engine:
        results = run(
            engine,
            [list(range(start, start + 5)) for start in range(0, 30, 5)],
            double_or_die,
            ({13},),
        )
    assert results == ["lost 13" if item == 13 else 2 * item for item in range(30)]


def test_workers_that_cannot_even_start_stop_the_build():
    class Stillborn(Executor):
        def submit(self, fn, /, *args, **kwargs):
            future = Future()
            future.set_exception(BrokenExecutor())
            return future

    with pytest.raises(BackfileError) as caught:
        run(Engine(Stillborn, width=2), [[1], [2]])
    assert caught.value.code == "engine/no-workers"


def test_the_first_error_is_raised():
    def fail(items):
        raise ValueError(items)

    with pytest.raises(ValueError, match="1"):
        run(Engine(InProcess, width=1), [[1], [2]], fail)


def test_an_interrupt_says_that_the_old_site_stands():
    def interrupt(items):
        raise KeyboardInterrupt

    with pytest.raises(InterruptedBuild, match="old site"):
        run(Engine(InProcess, width=1), [[1], [2]], interrupt)


def test_chunks_hold_a_hundred_items_or_a_megabyte():
    assert [len(chunk) for chunk in chunk_evenly(range(250))] == [100, 100, 50]
    assert [len(chunk) for chunk in chunk_by_size([600_000, 600_000, 1, 2], int)] == [2, 2]
    assert chunk_by_size([], int) == []
