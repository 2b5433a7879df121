"""Writing an index: a base segment anew, or the delta beside it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from generator.search.document import FORMAT_VERSION, SearchSettings
from generator.search.files import IndexFile
from generator.search.meta import meta_files
from generator.search.record import SearchState
from generator.search.runs import Run
from generator.search.segment import build_segment
from generator.search.update import SearchPlan


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
