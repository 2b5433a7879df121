"""A build: recognise that nothing has changed, amend what has, or build anew what is not as it was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec

from generator.build.beside import call_beside, can_fork
from generator.build.footing import Footing, survey
from generator.build.look import Look, look_at, pack_stamps
from generator.build.options import PRELOAD, BuildOptions, Progress, no_progress
from generator.build.place import open_place
from generator.build.stamps import stamp_or_none
from generator.build.standing import check_standing, count_standing
from generator.build.timing import Timer, peak_memory
from generator.engine import prepare_workers
from generator.report import BuildReport
from generator.state import State, read_facts, state_file, write_state


def build_site(options: BuildOptions, progress: Progress = no_progress) -> BuildReport:
    """Build a site. Raises BackfileError, after which the old site stands as it was.

    Faults of single articles are in the report, never raised.
    """
    timer = Timer()
    with timer.stage("look"):
        place = open_place(options)
        path = state_file(place.state, place.output)
        seen = stamp_or_none(str(path))
        if options.jobs > 1 and not path.exists():
            prepare_workers(PRELOAD)  # everything will be rendered
        with check_standing(path, place.output, options.jobs) as check:
            footing = survey(place, options)
            look = look_at(place, footing, path, options.clock, check)
        if look and look.is_unchanged:
            _remember_touched(path, look)
    if look and look.is_unchanged:
        return msgspec.structs.replace(
            look.report,
            files_written=0,
            files_unchanged=count_standing(look.standing),
            files_pruned=0,
            seconds=timer.rounded,
            peak_rss_bytes=peak_memory(),
        )
    if look and not options.scheduler and not options.profile:
        # What follows takes 0.2 s to load; a site of which nothing changed needs none of it.
        forks = place.config.search.enabled and can_fork(options.jobs)
        with call_beside(partial(_prepare_delta, path), forks=forks) as beside:
            from generator.build.amend import amend_site  # noqa: PLC0415

            report = amend_site(place, footing, options, timer, look, (path, seen), beside)
            if report:
                return report
    if options.jobs > 1 and _is_new(path, footing):
        prepare_workers(PRELOAD)
    from generator.build.full import build_changes  # noqa: PLC0415 - as above

    return build_changes(place, footing, options, progress, timer)


def _remember_touched(path: Path, look: Look) -> None:
    """Let the state know files by their stamps of now."""
    if look.touched:
        facts = {"stamps": pack_stamps(look.stamps)}
        write_state(path, State({}, {}, {}), State(facts, look.touched, {}))


def _prepare_delta(state: Path) -> None:
    from generator.build.delta_writing import prepare  # noqa: PLC0415 - in a process of its own

    prepare(state)


def _is_new(path: Path, footing: Footing) -> bool:
    return read_facts(path, "program").get("program") != footing.program
