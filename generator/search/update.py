"""Incremental builds: a base segment, a delta of what changed since, and when to start anew.

One new article touches a third of all shards, so a build that changes little writes a small
delta beside the base. Scores stay Lunr's: the client counts over documents that are alive.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from generator.search.document import FORMAT_VERSION, SearchSettings
from generator.search.record import SearchState

# Share of the base that may be changed, gone or new before a new base is written.
FOLD_AT = 0.05


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
