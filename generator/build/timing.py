"""What a build costs: wall time by stage, and memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Timer:
    """Adds up wall seconds by stage, in the order the stages are first met."""

    def __init__(self) -> None:
        """Start with no stage."""
        self.seconds: dict[str, float] = {}

    @property
    def rounded(self) -> dict[str, float]:
        """The seconds as reports give them."""
        return {stage: round(value, 4) for stage, value in self.seconds.items()}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a block as part of stage `name`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def peak_memory() -> int:
    """Peak resident bytes of this process or its largest child, 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    usages = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in usages) * unit
