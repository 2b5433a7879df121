"""What the tests of the Dask engine run on a cluster: python cluster_tasks.py SCHEDULER TASK FOLDER [PID]."""

import os
import signal
import sys
from pathlib import Path

from generator.engine import Work, open_cluster, run_chunks
from generator.errors import BackfileError


def double(items):
    return [2 * item for item in items]


def double_or_die(items):
    """Item 13 kills the worker."""
    if 13 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(items)


def kill(process, items):
    """Kill the scheduler."""
    os.kill(process, signal.SIGKILL)
    return double(items)


def main(scheduler, task, folder, process="0"):
    work = {
        "double": Work("stage", double, (), str),
        "die": Work("stage", double_or_die, (), lambda item: f"lost {item}"),
        "kill": Work("stage", kill, (int(process),), str),
    }[task]
    chunks = [list(range(start, start + 4)) for start in range(0, 20, 4)]
    try:
        with open_cluster(scheduler, Path(folder)) as engine:
            said = str(list(run_chunks(engine, work, chunks, lambda *_: None)))
    except BackfileError as error:
        said = error.code
    sys.stdout.write(said)


if __name__ == "__main__":
    # Workers load this file by its name.
    import cluster_tasks

    cluster_tasks.main(*sys.argv[1:])
