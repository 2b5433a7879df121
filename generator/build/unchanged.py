"""A site of which nothing has changed: recognised by looking, without loading a parser or template."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from generator.build.footing import Footing
from generator.build.place import Place
from generator.build.stamps import NO_STAMP, stamp, trusted
from generator.model import Article
from generator.publish import manifest_file
from generator.report import BuildReport
from generator.state import KnownInput, Stamp, State
from generator.text.digests import digest_bytes

# Told once, of the build that met them.
_ONCE = frozenset(("output/foreign-replaced", "state/set-aside"))
# A worker may have died for want of memory: the next build tries again.
_RETRIED = "article/unrenderable"

Span = tuple[datetime | None, datetime | None]
"""From when and until when (not included) the clock decides the same; None = for ever."""


def clock_span(articles: Iterable[Article], now: datetime) -> Span:
    """The time around `now` in which no article's date or expiry passes."""
    moments = [
        moment
        for article in articles
        for moment in (article.date, article.expires)
        if moment is not None
    ]
    return (
        max((moment for moment in moments if moment <= now), default=None),
        min((moment for moment in moments if moment > now), default=None),
    )


def remember(footing: Footing, place: Place, span: Span, report: BuildReport) -> dict[str, bytes]:
    """What recognising an unchanged site takes, as facts of the state."""
    encode = msgspec.msgpack.encode
    if any(finding.code == _RETRIED for finding in report.findings):
        return {}
    if NO_STAMP in (trusted(file.stamp, footing.start) for file in footing.static):
        return {}
    lasting = [finding for finding in report.findings if finding.code not in _ONCE]
    return {
        "site": footing.site,
        "clock": encode(span),
        "report": encode(msgspec.structs.replace(report, findings=tuple(lasting))),
        "manifest": _manifest(place.output),
    }


def find_unchanged(
    place: Place, footing: Footing, state: State, clock: datetime
) -> tuple[BuildReport, dict[str, KnownInput]] | None:
    """The last report where a build would change nothing, with what is now known of the inputs.

    None where anything might have changed.
    """
    facts = state.facts
    if facts.get("site") != footing.site or facts.get("manifest") != _manifest(place.output):
        return None
    try:
        first, last = msgspec.msgpack.decode(facts["clock"], type=Span)
        report = msgspec.msgpack.decode(facts["report"], type=BuildReport)
    except (KeyError, msgspec.MsgspecError):
        return None
    if (first and clock < first) or (last and clock >= last):
        return None
    inputs = _same_inputs(place, footing, state)
    if inputs is None or not _stands(place.output, state):
        return None
    return report, inputs


def _same_inputs(place: Place, footing: Footing, state: State) -> dict[str, KnownInput] | None:
    """The inputs with their stamps of now where each has the content it had, else None."""
    known = state.inputs
    files = footing.found.files
    if len(known) != len(files):
        return None
    doubtful: list[tuple[str, Stamp, KnownInput]] = []
    for file, now in zip(files, footing.stamps, strict=True):
        before = known.get(file.path)
        if before is None or now == NO_STAMP:
            return None
        if now != before.stamp:
            if before.stamp.size not in (now.size, NO_STAMP.size):
                return None
            doubtful.append((file.path, now, before))
    fresh = {}
    for path, now, before in doubtful:
        try:
            if _digest(f"{place.root}/{path}") != before.digest:
                return None
        except OSError:
            return None
        fresh[path] = KnownInput(trusted(now, footing.start), before.digest, before.reading)
    return {**known, **fresh} if fresh else known


def _digest(path: str) -> bytes:
    with open(path, "rb") as handle:  # noqa: PTH123 - run once a file
        return digest_bytes(handle.read())


def _stands(output: Path, state: State) -> bool:
    """Whether every published file is there as it was written."""
    base = str(output)
    for file, page in state.pages.items():
        try:
            status = os.stat(f"{base}/{file}")  # noqa: PTH116 - run once a page
        except OSError:
            return False
        if status.st_size != page.size or status.st_mtime_ns != page.modified:
            return False
    return True


def _manifest(output: Path) -> bytes:
    try:
        return repr(tuple(stamp(str(manifest_file(output))))).encode()
    except OSError:
        return b""
