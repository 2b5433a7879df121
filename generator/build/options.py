"""What a build is asked to do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

# What workers load before they are asked for anything.
PRELOAD = ("generator.build.worker", "generator.build.indexing")


class BuildOptions(msgspec.Struct, frozen=True):
    """Everything beside the site's own files that a build depends on. `clock` is aware."""

    root: Path
    clock: datetime
    output: Path | None = None  # None = what the configuration says
    base_url: str | None = None  # None = what the configuration says
    drafts: bool = False
    future: bool = False
    expired: bool = False
    jobs: int = 1
    scheduler: str = ""  # the address of a Dask cluster's; "" = work on this machine
    profile: bool = False  # measure templates and articles
    strict: bool = False  # a warning stops the build before anything is published


class Progress(Protocol):
    """Told of progress; the command line draws it."""

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """`done` of `total` inputs have gone through `stage`."""
        ...


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
