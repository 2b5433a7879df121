"""The ledger of a build: every output file, kept as it stands or made anew, and why."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator.publish import Staged
from generator.state import KnownPage


class Ledger:
    """What this build publishes, beside what the last one did."""

    def __init__(self, output: Path, known: Mapping[str, KnownPage], changed: str) -> None:
        """Start empty. `changed` is the reason why every key may differ, "" = none."""
        self._output = str(output)
        self._known = known
        self.changed = changed
        self.pages: dict[str, KnownPage] = {}

    def known(self, file: str) -> KnownPage:
        """What the last build published there. Raises KeyError where that was nothing."""
        return self._known[file]

    def standing(self, file: str, key: bytes, subject: str = "") -> KnownPage | None:
        """What is known of a published file that has the key, and is as it was written."""
        page = self._known.get(file)
        if page is None or not key or page.key != key or page.subject != subject:
            return None
        return page if self.is_whole(file, page) else None

    def is_whole(self, file: str, page: KnownPage) -> bool:
        """Whether a published file is as it was written."""
        try:
            status = os.stat(f"{self._output}/{file}")  # noqa: PTH116 - run once a page
        except OSError:
            return False
        return status.st_size == page.size and status.st_mtime_ns == page.modified

    def keep(self, file: str, key: bytes, glance: bytes = b"") -> Staged | None:
        """Enter a published file as it stands; None where it must be made."""
        page = self.standing(file, key)
        if page is not None and page.glance != glance:
            page = msgspec.structs.replace(page, glance=glance)
        return self._enter_kept(file, page)

    def keep_glanced(self, file: str, glance: bytes) -> Staged | None:
        """Enter a published file as it stands, by its glance; None where that does not tell."""
        page = self._known.get(file)
        is_same = page and glance and page.glance == glance and self.is_whole(file, page)
        return self._enter_kept(file, page if is_same else None)

    def _enter_kept(self, file: str, page: KnownPage | None) -> Staged | None:
        if page is None:
            return None
        self.pages[file] = page
        return keep_page(file, page)

    def files_of(self, key: bytes) -> list[str]:
        """The files that the last build published under one key."""
        return [file for file, page in self._known.items() if page.key == key]

    def enter(
        self,
        staged: Staged,
        key: bytes,
        *,
        subject: str = "",
        data: bytes = b"",
        glance: bytes = b"",
        has_new_source: bool = False,
    ) -> None:
        """Enter a file that was made."""
        before = self._known.get(staged.file)
        if before is None:
            reason = "new"
        elif before.key == key:
            reason = "output" if staged.stage else before.reason
        elif has_new_source:
            reason = "source"
        else:
            reason = self.changed or "surroundings"
        self.pages[staged.file] = KnownPage(
            key, staged.digest, staged.size, staged.modified, subject, reason, data, glance
        )


def keep_page(file: str, page: KnownPage) -> Staged:
    """A published file that stays as it is."""
    return Staged(file, page.digest, "", page.size, page.modified)
