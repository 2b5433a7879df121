"""The search index of a site in which a few articles changed: its delta, planned to be written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import structs

from generator.build.delta import DeltaTask
from generator.build.kept import IncompleteError, Shelf
from generator.build.searching import FACT, Wanted, index_settings, unpack_index, wants_lunr
from generator.build.tasks import Shared
from generator.build.wanted import digest_parts, index_ground
from generator.build.worker import Worker
from generator.config import Config
from generator.errors import SourceError
from generator.search.document import SearchDocument
from generator.search.record import SearchState
from generator.search.update import plan_search
from generator.state import read_facts, read_pages
from generator.text.address import quote_path
from generator.text.digests import digest_bytes

# More articles are better indexed by all cores.
_MOST_INDEXED = 100
_FOLDER = "search/"


def plan_delta(
    shared: Shared,
    worker: Worker,
    shelf: Shelf,
    state: Path,
    changed: Mapping[str, bytes],
    standing: AbstractSet[str],
) -> DeltaTask:
    """Plan the delta and make its documents. `changed` are the digests of the changed files, by path.

    `shared` is what the `worker` was given, `standing` what is published. Raises IncompleteError
    where more than a delta must be written.
    """
    before = unpack_index(read_facts(state, FACT).get(FACT, b""))
    if before is None or not before.files <= standing:
        raise IncompleteError(FACT)
    base = before.base.files
    rest = [file for file in standing if file.startswith(_FOLDER) and file not in base]
    wanted = _want(shared.config, shelf, changed, before)
    settings = index_settings(shared.config)
    plan = plan_search(before, wanted.pairs, settings)
    numbers = () if plan.is_current else plan.documents
    # A standard Lunr index, where there is one, holds all articles.
    is_whole = plan.is_base or (not plan.is_current and wants_lunr(shared.config, wanted))
    if is_whole or len(numbers) > _MOST_INDEXED:
        raise IncompleteError(FACT)
    return DeltaTask(
        state=state,
        output=shared.output,
        build=shared.build,
        program=shared.program,
        settings=settings,
        plan=structs.replace(plan, documents=tuple(range(len(plan.documents)))),
        chosen=tuple([wanted.pairs[at] for at in plan.documents]),
        documents=tuple(
            _read(shared, worker, shelf, [wanted.paths[at] for at in numbers], changed)
        ),
        known=read_pages(state, rest),
    )


def _read(
    shared: Shared, worker: Worker, shelf: Shelf, paths: Sequence[str], changed: Mapping[str, bytes]
) -> list[SearchDocument]:
    """Articles as search sees them. Raises IncompleteError where a file changed meanwhile."""
    if not paths:
        return []
    numbers = sorted(at for path in paths if (at := shelf.find(path)) is not None)
    shelf.load(numbers)
    try:
        documents = worker.make_documents([shelf.planned(at) for at in numbers])
    except SourceError as error:
        raise IncompleteError(str(error)) from error
    for path, digest in changed.items():
        if digest_bytes((shared.root / path).read_bytes()) != digest:
            raise IncompleteError(path)
    return documents


def _want(
    config: Config, shelf: Shelf, changed: Mapping[str, bytes], before: SearchState
) -> Wanted:
    """The articles that shall be found: as before, but for those that changed."""
    plan, frame = shelf.plan, shelf.frame
    digests = dict(zip(before.base.hrefs, before.digests, strict=True))
    if before.delta:
        digests |= zip(before.delta.hrefs, before.delta_digests, strict=True)
    ground = index_ground(config)
    hidden = frozenset(plan.unsearched)
    paths: list[str] = []
    pairs: list[tuple[str, str]] = []
    for at, (path, file) in enumerate(zip(plan.paths, plan.files, strict=True)):
        if at in hidden:
            continue
        href = quote_path(file)
        if path in changed:
            categories = shelf.planned(at).categories
            title = frame.terms[categories[0]].title if categories else None
            digest: str | None = digest_parts(ground, path, changed[path], title)
        else:
            digest = digests.get(href)
        if digest is None:
            raise IncompleteError(path)
        paths.append(path)
        pairs.append((href, digest))
    return Wanted(paths, pairs)
