"""Work for a second process: it gives what this one would give, whatever becomes of it."""

import os
import signal
import threading
from functools import partial

import pytest

from generator.build import standing
from generator.build.beside import call_beside, can_fork
from generator.build.standing import (
    change_standing,
    check_standing,
    count_standing,
    list_standing,
    pack_standing,
)
from generator.state import State, write_state

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def tell(size: int) -> tuple[int, bytes]:
    return os.getpid(), b"x" * size


def fail_elsewhere(here: int) -> int:
    """Dies in any process but one."""
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def refuse() -> None:
    raise ValueError("no")


def load_nothing() -> None:
    return None


@pytest.mark.parametrize("size", [0, 1_000_000])
def test_a_call_is_made_in_another_process(tmp_path, size):
    with call_beside(load_nothing, forks=True) as beside:
        beside.begin(tell, size, note=tmp_path / "note")
        process, data = beside.finish()
    assert process != os.getpid()
    assert len(data) == size


def test_without_another_process_a_call_is_made_here(tmp_path):
    with call_beside(refuse, forks=False) as beside:
        beside.begin(tell, 1, note=tmp_path / "note")
        assert beside.finish() == (os.getpid(), b"x")


@pytest.mark.parametrize("prepare", [load_nothing, refuse, partial(fail_elsewhere, os.getpid())])
def test_a_process_that_dies_or_fails_is_made_up_for(tmp_path, prepare):
    with call_beside(prepare, forks=True) as beside:
        beside.begin(fail_elsewhere, os.getpid(), note=tmp_path / "note")
        assert beside.finish() == os.getpid()


def test_what_a_call_raises_is_raised_here(tmp_path):
    with call_beside(load_nothing, forks=True) as beside:
        beside.begin(refuse, note=tmp_path / "note")
        with pytest.raises(ValueError, match="no"):
            beside.finish()


def test_a_process_that_is_not_called_is_let_go():
    with call_beside(load_nothing, forks=True) as beside:
        assert beside.is_open
        process = beside._process
    assert not beside.is_open
    with pytest.raises(ChildProcessError):  # other tests' processes may be there still
        os.waitpid(process, os.WNOHANG)


def test_threads_and_a_single_job_forbid_a_fork():
    assert not can_fork(1)
    event = threading.Event()
    thread = threading.Thread(target=event.wait)
    thread.start()
    assert not can_fork(2)
    event.set()
    thread.join()


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Some files, and a state that knows them."""
    monkeypatch.setattr(standing, "_MANY", 0)
    monkeypatch.setattr(standing, "can_fork", lambda jobs: jobs > 1)
    known = {}
    for name in ("a.html", "b.html"):
        path = tmp_path / name
        path.write_text(name)
        known[name] = (path.stat().st_size, path.stat().st_mtime_ns)
    packed = pack_standing(known)
    write_state(tmp_path / "state.db", State({}, {}, {}), State({"standing": packed}, {}, {}))
    assert list_standing(packed) == known.keys()
    assert count_standing(packed) == 2
    return packed


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_stand_as_they_were_written_or_not(published, tmp_path, jobs):
    with check_standing(tmp_path / "state.db", tmp_path, jobs) as check:
        assert bool(check.process) == (jobs > 1)
        assert check.holds(published)
    os.utime(tmp_path / "b.html", (1, 1))
    with check_standing(tmp_path / "state.db", tmp_path, jobs) as check:
        assert not check.holds(published)
    (tmp_path / "b.html").unlink()
    with check_standing(tmp_path / "state.db", tmp_path, jobs) as check:
        assert not check.holds(published)


def test_other_files_than_those_that_were_asked_for_are_looked_at_again(published, tmp_path):
    with check_standing(tmp_path / "state.db", tmp_path, 2) as check:
        assert not check.holds(pack_standing({"c.html": (1, 1)}))


def test_a_look_by_a_process_that_dies_is_taken_again(published, tmp_path):
    with check_standing(tmp_path / "state.db", tmp_path, 2) as check:
        os.kill(check.process, signal.SIGKILL)
        assert check.holds(published)


def test_what_is_published_changes_by_what_is_made_and_gone():
    packed = pack_standing({"a": (1, 1), "b": (2, 2), "c": (3, 3)})
    now = change_standing(packed, {"b": (4, 4), "d": (5, 5)}, {"c"})
    assert list_standing(now) == {"a", "b", "d"}
    assert now == pack_standing({"a": (1, 1), "b": (4, 4), "d": (5, 5)})
