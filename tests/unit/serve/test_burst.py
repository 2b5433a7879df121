"""Changes that belong together are told as one, and no later than need be."""

from pathlib import Path

from generator.serve.burst import Burst, Kind

A, B = Path("/site/a.md"), Path("/site/b.md")


def test_nothing_is_due_where_nothing_happened():
    assert Burst().due() is None


def test_a_finished_save_is_told_within_a_glance():
    burst = Burst()
    burst.add(A, Kind.DONE, 10.0)
    assert 10.0 < burst.due() <= 10.03
    assert burst.take() == {A}
    assert burst.due() is None


def test_a_file_that_is_being_written_is_waited_for():
    burst = Burst()
    burst.add(A, Kind.WRITING, 10.0)
    assert burst.due() > 10.1
    burst.add(A, Kind.DONE, 10.05)
    assert burst.due() <= 10.08


def test_a_file_that_was_moved_away_may_come_back():
    """Vim renames the old file, then writes a new one in its place."""
    burst = Burst()
    burst.add(A, Kind.GONE, 10.0)
    assert burst.due() > 10.1
    burst.add(A, Kind.WRITING, 10.01)
    burst.add(A, Kind.DONE, 10.02)
    assert burst.due() <= 10.05


def test_a_checkout_is_one_burst_though_it_pauses():
    burst = Burst()
    now = 10.0
    for number in range(5000):
        now += 0.1 if number % 1000 == 999 else 0.0002
        if number > 100:
            assert burst.due() > now
        burst.add(Path(f"/site/{number}.md"), Kind.DONE, now)
    assert len(burst.take()) == 5000


def test_endless_writing_is_told_now_and_then():
    burst = Burst()
    for step in range(400):
        burst.add(B, Kind.WRITING, 10.0 + step / 100)
    assert burst.due() <= 13.0
