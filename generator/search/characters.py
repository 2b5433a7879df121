"""The table of characters as arrays: what each UTF-16 unit folds to and which class it has."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

SEPARATOR, SPACE, HAN, WORD, DOT, DROPPED = range(6)
TABLE_VERSION = 1
_UNITS = 0x10000

Units = NDArray[np.uint16]


class Characters(msgspec.Struct, frozen=True):
    """`fold` and `kind` are indexed by unit (65,536 each); `spelled` gives the units of those
    that fold to more than one, already folded; `is_spelled` marks them.
    """

    fold: Units
    kind: NDArray[np.uint8]
    is_spelled: NDArray[np.bool_]
    spelled: dict[int, Units]


def table_path() -> Path:
    """The generated table; the browser reads the same bytes."""
    return Path(__file__).with_name("characters.json")


@functools.cache
def characters() -> Characters:
    """The table, read once. Raises ValueError for a table of another version."""
    table: dict[str, Any] = json.loads(table_path().read_bytes())
    if table["version"] != TABLE_VERSION:
        raise ValueError(f"characters.json has version {table['version']}, not {TABLE_VERSION}")
    fold = np.arange(_UNITS, dtype=np.uint16)
    _apply_folds(table["folds"], fold)
    simplified_from = np.cumsum([int(gap, 36) for gap in table["from"].split()])
    fold[simplified_from] = [ord(character) for character in table["to"]]
    spelled = {
        ord(key): np.array([ord(part) for part in value], np.uint16)
        for key, value in table["spelled"].items()
    }
    is_spelled = np.zeros(_UNITS, np.bool_)
    is_spelled[list(spelled)] = True
    kind = _classes(table["classes"])
    for array in (fold, kind, is_spelled):
        array.flags.writeable = False
    return Characters(fold, kind, is_spelled, spelled)


def _classes(runs: str) -> NDArray[np.uint8]:
    pairs = [run.split(".") for run in runs.split()]
    lengths = [int(length, 36) for length, _ in pairs]
    return np.repeat(np.array([int(kind) for _, kind in pairs], np.uint8), lengths)


def _apply_folds(runs: str, fold: Units) -> None:
    unit = 0
    for run in runs.split():
        gap, target, count, step = run.split(".")
        unit += int(gap, 36)
        offsets = np.arange(int(count), dtype=np.int64) * int(step)
        fold[unit + offsets] = int(target, 36) + offsets
