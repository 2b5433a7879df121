"""The delta of a search index, written anew: what a build of a few edits leaves to another process.

It is planned where the edited articles are rendered (`generator.build.amend_index`), without what
indexes them; that takes 60 ms to load, and stands in `generator.build.delta_writing`.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator.publish import Staged
from generator.search.document import SearchDocument, SearchSettings
from generator.search.update import SearchPlan
from generator.state import KnownPage


class DeltaTask(msgspec.Struct, frozen=True):
    """A delta to write. `chosen` are its articles' addresses and digests, which `plan` numbers."""

    state: Path
    output: Path
    build: str
    program: bytes  # its digest
    settings: SearchSettings
    plan: SearchPlan
    chosen: tuple[tuple[str, str], ...]
    documents: tuple[SearchDocument, ...]  # none where the last delta holds
    known: dict[str, KnownPage]  # published files of the index, but for those of its base


class Delta(msgspec.Struct, frozen=True):
    """What became of the index: `gone` are files of it that nothing names any more."""

    staged: list[Staged]
    pages: dict[str, KnownPage]
    gone: frozenset[str]
    packed: bytes  # for the state


def write_delta(task: DeltaTask) -> Delta:
    """Stage the files of a delta, and tell what the next build must know. Raises OutputError."""
    from generator.build import delta_writing  # noqa: PLC0415 - see above

    return delta_writing.write(task)
