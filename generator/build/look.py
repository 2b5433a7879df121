"""What a look at a site tells, without loading a parser or template: nothing has changed, or what.

A look compares what the file system says of every input and every published file with what the last
build left. It knows which articles have another content and that nothing else has; or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from generator.build.footing import Footing
from generator.build.place import Place
from generator.build.stamps import NO_STAMP, stamp, trusted
from generator.build.standing import FACT as STANDING
from generator.build.standing import StandingCheck, pack_standing
from generator.model import Article
from generator.publish import manifest_file
from generator.report import BuildReport
from generator.state import KnownInput, KnownPage, Stamp, is_text, read_facts, read_inputs
from generator.text.digests import digest_bytes

# Told once, of the build that met them.
_ONCE = frozenset(("output/foreign-replaced", "state/set-aside"))
# A worker may have died for want of memory: the next build tries again.
_RETRIED = "article/unrenderable"
# More articles than this are not told one by one: the build that follows looks at all.
MOST_CHANGED = 16

Span = tuple[datetime | None, datetime | None]
"""From when and until when (not included) the clock decides the same; None = for ever."""

_Stamps = list[tuple[int, int, int]]
_PARTS = ("site", "manifest", "clock", "report", "stamps", STANDING)


class Look(msgspec.Struct, frozen=True):
    """What differs from the last build, which is told of nothing but articles.

    `changed` are the inputs with another content; `touched` those whose stamps alone are others.
    """

    report: BuildReport  # of the last build
    stamps: list[Stamp]  # parallel to the inputs, as the state shall know them
    changed: tuple[str, ...]
    touched: dict[str, KnownInput]
    standing: bytes  # every published file, packed

    @property
    def is_unchanged(self) -> bool:
        """Whether a build would write nothing."""
        return not self.changed


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


def remember(
    footing: Footing,
    place: Place,
    span: Span,
    report: BuildReport,
    inputs: Mapping[str, KnownInput],
    pages: Mapping[str, KnownPage],
) -> dict[str, bytes]:
    """What a look takes, as facts of the state; nothing where it could not be believed."""
    if any(finding.code == _RETRIED for finding in report.findings):
        return {}
    if NO_STAMP in (trusted(file.stamp, footing.start) for file in footing.static):
        return {}
    files = footing.found.files
    if any(file.path not in inputs or not is_text(file.path) for file in files):
        return {}
    return {
        "site": footing.site,
        "clock": msgspec.msgpack.encode(span),
        **remember_report(place, report),
        "stamps": pack_stamps([inputs[file.path].stamp for file in files]),
        STANDING: pack_standing({file: (page.size, page.modified) for file, page in pages.items()}),
    }


def remember_report(place: Place, report: BuildReport) -> dict[str, bytes]:
    """The facts that every build changes."""
    lasting = [finding for finding in report.findings if finding.code not in _ONCE]
    kept = msgspec.structs.replace(report, findings=tuple(lasting))
    return {"report": msgspec.msgpack.encode(kept), "manifest": _manifest(place.output)}


def pack_stamps(stamps: list[Stamp]) -> bytes:
    """The fact `stamps`: those of the inputs, in the order of the walk over them."""
    return msgspec.msgpack.encode(stamps)


def look_at(
    place: Place, footing: Footing, state: Path, clock: datetime, check: StandingCheck
) -> Look | None:
    """Compare a site with the last build. None where anything but articles might have changed."""
    facts = read_facts(state, *_PARTS)
    if facts.get("site") != footing.site or facts.get("manifest") != _manifest(place.output):
        return None
    decode = msgspec.msgpack.decode
    try:
        first, last = decode(facts["clock"], type=Span)
        if (first and clock < first) or (last and clock >= last):
            return None
        stamps = decode(facts["stamps"], type=_Stamps)
        standing = facts[STANDING]
        found = _compare(place, footing, stamps, state)
        if found is None or not check.holds(standing):
            return None
        report = decode(facts["report"], type=BuildReport)
    except (KeyError, msgspec.MsgspecError):
        return None
    now, changed, touched = found
    return Look(report, now, changed, touched, standing)


def _compare(
    place: Place, footing: Footing, before: _Stamps, state: Path
) -> tuple[list[Stamp], tuple[str, ...], dict[str, KnownInput]] | None:
    """Stamps of now, the inputs with another content, and those that were only touched."""
    stamps = footing.stamps
    if len(before) != len(stamps):
        return None
    if stamps == before and NO_STAMP not in stamps:
        return stamps, (), {}
    doubtful = [at for at, now in enumerate(stamps) if now != before[at] or now == NO_STAMP]
    names = [footing.found.files[at].path for at in doubtful]
    known = read_inputs(state, names)
    changed: list[str] = []
    touched: dict[str, KnownInput] = {}
    kept = list(stamps)
    for at, path in zip(doubtful, names, strict=True):
        now, was = stamps[at], known.get(path)
        if was is None or now == NO_STAMP:
            return None
        kept[at] = trusted(now, footing.start)
        is_same = was.stamp.size in (now.size, NO_STAMP.size) and _digest(place, path) == was.digest
        if is_same:
            touched[path] = KnownInput(kept[at], was.digest, was.reading)
            continue
        changed.append(path)
        if len(changed) > MOST_CHANGED:
            return None
    return kept, tuple(changed), touched


def _digest(place: Place, path: str) -> bytes:
    """Of a file's content; b"" where it cannot be read."""
    try:
        with open(f"{place.root}/{path}", "rb") as handle:  # noqa: PTH123 - run once a file
            return digest_bytes(handle.read())
    except OSError:
        return b""


def _manifest(output: Path) -> bytes:
    try:
        return repr(tuple(stamp(str(manifest_file(output))))).encode()
    except OSError:
        return b""
