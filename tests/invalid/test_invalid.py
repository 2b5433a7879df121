"""Each folder here holds a broken site and, in `expected.txt`, the exit code and message it gives."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = sorted(
    path.name for path in Path(__file__).parent.iterdir() if (path / "expected.txt").exists()
)


@pytest.mark.parametrize("case", CASES)
def test_a_broken_site_gives_its_message_and_no_traceback(case, tmp_path):
    folder = Path(__file__).parent / case
    root = tmp_path / "site"
    shutil.copytree(folder / "site", root)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "-s", root, "-j1", "--clock", "2022-06-01"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = (done.stderr + done.stdout).replace(str(root), "SITE")
    assert f"exit {done.returncode}\n{said}" == (folder / "expected.txt").read_text("utf-8")
    assert not list((root / "output").rglob("*.html"))
