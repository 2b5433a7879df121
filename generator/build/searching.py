"""The search index of one build: what must be indexed, and the files it becomes.

Workers index articles while they render them and leave runs on the stage; here they are merged.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from generator.build.indexing import RUNS
from generator.build.ledger import Ledger
from generator.build.options import Progress
from generator.build.rendered import Rendered
from generator.build.site import Site
from generator.build.wanted import digest_document, index_ground, index_settings
from generator.build.worker import index_articles
from generator.engine import Engine, Work, chunk_by_size, run_chunks
from generator.errors import SourceError
from generator.model import Diagnostic, diagnose
from generator.model.site import PlannedArticle, SitePlan
from generator.publish import Stage, Staged, stage_folder
from generator.search.assets import client_files, client_name
from generator.search.document import SearchDocument
from generator.search.files import IndexFile
from generator.search.lunr_json import MOST_ARTICLES, lunr_files
from generator.search.runs import Run
from generator.search.update import SearchState, build_search, plan_search
from generator.state import KnownInput, State
from generator.text.digests import digest

FACT = "search"  # the state's name for what the last build left
_LUNR = ("search/lunr.json", "search/lunr-bigrams.js")


class Searching:
    """Plans the index before rendering and makes it afterwards.

    `indexed` are the paths of the articles that workers must index.
    """

    def __init__(
        self,
        site: Site,
        plan: SitePlan,
        inputs: Mapping[str, KnownInput],
        ledger: Ledger,
        state: State,
        program: bytes,
    ) -> None:
        """Decide what to index. Nothing where the site wants no search."""
        search = site.config.search
        self._site, self._ledger = site, ledger
        self._settings = index_settings(site.config)
        self._articles = [p for p in plan.articles if p.article.is_searchable and search.enabled]
        ground = index_ground(site.config)
        self._wanted = [
            (planned.address.href, digest_document(ground, planned, plan.terms, inputs))
            for planned in self._articles
        ]
        self._program = program
        self._state = self._usable(state.facts.get(FACT, b""))
        self._plan = plan_search(self._state, self._wanted, self._settings)
        self._lunr_key = digest(b"lunr", program, repr((self._settings, self._wanted)).encode())
        kept = [ledger.keep(file, self._lunr_key) for file in _LUNR]
        is_small = search.lunr_json and 0 < len(self._articles) <= MOST_ARTICLES
        self._lunr = [staged for staged in kept if staged]
        self.keeps_documents = is_small and len(self._lunr) < len(_LUNR)
        numbers: Sequence[int] = () if self._plan.is_current else self._plan.documents
        if self.keeps_documents:
            numbers = range(len(self._articles))
        self.indexed = frozenset(self._articles[at].article.path for at in numbers)

    def finish(
        self,
        engine: Engine,
        progress: Progress,
        shared: Path,
        stage: Stage,
        build: str,
        rendered: Mapping[str, Rendered],
    ) -> tuple[list[Staged], bytes]:
        """Stage the files of the index, the pointer last; and what the next build must know.

        `rendered` are the articles of this build by path; those that were not rendered anew are
        indexed now.
        """
        if not self._site.config.search.enabled:
            return [], b""
        folder = stage_folder(self._site.output, build)
        late = [
            planned
            for planned in self._articles
            if planned.article.path in self.indexed and not rendered[planned.article.path].source
        ]
        chunks = chunk_by_size(late, lambda planned: planned.article.size)
        list(run_chunks(engine, Work("index", index_articles, (shared,), _lose), chunks, progress))
        staged = [self._put(stage, file) for file in client_files()]
        staged += self._stage_lunr(stage, folder)
        made: list[Staged] = []
        generator = build_search(
            self._state,
            self._plan,
            self._wanted,
            _runs(folder),
            settings=self._settings,
            scratch=folder,
            client=client_name(),
        )
        try:
            while True:
                made.append(self._put(stage, next(generator)))
        except StopIteration as end:
            state: SearchState = end.value
        names = {entry.file for entry in (*made, *staged)}
        for file in sorted(state.files - names):
            kept = self._ledger.keep(file, self._key(file))
            if kept is not None:
                staged.append(kept)
        # Two segments may hold a shard of the same content, and so of the same name.
        files = {entry.file: entry for entry in (*staged, *made)}
        return list(files.values()), msgspec.msgpack.encode(state)

    def diagnostics(self) -> list[Diagnostic]:
        """Why there is no standard Lunr index, where there is none."""
        search = self._site.config.search
        if not search.enabled or not search.lunr_json or len(self._articles) <= MOST_ARTICLES:
            return []
        return [diagnose("search/no-lunr-json", ".", detail=f"{len(self._articles):,} articles")]

    def _stage_lunr(self, stage: Stage, folder: Path) -> list[Staged]:
        if not self.keeps_documents:
            return self._lunr
        documents = _documents(folder)
        ordered = [documents[href] for href, _ in self._wanted]
        staged = []
        for file in lunr_files(ordered, self._settings):
            entry = stage.put(file.name, file.data)
            self._ledger.enter(entry, self._lunr_key)
            staged.append(entry)
        return staged

    def _usable(self, packed: bytes) -> SearchState | None:
        """What the last build left, if all its files stand."""
        try:
            state = msgspec.msgpack.decode(packed, type=SearchState)
        except msgspec.MsgspecError:
            return None
        standing = self._ledger.standing
        return state if all(standing(file, self._key(file)) for file in state.files) else None

    def _key(self, file: str) -> bytes:
        """Of a file of the index. Its name holds what it is made of, but not who made it."""
        return digest(b"search", self._program, file.encode())

    def _put(self, stage: Stage, file: IndexFile) -> Staged:
        kept = (
            self._ledger.keep(file.name, self._key(file.name))
            if "/client/" not in file.name
            else None
        )
        # Names of shards carry a hash of their content; the pointer's does not.
        if kept is not None and file.name.count("/") > 1:
            return kept
        staged = stage.put(file.name, file.data)
        self._ledger.enter(staged, self._key(file.name))
        return staged


def _runs(folder: Path) -> list[Run]:
    # Written by this build's workers a moment ago.
    return [pickle.loads(path.read_bytes()) for path in sorted((folder / RUNS).glob("*.run"))]  # noqa: S301


def _documents(folder: Path) -> dict[str, SearchDocument]:
    found: dict[str, SearchDocument] = {}
    for path in sorted((folder / RUNS).glob("*.documents")):
        kept: list[SearchDocument] = pickle.loads(path.read_bytes())  # noqa: S301 - as above
        found |= {document.href: document for document in kept}
    return found


def _lose(planned: PlannedArticle) -> bool:
    raise SourceError(
        "the process that indexed the article died",
        path=planned.article.path,
        hint="build with -j 1 to see the error, or set `search: false` in its front matter",
        code="engine/worker-died",
    )
