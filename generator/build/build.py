"""A build: recognise that nothing has changed, or do what changed."""

from __future__ import annotations

import msgspec

from generator.build.footing import survey
from generator.build.options import PRELOAD, BuildOptions, Progress, no_progress
from generator.build.place import open_place
from generator.build.stamps import stamp_or_none
from generator.build.timing import Timer, peak_memory
from generator.build.unchanged import find_unchanged
from generator.engine import prepare_workers
from generator.report import BuildReport
from generator.state import read_state, state_file, write_state


def build_site(options: BuildOptions, progress: Progress = no_progress) -> BuildReport:
    """Build a site. Raises BackfileError, after which the old site stands as it was.

    Faults of single articles are in the report, never raised.
    """
    timer = Timer()
    with timer.stage("look"):
        place = open_place(options)
        path = state_file(place.state, place.output)
        seen = stamp_or_none(str(path))
        state, damage = read_state(path)
        if not state.facts and options.jobs > 1:
            prepare_workers(PRELOAD)  # everything will be rendered
        footing = survey(place, options)
        same = find_unchanged(place, footing, state, options.clock)
        if same:
            report, inputs = same
            if inputs is not state.inputs:
                write_state(path, state, msgspec.structs.replace(state, inputs=inputs))
    if same:
        return msgspec.structs.replace(
            report,
            files_written=0,
            files_unchanged=len(state.pages),
            files_pruned=0,
            seconds=timer.rounded,
            peak_rss_bytes=peak_memory(),
        )
    if options.jobs > 1 and state.facts.get("program") != footing.program:
        prepare_workers(PRELOAD)
    # Templates and parsers take 0.2 s to load; a site of which nothing changed needs none.
    from generator.build.full import build_changes  # noqa: PLC0415

    return build_changes(place, footing, options, progress, timer, (state, damage, seen))
