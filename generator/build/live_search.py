"""The search index of a live site: the few files that make up for what was saved since it was built.

The index is built behind, and takes as long as a build. Beside the base that it wrote, a change is
a small segment of its own (`generator.search.update`), made here in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from generator.build.documents import make_document
from generator.build.live_bodies import OutdatedError
from generator.build.live_pages import Pages
from generator.build.searching import FACT, index_settings, unpack_index
from generator.build.stamps import NO_STAMP, digest_program, stamp_or_none
from generator.build.wanted import digest_document, index_ground
from generator.errors import OutputError, SourceError
from generator.model.site import PlannedArticle, SitePlan
from generator.search.assets import client_name
from generator.search.document import SearchDocument
from generator.search.record import SearchState
from generator.search.runs import write_run
from generator.search.update import SearchPlan, plan_search
from generator.search.writing import build_search
from generator.state import Stamp, read_facts, state_file

# Reading and counting an article takes 2 ms; more than these wait for the build behind.
_MOST = 60
_State = tuple[Stamp, bytes, SearchState | None]


class LiveSearch:
    """Follows a site, one `update` at a time. `preview` is the folder that builds behind write."""

    def __init__(self, preview: Path) -> None:
        """Nothing is read yet."""
        self._preview = preview
        self._program = b""  # made when it is needed; it takes 20 ms
        self._built: _State = (NO_STAMP, b"", None)
        self._last: tuple[bytes, SitePlan, list[str]] | None = None
        self.files: Mapping[str, bytes] = {}

    def update(self, pages: Pages) -> bool:
        """Make `files`, which stand before those that were built; whether there are others now.

        Where nothing was built yet or too much has changed, that is left to the build behind.
        """
        if not pages.site.config.search.enabled:
            return False
        state = self._read_state(pages)
        if state is None:
            self._last = None
            return False
        wanted, articles = self._list_wanted(pages)
        settings = index_settings(pages.site.config)
        plan = plan_search(state, wanted, settings)
        if plan.is_base or len(plan.documents) > _MOST:
            return False
        try:
            documents = [_read(pages, articles[at]) for at in plan.documents]
        except (OutdatedError, SourceError):
            return False  # it will be told of, or is
        files = _build(pages, state, plan, wanted, documents)
        if files == self.files:
            return False
        self.files = files
        return True

    def is_built(self) -> bool:
        """Whether what was built behind says the same; then `files` are not needed any more."""
        files, self.files = self.files, {}
        pointer = max(files, key=_is_pointer, default="")
        try:
            return bool(pointer) and (self._preview / pointer).read_bytes() == files[pointer]
        except OSError:
            return False

    def _read_state(self, pages: Pages) -> SearchState | None:
        """What the last build behind left, where it was one of this program."""
        path = state_file(pages.site.state, self._preview)
        stamp = stamp_or_none(str(path))
        if stamp != self._built[0]:
            self._built = (stamp, *self._unpack(path))
        return self._built[2]

    def _unpack(self, path: Path) -> tuple[bytes, SearchState | None]:
        self._program = self._program or digest_program()
        try:
            facts = read_facts(path, "program", FACT)
        except OutputError:
            return b"", None
        if facts.get("program") != self._program:
            return b"", None
        packed = facts.get(FACT, b"")
        same = packed == self._built[1]
        return packed, self._built[2] if same else unpack_index(packed)

    def _list_wanted(self, pages: Pages) -> tuple[list[tuple[str, str]], list[PlannedArticle]]:
        """What search shall find, in the order of the plan."""
        plan, inputs = pages.grounds.plan, pages.grounds.content.inputs
        ground = index_ground(pages.site.config)
        last = self._last
        before = last[1] if last and last[0] == ground and last[1].terms is plan.terms else None
        # Patched: what is another object was saved. (All empty tuples are the same.)
        if last and before and len(before.articles) == len(plan.articles):
            digests = [
                known if planned is old else digest_document(ground, planned, plan.terms, inputs)
                for planned, old, known in zip(plan.articles, before.articles, last[2], strict=True)
            ]
        else:
            digests = [
                digest_document(ground, planned, plan.terms, inputs) for planned in plan.articles
            ]
        self._last = (ground, plan, digests)
        articles, wanted = [], []
        for planned, digest in zip(plan.articles, digests, strict=True):
            if planned.article.is_searchable:
                articles.append(planned)
                wanted.append((planned.address.href, digest))
        return wanted, articles


def _read(pages: Pages, planned: PlannedArticle) -> SearchDocument:
    """Raises OutdatedError and SourceError."""
    digest = pages.grounds.content.digest(planned.article.path)
    body, _ = pages.bodies.render(planned, digest)
    return make_document(planned, body.html, pages.frame.terms)


def _build(
    pages: Pages,
    state: SearchState,
    plan: SearchPlan,
    wanted: Sequence[tuple[str, str]],
    documents: Sequence[SearchDocument],
) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        runs = [write_run(documents, scratch, "live")] if documents else []
        made = build_search(
            state,
            # The segment of the last build is not looked at: the same one is made here.
            msgspec.structs.replace(plan, is_current=False),
            wanted,
            runs,
            settings=index_settings(pages.site.config),
            scratch=scratch,
            client=client_name(),
        )
        return {file.name: file.data for file in made}


def _is_pointer(name: str) -> bool:
    return name.count("/") == 1
