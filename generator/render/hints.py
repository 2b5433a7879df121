"""Advice for names that do not exist: the nearest ones that do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def hint_nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, "" where none is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean `{near[0]}`?" if near else ""
