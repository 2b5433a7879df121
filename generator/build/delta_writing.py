"""Writing a delta of a search index."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from generator.build.delta import Delta, DeltaTask
from generator.build.ledger import Ledger
from generator.build.searching import FACT, RUNS, file_key, stage_index, unpack_index
from generator.publish import Stage, stage_folder
from generator.search.assets import client_files, client_name
from generator.search.characters import characters
from generator.search.meta import table_files
from generator.search.record import SearchState
from generator.search.runs import write_run
from generator.search.writing import build_search
from generator.state import read_facts


def prepare(state: Path) -> None:
    """Read and pack what every delta of a site needs."""
    characters()
    table_files()
    _read_index(state, state.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read_index(state: Path, _modified: int) -> SearchState | None:
    return unpack_index(read_facts(state, FACT).get(FACT, b""))


def write(task: DeltaTask) -> Delta:
    """As `write_delta` has it."""
    folder = stage_folder(task.output, task.build)
    runs = []
    if task.documents:
        (folder / RUNS).mkdir(exist_ok=True)
        runs.append(write_run(task.documents, folder / RUNS, "delta"))
    ledger = Ledger(task.output, task.known, "")
    files = build_search(
        _read_index(task.state, task.state.stat().st_mtime_ns),
        task.plan,
        task.chosen,
        runs,
        settings=task.settings,
        scratch=folder,
        client=client_name(),
    )
    stage = Stage(task.output, task.build, "index")
    staged, after = stage_index(stage, files, ledger, task.program)
    names = after.files | {entry.file for entry in staged}
    names |= {file.name for file in client_files()}
    gone = frozenset(
        file
        for file, page in task.known.items()
        if file not in names and page.key == file_key(task.program, file)
    )
    return Delta(staged, ledger.pages, gone, msgspec.msgpack.encode(after))
