"""Changes of files that belong together: one save of an editor, one checkout, told as one."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

# In seconds. A save that ends with a rename or a close is over; what comes within this time is
# part of it.
_QUIET = 0.02
# A file that is being written, or that is gone and may come back: how long to wait for its end.
_UNFINISHED = 0.15
# A checkout goes on writing: pauses between its files are up to a tenth of a second.
_FLOWING = 0.3
_MANY = 40  # files
# Something writes without end: it is told now and then.
_LONGEST = 3.0


class Kind(Enum):
    """What happened to a file."""

    DONE = "done"  # written and closed, or renamed into place
    WRITING = "writing"  # made or written to, and not closed yet
    GONE = "gone"


class Burst:
    """Collects changes until they are over. Times are those of one monotonic clock, in seconds."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._kinds: dict[Path, Kind] = {}
        self._first = self._last = 0.0

    def add(self, path: Path, kind: Kind, now: float) -> None:
        """Take note of a change."""
        if not self._kinds:
            self._first = now
        self._last = now
        self._kinds[path] = kind

    def due(self) -> float | None:
        """When the changes may be taken, should nothing more happen; None where there are none."""
        if not self._kinds:
            return None
        if len(self._kinds) > _MANY:
            quiet = _FLOWING
        elif any(kind is not Kind.DONE for kind in self._kinds.values()):
            quiet = _UNFINISHED
        else:
            quiet = _QUIET
        return min(self._last + quiet, self._first + _LONGEST)

    def take(self) -> frozenset[Path]:
        """Give the changed paths and start anew."""
        paths = frozenset(self._kinds)
        self._kinds.clear()
        return paths
