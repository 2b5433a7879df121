"""A real `backfile serve` on a site of a test's own."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

from building import SiteBuilder

CLOCK = "2022-06-01T12:00:00Z"


class RunningPreview:
    """The command in a process of its own. `said` is what the terminal shows, line by line."""

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        self.site = SiteBuilder(root)
        self.site.write(files)
        self._files = files
        self._changed: set[str] = set()
        self.url, self.said = "", []

    def start(self, *options: str, port: int = 0) -> None:
        """Serve; `url` is the address of the front page then."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-u", "-m", "generator", "serve", "--source", self.site.root),
                *("--clock", CLOCK, "--jobs", "1", "--port", str(port), *options),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in self._process.stdout:
            self.said.append(line.rstrip())
            if found := re.match(r"preview: (\S+)", line):
                self.url = found[1].rstrip("/")
                break
        else:
            raise AssertionError("\n".join(self.said))
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    @property
    def port(self) -> int:
        return int(re.match(r"http://[^/]+:(\d+)", self.url)[1])

    def _listen(self) -> None:
        for line in self._process.stdout:
            self.said.append(line.rstrip())

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._reader.join()
        self._process.stdout.close()

    def save(self, files: dict[str, str]) -> None:
        """Write files as an editor does: beside them first, then in their place."""
        for name, text in files.items():
            path = self.site.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.tmp")
            beside.write_text(text, "utf-8")
            beside.replace(path)
        self._changed |= files.keys()

    def remove(self, name: str) -> None:
        (self.site.root / name).unlink()
        self._changed.add(name)

    def rename(self, name: str, new: str) -> None:
        (self.site.root / name).rename(self.site.root / new)
        self._changed |= {name, new}

    def restore(self) -> None:
        """Put every file back that was changed."""
        for name in self._changed:
            if name in self._files:
                self.site.write({name: self._files[name]})
            else:
                (self.site.root / name).unlink(missing_ok=True)
        self._changed.clear()
