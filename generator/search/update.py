"""Incremental builds: a base segment, a delta of what changed since, and when to start anew.

One new article touches a third of all shards, so a build that changes little writes a small
delta beside the base. Scores stay Lunr's: the client counts over documents that are alive.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import msgspec

from generator.search.document import FORMAT_VERSION, SearchSettings
from generator.search.files import IndexFile
from generator.search.meta import meta_files
from generator.search.runs import Run
from generator.search.segment import SegmentRecord, build_segment

# Share of the base that may be changed, gone or new before a new base is written.
FOLD_AT = 0.05


class SearchState(msgspec.Struct, frozen=True):
    """What a build leaves for the next one. `digests` stand beside `base.hrefs`."""

    version: int
    settings: SearchSettings
    base: SegmentRecord
    digests: tuple[str, ...]
    delta: SegmentRecord | None = None
    delta_digests: tuple[str, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """Files of both segments, below the site's root, without those `meta_files` makes."""
        return self.base.files | (self.delta.files if self.delta else frozenset())


class SearchPlan(msgspec.Struct, frozen=True):
    """What the search stage needs for the articles that shall be found.

    `documents` are the indices (into what was planned for) whose runs must be made; `dead` the
    numbers in the base that no longer count. `is_base`: a new base is written, of all documents.
    `is_current`: the delta of the last build still holds, no runs are needed.
    """

    is_base: bool
    is_current: bool
    documents: tuple[int, ...]
    dead: tuple[int, ...]


def plan_search(
    state: SearchState | None,
    wanted: Sequence[tuple[str, str]],
    settings: SearchSettings,
    *,
    fold: bool = False,
) -> SearchPlan:
    """Decide what to index. `wanted` are (href, digest of all that search sees), newest first.

    `fold` asks for a new base whatever changed: a clean build has the canonical bytes.
    """
    everything = SearchPlan(True, False, tuple(range(len(wanted))), ())
    if fold or state is None or state.version != FORMAT_VERSION or state.settings != settings:
        return everything
    known = set(zip(state.base.hrefs, state.digests, strict=True))
    new = tuple(i for i, pair in enumerate(wanted) if pair not in known)
    alive = set(wanted)
    dead = tuple(
        number
        for number, pair in enumerate(zip(state.base.hrefs, state.digests, strict=True))
        if pair not in alive
    )
    if max(len(new), len(dead)) > FOLD_AT * len(known):
        return everything
    hrefs = state.delta.hrefs if state.delta else ()
    last = tuple(zip(hrefs, state.delta_digests, strict=True))
    return SearchPlan(False, last == tuple(wanted[i] for i in new), new, dead)


def build_search(
    state: SearchState | None,
    plan: SearchPlan,
    wanted: Sequence[tuple[str, str]],
    runs: Sequence[Run],
    *,
    settings: SearchSettings,
    scratch: Path,
    client: str = "",
) -> Generator[IndexFile, None, SearchState]:
    """Yield the files that are new in this build, return the state for the next one.

    `client` is the folder of the client that shall read them (`assets.client_name`).

    Files of the state that are not yielded (`SearchState.files`) stay as they are on disk. The
    last file yielded is the pointer: written last, readers never meet half an index.
    """
    chosen = [wanted[i] for i in plan.documents]
    hrefs = [href for href, _ in chosen]
    digests = tuple(digest for _, digest in chosen)
    if plan.is_base or state is None:
        base = yield from build_segment(runs, hrefs, digests, settings, scratch)
        yield from meta_files([base], (), settings, client)
        return SearchState(FORMAT_VERSION, settings, base, digests)
    delta = state.delta
    if not plan.is_current:
        delta = None
        if hrefs:
            delta = yield from build_segment(
                runs, hrefs, digests, settings, scratch, names_best=False
            )
    segments = [state.base, delta] if delta else [state.base]
    yield from meta_files(segments, plan.dead, settings, client)
    return SearchState(FORMAT_VERSION, settings, state.base, state.digests, delta, digests)
