"""Makes and finds `pinyin.json`: which Han a syllable may stand for.

The browser loads it only when Latin words find nothing. Made by hand, like `characters.json`:

    uv run --with pypinyin==0.55.0 python -m generator.search.pinyin

Characters are those of GB 2312, whose first rows hold the 3,755 common ones. Those mainly read
so come before those with another main reading.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

_ROWS = range(16, 88)  # rows of GB 2312 that hold Han


def table_path() -> Path:
    """The generated table."""
    return Path(__file__).with_name("pinyin.json")


def main() -> None:
    """Write the table: `{"gan": "干甘…"}`, likeliest first."""
    pypinyin: Any = importlib.import_module("pypinyin")  # needed here alone
    syllables: dict[str, tuple[list[str], list[str]]] = {}
    for row in _ROWS:
        for cell in range(1, 95):
            try:
                character = bytes([row + 0xA0, cell + 0xA0]).decode("gb2312")
            except UnicodeDecodeError:
                continue
            readings = pypinyin.pinyin(
                character, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=False
            )[0]
            for rank, reading in enumerate(readings):
                if reading.isascii() and reading.isalpha():
                    lists = syllables.setdefault(reading, ([], []))
                    lists[rank > 0].append(character)
    table = {key: "".join(main + others) for key, (main, others) in sorted(syllables.items())}
    text = json.dumps(table, ensure_ascii=False, indent=0)
    table_path().write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
