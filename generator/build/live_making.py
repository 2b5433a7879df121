"""Making the files of a live site; what cannot be made now stays as it last could."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from generator.build.live_bodies import OutdatedError
from generator.build.live_content import Content
from generator.build.live_pages import Made, Pages
from generator.errors import BackfileError
from generator.model import Diagnostic, diagnose_error
from generator.text.digests import digest_bytes

# A file that is written to without end is not waited for.
_TRIES = 4
# Pages that are remembered as they last could be made.
_REMEMBERED = 64

Now = tuple[Pages | None, Content | None]
"""The pages and the articles of a site as they are now."""


class Maker:
    """Threads may ask it at the same time. `catch_up` follows a file that was just saved."""

    def __init__(self, root: Path, catch_up: Callable[[Path], None]) -> None:
        """Nothing is made yet."""
        self._root, self._catch_up = root, catch_up
        self._failed: dict[str, tuple[Diagnostic, ...]] = {}
        self._good: OrderedDict[str, Made] = OrderedDict()
        self._turn = threading.Lock()

    def failed(self) -> list[tuple[Diagnostic, ...]]:
        """What was met in each page that was made, where anything was."""
        return list(self._failed.values())

    def take_failed(self) -> set[str]:
        """The files of those pages, which are forgotten until they are made again."""
        files = {*self._failed}
        self._failed.clear()
        return files

    def make(self, file: str, now: Callable[[], Now]) -> Made | BackfileError | None:
        """A file, the fault of one that never could be made, None where there is none."""
        for _ in range(_TRIES):
            pages, content = now()
            try:
                made = pages.make(file) if pages else None
            except OutdatedError as error:
                self._catch_up(self._root / error.path)
                continue
            except BackfileError as error:
                self._failed[file] = (diagnose_error(error),)
                return self._good.get(file) or error
            if made is None:
                path = self.find_lost(file, content)
                if path and self._is_outdated(path, content):
                    # It was read in the middle of being written.
                    self._catch_up(self._root / path)
                    continue
                return self._good.get(file) if path else None
            self._failed.pop(file, None)
            if made.findings:
                self._failed[file] = made.findings
            if file.endswith((".html", ".htm")):
                self._remember(file, made)
            return made
        return self._good.get(file)

    def find_lost(self, file: str, content: Content | None) -> str:
        """The article whose page is gone because it, though it is there, cannot be read; "" = none."""
        good = self._good.get(file)
        if good is None or good.article is None or content is None:
            return ""
        path = good.article.article.path
        reading = content.readings.get(path)
        return path if reading is not None and reading.article is None else ""

    def _remember(self, file: str, made: Made) -> None:
        with self._turn:
            self._good[file] = made
            self._good.move_to_end(file)
            if len(self._good) > _REMEMBERED:
                self._good.popitem(last=False)

    def _is_outdated(self, path: str, content: Content | None) -> bool:
        """Whether a file is not as it was read."""
        try:
            data = (self._root / path).read_bytes()
        except OSError:
            return False
        return content is None or content.digest(path) != digest_bytes(data)
