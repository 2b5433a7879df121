"""The kernel's own account of the memory of a process and all its descendants, where it keeps one.

A control group is charged for what its processes hold and for the files they read and wrote that
are still in memory. Both versions of control groups are known; making one needs the rights to.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_MOUNT = Path("/sys/fs/cgroup")


class Group(NamedTuple):
    """One control group: its folder, and the names of its files for the peak and the limit."""

    folder: Path
    peak_file: str
    limit_file: str

    def enclose(self, command: Sequence[str]) -> list[str]:
        """A command that runs another in the group, and all its descendants with it."""
        script = 'echo $$ > "$0" && exec "$@"'
        return ["/bin/sh", "-c", script, str(self.folder / "cgroup.procs"), *command]

    @property
    def peak(self) -> int:
        """The most bytes that were charged at once."""
        return int((self.folder / self.peak_file).read_text())

    def limit(self, size: int) -> None:
        """Let the group hold `size` bytes; the kernel takes files out of memory to keep it there."""
        (self.folder / self.limit_file).write_text(str(size))


@contextlib.contextmanager
def open_group() -> Iterator[Group | None]:
    """A group of its own for one command; None where there can be none."""
    group = _make()
    try:
        yield group
    finally:
        if group:
            with contextlib.suppress(OSError):  # a process of it has not quite ended
                group.folder.rmdir()


def _make() -> Group | None:
    name = f"backfile-bench-{os.getpid()}"
    for group in (
        Group(_MOUNT / name, "memory.peak", "memory.max"),
        Group(_MOUNT / "memory" / name, "memory.max_usage_in_bytes", "memory.limit_in_bytes"),
    ):
        try:
            group.folder.mkdir(exist_ok=True)
        except OSError:
            continue
        if (group.folder / group.peak_file).exists():
            return group
        with contextlib.suppress(OSError):
            group.folder.rmdir()
    return None
