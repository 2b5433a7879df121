"""Measuring whole commands: wall and CPU seconds, and the memory of all their processes together.

Memory is told twice. `memory` is the peak of what all processes hold (the kernel's proportional set
sizes, sampled); `charged` is the kernel's account of their control group, which counts the files
that they read and wrote as long as they are in memory: a build on a RAM disk is charged for the
whole site.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from cgroup import open_group

# Looking at large processes takes time: at most a twentieth of all.
_PAUSE = 0.02
_SHARE = 20


class Cost(NamedTuple):
    """What one run of a command cost. Memory is in bytes; `charged` is 0 where nobody counts."""

    wall: float
    user: float
    system: float
    memory: int
    charged: int = 0

    @property
    def cpu(self) -> float:
        """User and system seconds together."""
        return self.user + self.system


def measure(
    command: Sequence[str],
    *,
    folder: Path,
    environment: dict[str, str] | None = None,
    limit: int = 0,
) -> Cost:
    """Run a command once. Raises SystemExit with what it said where it fails.

    `limit` is the most bytes its control group may be charged for, 0 = any; ignored where there is
    no control group (then `charged` is 0).
    """
    with open_group() as group:
        if group and limit:
            group.limit(limit)
        cost = _run(group.enclose(command) if group else command, folder, environment)
        return cost._replace(charged=group.peak) if group else cost


def _run(
    command: Sequence[str],
    folder: Path,
    environment: dict[str, str] | None,
) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    peak = [0]
    times: dict[int, tuple[float, float]] = {}
    sampler = threading.Thread(target=_sample, args=(process.pid, peak, times), daemon=True)
    sampler.start()
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    sampler.join()
    if process.returncode:
        text = errors.decode("utf-8", "replace")[-2000:]
        raise SystemExit(f"{' '.join(map(str, command))} failed ({process.returncode}):\n{text}")
    # What a process waited for is in its own figures; servers of worker processes are not.
    user = max(usage.ru_utime, sum(spent[0] for spent in times.values()))
    system = max(usage.ru_stime, sum(spent[1] for spent in times.values()))
    return Cost(wall, user, system, peak[0])


def _sample(pid: int, peak: list[int], times: dict[int, tuple[float, float]]) -> None:
    """Watch a process and its descendants until it ends: proportional set size, and CPU by process."""
    while True:
        start = time.perf_counter()
        family = _family(pid)
        total = sum(_proportional_size(member) for member in family)
        if not total:
            return
        peak[0] = max(peak[0], total)
        for member in family:
            spent = _cpu_times(member)
            if spent:
                times[member] = spent
        time.sleep(max(_PAUSE, _SHARE * (time.perf_counter() - start)))


def _cpu_times(pid: int) -> tuple[float, float] | None:
    """User and system seconds of one process alone; None where it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    tick = os.sysconf("SC_CLK_TCK")
    return int(fields[11]) / tick, int(fields[12]) / tick


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
        round(statistics.median(cost.charged for cost in costs)),
    )
