"""Reading the metadata of every file; of those that have not changed, out of the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from generator.build.options import PRELOAD, Progress
from generator.build.place import Place
from generator.build.reading import Found, ScanTask, scan
from generator.build.stamps import (
    NO_STAMP,
    digest_program,
    scan_start,
    stamp_all,
    trusted,
)
from generator.config import Config
from generator.engine import Engine, Work, chunk_evenly, open_engine, run_chunks
from generator.errors import SourceError
from generator.model import Diagnostic, Fate, diagnose
from generator.model.site import Outcome
from generator.source.discovery import Discovery, SourceFile, discover
from generator.source.reader import Reading
from generator.state import KnownInput, Pool, Stamp, read_state, state_file, unpack_reading
from generator.text.digests import digest

# The disk does not give what it holds.
_BLOCKING = frozenset(("file/unreadable", "file/loop"))


class Scan(msgspec.Struct, frozen=True):
    """The readings in the order of the files, and what the state shall know of each file."""

    readings: list[Reading]
    inputs: dict[str, KnownInput]


def reading_settings(program: bytes, config: Config) -> bytes:
    """A digest of all beside the files that readings depend on."""
    return digest(program, msgspec.msgpack.encode(config.content), config.site.timezone.encode())


def scan_site(
    place: Place,
    files: Sequence[SourceFile],
    stamps: Sequence[Stamp],
    start: int,
    engine: Engine,
    progress: Progress,
    known: Mapping[str, KnownInput],
) -> Scan:
    """Read every file that `known` does not know as it is.

    `stamps` are those of the files, taken at `start` or later.
    """
    zone = place.config.site.zone
    pool = Pool()
    readings: dict[str, Reading] = {}
    inputs: dict[str, KnownInput] = {}
    tasks: list[ScanTask] = []
    for file, now in zip(files, stamps, strict=True):
        before = known.get(file.path)
        if before and before.stamp == now and before.reading and now != NO_STAMP:
            inputs[file.path] = before
            readings[file.path] = Reading(file.path, *unpack_reading(before.reading, zone, pool))
        else:
            tasks.append(ScanTask(file, before.digest if before and before.reading else b""))
    work = Work("scan", scan, (place.root, place.config), _lose)
    stamp_of = dict(zip((file.path for file in files), stamps, strict=True))
    results = run_chunks(engine, work, chunk_evenly(tasks), progress)
    for task, result in zip(tasks, results, strict=True):
        path = task.file.path
        reading = result.reading
        if result.digest and result.digest == task.digest:
            reading = known[path].reading
        if isinstance(reading, bytes):
            readings[path] = Reading(path, *unpack_reading(reading, zone, pool))
        else:
            readings[path], reading = reading, b""
        if result.digest:
            inputs[path] = KnownInput(trusted(stamp_of[path], start), result.digest, reading)
    return Scan([readings[file.path] for file in files], inputs)


def scan_known(place: Place, jobs: int, progress: Progress) -> tuple[Discovery, list[Reading]]:
    """Discover and read a site, with the help of the state of its last build, which stays as it is."""
    found = discover(place.root, place.config.content, place.output)
    state, _ = read_state(state_file(place.state, place.output))
    is_known = state.facts.get("readings") == reading_settings(digest_program(), place.config)
    start = scan_start()
    stamps = stamp_all(place.root, (file.path for file in found.files))
    known = state.inputs if is_known else {}
    with open_engine(jobs, PRELOAD) as engine:
        scanned = scan_site(place, found.files, stamps, start, engine, progress, known)
    return found, scanned.readings


def _lose(task: ScanTask) -> Found:
    """What is said of a file over which a worker died."""
    path = task.file.path
    finding = diagnose("article/unrenderable", path, detail="the process that read it died")
    return Found(b"", Reading(path, None, (finding,)))


def refused_names(found: Discovery) -> list[Outcome]:
    """The files that were not read for their names, as outcomes."""
    return [
        Outcome(finding.path, Fate.QUARANTINED, reason=finding.message)
        for finding in found.diagnostics
        if finding.code == "file/name-not-utf-8"
    ]


def refuse_unreadable(found: Discovery, readings: Sequence[Reading]) -> None:
    """Stop where the disk does not give what it holds.

    Publishing without those articles would take them off the site for a fault that is not theirs.
    Raises SourceError.
    """
    findings: list[Diagnostic] = [*found.diagnostics]
    findings.extend(note for reading in readings for note in reading.diagnostics)
    blocking = [finding for finding in findings if finding.code in _BLOCKING]
    if blocking:
        first = blocking[0]
        more = f" (and {len(blocking) - 1} more like it)" if len(blocking) > 1 else ""
        raise SourceError(
            f"{first.message}{more}",
            path=first.path,
            hint=f"{first.hint}, or leave it out with `[content] exclude`; the old site stands as it was",
            code=first.code,
        )
