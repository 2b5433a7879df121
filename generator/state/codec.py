"""Readings ↔ bytes, exactly: what comes back renders to the same page.

MessagePack, not pickle: a state file may come from somebody else, and must not be able to run.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from generator.model import Article, Diagnostic

Reading = tuple[Article | None, tuple[Diagnostic, ...]]
"""What reading a file gave: the article, None where it is quarantined, and what was found."""

Pool = dict[str | tuple[str, ...], Any]
"""Values that many articles share, kept once: start with an empty one for the readings of a site."""

# What most articles of an archive have in common with others: 0.5 KB each, were they not shared.
_REPEATED = (
    "categories", "category_path", "category_title", "tags", "source", "authors", "language", "adapter",
)  # fmt: skip
_DATES = ("date", "updated", "expires")
_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(Reading).decode


def pack_reading(
    article: Article | None, diagnostics: tuple[Diagnostic, ...], zone: ZoneInfo
) -> bytes:
    """Pack a reading; b"" where packing would lose something.

    Moments are packed as wall time in the site's zone, for that is what pages show; only the
    second pass through an hour that clocks were set back by has no form for it.
    """
    if article is not None:
        naive: dict[str, datetime] = {}
        for name in _DATES:
            moment: datetime | None = getattr(article, name)
            if moment is not None:
                if moment.fold or moment.tzinfo is not zone:
                    return b""
                naive[name] = moment.replace(tzinfo=None)
        article = msgspec.structs.replace(article, **naive)
    try:
        return _ENCODE((article, diagnostics))
    except (OverflowError, ValueError, TypeError):
        # Front matter may hold numbers beyond 64 bits, or half of a surrogate pair.
        return b""


def unpack_reading(data: bytes, zone: ZoneInfo, pool: Pool) -> Reading:
    """Unpack a reading. Raises msgspec.DecodeError for anything that is none."""
    article, diagnostics = _DECODE(data)
    if article is not None:
        for name in _DATES:
            moment: datetime | None = getattr(article, name)
            if moment is not None:
                msgspec.structs.force_setattr(article, name, moment.replace(tzinfo=zone))
        for name in _REPEATED:
            value: str | tuple[str, ...] = getattr(article, name)
            if value:
                msgspec.structs.force_setattr(article, name, pool.setdefault(value, value))
    return article, diagnostics
