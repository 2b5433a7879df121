"""Counts of things, as people read them."""

from __future__ import annotations


def say_count(count: int, noun: str) -> str:
    """A count with its noun, which takes an `s`: `1 file`, `12,000 files`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
