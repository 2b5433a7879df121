"""Keeps freed memory for the next arrays, where the C library lets us say so.

Indexing makes and drops arrays of a megabyte or two, thousands of times. glibc gives the top of its
heap back to the system as it gets free, and the next array faults its pages in again: a tenth of the
time, half of the system's.
"""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of mallopt(3), in malloc.h
_KEPT = 64 << 20  # bytes that may stay free
_LARGE = 16 << 20  # arrays from so many bytes on are mapped, and given back at once


def keep_freed_memory() -> None:
    """Ask for it, for the whole process. Elsewhere than on glibc nothing changes."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_TRIM_THRESHOLD, _KEPT)
    mallopt(_MMAP_THRESHOLD, _LARGE)
