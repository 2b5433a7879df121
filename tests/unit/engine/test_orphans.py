"""Workers do not outlive the process they work for."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import os, time
from generator.engine import open_engine
if __name__ == "__main__":
    with open_engine(2) as engine:
        tasks = [engine.executor.submit(os.getpid) for _ in range(2)]
        print(*{task.result() for task in tasks}, flush=True)
        time.sleep(600)
"""


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
def test_workers_end_when_the_process_they_work_for_is_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    with process.stdout:
        workers = [int(pid) for pid in process.stdout.readline().split()]
    assert workers
    assert all(is_alive(pid) for pid in workers)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(600):
        if not any(is_alive(pid) for pid in workers):
            return
        time.sleep(0.1)
    raise AssertionError(f"still there: {[pid for pid in workers if is_alive(pid)]}")
