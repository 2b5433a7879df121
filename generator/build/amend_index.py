"""The search index of a site in which a few articles changed: its delta, written anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from generator.build.kept import IncompleteError, Shelf
from generator.build.ledger import Ledger
from generator.build.searching import (
    Searching,
    Wanted,
    digest_article,
    digest_ground,
    file_key,
    unpack_index,
)
from generator.build.site import Site
from generator.build.worker import index_articles
from generator.publish import Stage, Staged
from generator.search.assets import client_files
from generator.search.update import SearchState
from generator.state import KnownPage, read_pages
from generator.text.address import quote_path

# More articles are better indexed by all cores.
_MOST_INDEXED = 100
_FOLDER = "search/"


class RenewedIndex(msgspec.Struct, frozen=True):
    """What became of the index: `gone` are files of it that nothing names any more."""

    staged: list[Staged]
    pages: dict[str, KnownPage]
    gone: frozenset[str]
    packed: bytes  # for the state


class AmendedIndex:
    """Plans the delta and writes it."""

    def __init__(
        self,
        site: Site,
        shelf: Shelf,
        searching: Searching,
        ledger: Ledger,
        known: Mapping[str, KnownPage],
        program: bytes,
    ) -> None:
        """Take what `open_amended` found. `known` are the files that may go."""
        self._site, self._shelf, self._searching = site, shelf, searching
        self._ledger, self._known, self._program = ledger, known, program
        self.indexed = searching.indexed

    def renew(
        self, shared: Path, folder: Path, build: str, rendered: Collection[int]
    ) -> RenewedIndex:
        """Write the delta. `rendered` are the numbers of the articles that workers have indexed."""
        found = [self._shelf.find(path) for path in self.indexed]
        late = sorted(at for at in found if at is not None and at not in rendered)
        if late:
            self._shelf.load(late)
            index_articles(shared, [self._shelf.planned(at) for at in late])
        stage = Stage(self._site.output, build, "index")
        staged, state = self._searching.renew(stage, folder)
        wanted = state.files | {entry.file for entry in staged}
        wanted |= {file.name for file in client_files()}
        gone = frozenset(
            file
            for file, page in self._known.items()
            if file not in wanted and page.key == file_key(self._program, file)
        )
        return RenewedIndex(staged, self._ledger.pages, gone, msgspec.msgpack.encode(state))


def open_amended(
    site: Site,
    shelf: Shelf,
    changed: Mapping[str, bytes],
    standing: AbstractSet[str],
    facts: Mapping[str, bytes],
    state: Path,
    program: bytes,
) -> AmendedIndex:
    """Plan the delta. `changed` are the digests of the changed files, by path.

    Raises IncompleteError where more than a delta must be written.
    """
    before = unpack_index(facts.get("search", b""))
    if before is None or not before.files <= standing:
        raise IncompleteError("search")
    base = before.base.files
    rest = [file for file in standing if file.startswith(_FOLDER) and file not in base]
    known = read_pages(state, rest)
    ledger = Ledger(site.output, known, "")
    wanted = _want(site, shelf, changed, before)
    searching = Searching(site, wanted, ledger, before, program)
    if not searching.is_delta or len(searching.indexed) > _MOST_INDEXED:
        raise IncompleteError("search")
    return AmendedIndex(site, shelf, searching, ledger, known, program)


def _want(site: Site, shelf: Shelf, changed: Mapping[str, bytes], before: SearchState) -> Wanted:
    """The articles that shall be found: as before, but for those that changed."""
    plan, frame = shelf.plan, shelf.frame
    digests = dict(zip(before.base.hrefs, before.digests, strict=True))
    if before.delta:
        digests |= zip(before.delta.hrefs, before.delta_digests, strict=True)
    ground = digest_ground(site.config)
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
            digest: str | None = digest_article(ground, path, changed[path], title)
        else:
            digest = digests.get(href)
        if digest is None:
            raise IncompleteError(path)
        paths.append(path)
        pairs.append((href, digest))
    return Wanted(paths, pairs)
