"""A task beside a process gives what it would give within."""

import os
import signal
import threading
from concurrent.futures import BrokenExecutor

import pytest

from generator.engine import Aside
from generator.errors import SourceError


@pytest.fixture
def single(monkeypatch):
    """No other thread, whatever the tests run in."""
    monkeypatch.setattr("threading.active_count", lambda: 1)


def test_a_task_runs_in_a_process_of_its_own(single):
    aside = Aside(os.getpid)
    assert aside.result() != os.getpid()


def test_a_task_runs_within_where_one_process_is_asked_for(single):
    assert Aside(os.getpid, alone=True).result() == os.getpid()


def test_a_task_runs_within_where_other_threads_may_hold_locks(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert Aside(os.getpid).result() == os.getpid()


def test_what_a_task_raises_is_raised_where_it_is_waited_for(single):
    def fail():
        raise SourceError("it fails", path="a.md", hint="mend it")

    aside = Aside(fail)
    with pytest.raises(SourceError, match="it fails") as caught:
        aside.result()
    assert caught.value.path == "a.md"


def test_a_death_is_told(single):
    aside = Aside(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(BrokenExecutor):
        aside.result()


def test_a_task_that_is_not_waited_for_is_ended(single):
    aside = Aside(threading.Event().wait)
    aside.close()
    aside.close()
