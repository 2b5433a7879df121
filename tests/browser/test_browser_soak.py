"""A browser that follows every save keeps nothing of the last one: bench/soak.py in short."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).parents[2] / "bench" / "soak.py"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium")
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads /proc")
def test_the_server_and_the_browser_hold_no_more_after_many_edits(tmp_path):
    done = subprocess.run(
        [sys.executable, SOAK, "--edits", "66"],
        cwd=SOAK.parents[1],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\n|") == 13
