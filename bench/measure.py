"""Measuring whole commands: wall and CPU seconds, and the memory of all their processes together."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What one run of a command cost. Memory is the peak of the sum over its processes, in bytes."""

    wall: float
    user: float
    system: float
    memory: int

    @property
    def cpu(self) -> float:
        """User and system seconds together."""
        return self.user + self.system


def measure(
    command: Sequence[str], *, folder: Path, environment: dict[str, str] | None = None
) -> Cost:
    """Run a command once. Raises subprocess.CalledProcessError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = [0]
    sampler = threading.Thread(target=_sample, args=(process.pid, peak), daemon=True)
    sampler.start()
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    sampler.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=errors)
    return Cost(wall, usage.ru_utime, usage.ru_stime, peak[0])


def _sample(pid: int, peak: list[int]) -> None:
    """Watch the proportional set size of a process and its descendants until it ends."""
    while True:
        total = sum(_proportional_size(member) for member in _family(pid))
        if not total:
            return
        peak[0] = max(peak[0], total)
        time.sleep(0.02)


def _family(pid: int) -> list[int]:
    members, waiting = [], [pid]
    while waiting:
        member = waiting.pop()
        members.append(member)
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                waiting.extend(int(child) for child in task.read_text().split())
            except OSError:
                continue
    return members


def _proportional_size(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def alternate(
    commands: dict[str, Callable[[], Cost]], runs: int, before: Callable[[str], None]
) -> dict[str, list[Cost]]:
    """Run each command in turn, `runs` times, so that all meet the same weather."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, run in commands.items():
            before(name)
            costs[name].append(run())
    return costs


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.user for cost in costs),
        statistics.median(cost.system for cost in costs),
        round(statistics.median(cost.memory for cost in costs)),
    )
