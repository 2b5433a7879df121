"""Few runs of the index made of many, in workers, before they are merged."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

from generator.build.options import Progress
from generator.build.searching import read_runs
from generator.engine import Engine, Work, run_chunks
from generator.errors import SourceError
from generator.search.combine import MANY, combine_runs, group_runs
from generator.search.runs import Run, remove_run


def combine_late(engine: Engine, progress: Progress, folder: Path) -> None:
    """Make few runs of the many that workers left on the stage `folder`, where there are many."""
    runs = read_runs(folder)
    if len(runs) > MANY:
        groups = [group for group in group_runs(runs) if len(group) > 1]
        chunks = [[group] for group in groups]
        list(run_chunks(engine, Work("index", combine_groups, (), _lose), chunks, progress))


def combine_groups(groups: Sequence[Sequence[Run]]) -> list[bool]:
    """Make one run of each group, in the place of its runs. Done twice, it is done once."""
    for runs in groups:
        path = Path(f"{runs[0].path}+")
        entry = Path(f"{path}.run")
        if not entry.exists():
            combined = combine_runs(runs, path)
            unfinished = Path(f"{path}.unfinished")
            unfinished.write_bytes(pickle.dumps(combined))
            unfinished.replace(entry)
        for run in runs:
            Path(f"{run.path}.run").unlink(missing_ok=True)
            remove_run(run)
    return [True] * len(groups)


def _lose(runs: Sequence[Run]) -> bool:
    raise SourceError(
        "a process that put the search index together died",
        path=runs[0].path,
        hint="build with -j 1 to see the error",
        code="engine/worker-died",
    )
