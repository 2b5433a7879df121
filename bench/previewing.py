"""A running `backfile serve`, for the benchmarks of the preview."""

from __future__ import annotations

import queue
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

PATIENCE = 300.0  # seconds for a first build of everything, on a busy machine


class Preview:
    """`backfile serve` on a site.

    `seconds` and `seconds_to_read`: from its start until its front page was there, and any page.
    `process` is its number.
    """

    def __init__(self, site: Path, *options: str) -> None:
        """Start it, and wait until its articles are read."""
        start = time.perf_counter()
        command = [sys.executable, "-u", "-m", "generator", "serve", "--port", "0", *options]
        self._process = subprocess.Popen(
            [*command, "--source", site], stdout=subprocess.PIPE, text=True
        )
        self.process = self._process.pid
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
        self.url = self.wait_for(r"preview: (\S+)")[1]
        while not self._is_there():
            time.sleep(0.005)
        self.seconds = time.perf_counter() - start
        self.wait_for(r".* articles read")
        self.seconds_to_read = time.perf_counter() - start

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self._said.put(line)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Give the next line of the terminal that matches. Raises queue.Empty where none comes."""
        while True:
            if found := re.match(pattern, self._said.get(timeout=PATIENCE)):
                return found

    def _is_there(self) -> bool:
        """Whether the front page is the site's own, not one that asks to wait."""
        try:
            with urllib.request.urlopen(self.url) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except urllib.error.HTTPError:
            return False

    def memory(self) -> float:
        """The server's own memory in MB (Linux), 0 elsewhere."""
        try:
            status = Path(f"/proc/{self.process}/status").read_text("utf-8")
        except OSError:
            return 0.0
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def find_chromium() -> str | None:
    """Where the browser is."""
    return shutil.which("chromium") or shutil.which("google-chrome")
