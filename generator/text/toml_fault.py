"""Where and why a text is no TOML, out of the words of Python's own parser."""

from __future__ import annotations

import re
import tomllib


def locate_fault(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int, int]:
    """The message without its place, the line and the column, both from 1 (column 0 = not told)."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 0)
    return re.sub(r"\s*\(at .*\)$", "", str(error)), line, column
