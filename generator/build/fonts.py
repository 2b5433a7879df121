"""The font that cards are drawn with as PNG: the one the site names, or a Song of the system."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.build.stamps import NO_STAMP, stamp_or_none
from generator.config import Config
from generator.model.site import CardForm

# Bold Song faces first, then other Song, then Hei: all hold some 20,000 characters and more.
_NAMES = (
    "NotoSerifCJK-Bold.ttc",
    "NotoSerifCJKsc-Bold.otf",
    "NotoSerifSC-Bold.otf",
    "SourceHanSerif-Bold.ttc",
    "SourceHanSerifSC-Bold.otf",
    "Songti.ttc",
    "NotoSerifCJK-Regular.ttc",
    "simsun.ttc",
    "NotoSansCJK-Bold.ttc",
    "PingFang.ttc",
    "msyhbd.ttc",
    "msyh.ttc",
    "NotoSansCJK-Regular.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
)
_WINDOWS, _FAMILY = 3, 1  # numbers of a platform and of a kind of name


def choose_form(root: Path, config: Config) -> CardForm:
    """How the site in `root` publishes its cards: as SVG where PNG is not asked for or has no font."""
    if config.cards.format != "png":
        return CardForm()
    font = str(root / config.cards.font) if config.cards.font else _find_font()
    stamp = stamp_or_none(font)
    family = "" if stamp == NO_STAMP else _read_family(font)
    return CardForm("png", font, family, repr(tuple(stamp))) if family else CardForm()


def _find_font() -> str:
    """The best of the system's fonts that holds Chinese, "" where there is none."""
    found: dict[str, str] = {}
    for folder in _folders():
        for base, folders, names in os.walk(folder):
            folders.sort()
            for name in names:
                found.setdefault(name, f"{base}/{name}")
    return next((found[name] for name in _NAMES if name in found), "")


def _read_family(path: str) -> str:
    """What a font calls its family, that of the first one in a collection; "" where it is no font.

    OpenType 1.9.1: a table directory lists the tables, and `name` holds the names.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as `path` comes
            start = 0
            if file.read(4) == b"ttcf":
                file.seek(12)
                (start,) = struct.unpack(">L", file.read(4))
            file.seek(start + 4)
            (count,) = struct.unpack(">H6x", file.read(8))
            tables = dict(struct.iter_unpack(">4s4xL4x", file.read(16 * count)))
            file.seek(tables[b"name"])
            count, texts = struct.unpack(">2xHH", file.read(6))
            for platform, _, _, kind, size, at in struct.iter_unpack(">6H", file.read(12 * count)):
                if (platform, kind) == (_WINDOWS, _FAMILY):
                    file.seek(tables[b"name"] + texts + at)
                    return file.read(size).decode("utf-16-be")
    except (OSError, KeyError, struct.error, UnicodeDecodeError):
        return ""
    return ""


def _folders() -> Iterator[Path]:
    """Where the system keeps fonts (freedesktop.org's font folders, and the makers' of others)."""
    if sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"))
        yield Path.home() / "Library/Fonts"
    elif sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
        yield Path.home() / ".local/share/fonts"
