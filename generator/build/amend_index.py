"""The search index of a site in which a few articles changed: its delta, written anew."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from generator.build.kept import IncompleteError, Shelf
from generator.build.ledger import Ledger
from generator.build.searching import (
    FACT,
    Searching,
    Wanted,
    file_key,
    unpack_index,
)
from generator.build.wanted import digest_parts, index_ground
from generator.build.worker import Shared, index_articles, write_shared
from generator.config import Config
from generator.publish import Stage, Staged, stage_folder
from generator.search.assets import client_files
from generator.search.update import SearchState
from generator.state import KnownPage, read_facts, read_pages
from generator.text.address import quote_path
from generator.text.digests import digest_bytes

# More articles are better indexed by all cores.
_MOST_INDEXED = 100
_FOLDER = "search/"


class RenewedIndex(msgspec.Struct, frozen=True):
    """What became of the index: `gone` are files of it that nothing names any more."""

    staged: list[Staged]
    pages: dict[str, KnownPage]
    gone: frozenset[str]
    packed: bytes  # for the state


def renew_index(
    shared: Shared,
    shelf: Shelf,
    state: Path,
    changed: Mapping[str, bytes],
    standing: AbstractSet[str],
) -> RenewedIndex:
    """Write the delta. `changed` are the digests of the changed files, by path.

    `shared` is what workers are given, `standing` what is published. Raises IncompleteError where
    more than a delta must be written.
    """
    program, folder = shared.program, stage_folder(shared.output, shared.build)
    before = unpack_index(read_facts(state, FACT).get(FACT, b""))
    if before is None or not before.files <= standing:
        raise IncompleteError(FACT)
    base = before.base.files
    rest = [file for file in standing if file.startswith(_FOLDER) and file not in base]
    known = read_pages(state, rest)
    ledger = Ledger(shared.output, known, "")
    wanted = _want(shared.config, shelf, changed, before)
    searching = Searching(shared.config, wanted, ledger, before, program)
    if not searching.is_delta or len(searching.indexed) > _MOST_INDEXED:
        raise IncompleteError(FACT)
    _index(shared, shelf, searching.indexed, changed)
    staged, after = searching.renew(Stage(shared.output, shared.build, "index"), folder)
    names = after.files | {entry.file for entry in staged}
    names |= {file.name for file in client_files()}
    gone = frozenset(
        file
        for file, page in known.items()
        if file not in names and page.key == file_key(program, file)
    )
    return RenewedIndex(staged, ledger.pages, gone, msgspec.msgpack.encode(after))


def _index(
    shared: Shared, shelf: Shelf, paths: frozenset[str], changed: Mapping[str, bytes]
) -> None:
    """Leave a run of some articles. Raises IncompleteError where a file changed meanwhile."""
    if not paths:
        return
    numbers = sorted(at for path in paths if (at := shelf.find(path)) is not None)
    shelf.load(numbers)
    told = msgspec.structs.replace(shared, indexed=paths)
    folder = stage_folder(shared.output, shared.build)
    index_articles(write_shared(told, folder), [shelf.planned(at) for at in numbers])
    for path, digest in changed.items():
        if digest_bytes((shared.root / path).read_bytes()) != digest:
            raise IncompleteError(path)


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
