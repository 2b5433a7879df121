"""Places in files, as people and editors write them."""

from __future__ import annotations


def name_place(path: str, line: int, column: int) -> str:
    """`path:line:column`; what is not known (0) is left out."""
    if not line:
        return path
    return f"{path}:{line}:{column}" if column else f"{path}:{line}"
