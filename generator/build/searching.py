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
from generator.build.site import Site
from generator.build.wanted import digest_document, index_ground, index_settings
from generator.build.worker import index_articles
from generator.config import Config
from generator.engine import Engine, Work, chunk_by_size, run_chunks
from generator.errors import SourceError
from generator.model import Diagnostic, diagnose
from generator.model.site import PlannedArticle, SitePlan
from generator.publish import Stage, Staged
from generator.search.assets import client_files, client_name
from generator.search.document import SearchDocument
from generator.search.files import IndexFile
from generator.search.lunr_json import MOST_ARTICLES, MOST_BYTES, lunr_files
from generator.search.runs import Run
from generator.search.update import SearchState, build_search, plan_search
from generator.state import KnownInput, State
from generator.text.digests import digest

FACT = "search"  # the state's name for what the last build left
_LUNR = ("search/lunr.json", "search/lunr-bigrams.js")


class Wanted(msgspec.Struct, frozen=True):
    """The articles that shall be found, newest first.

    `pairs` are their hrefs, each with the digest of all that search sees; `paths` their sources;
    `size` the bytes of these, 0 where few of them are known to have changed.
    """

    paths: list[str]
    pairs: list[tuple[str, str]]
    size: int = 0

    @property
    def is_small(self) -> bool:
        """Whether a standard Lunr index of them is of any use."""
        return 0 < len(self.paths) <= MOST_ARTICLES and self.size <= MOST_BYTES


def open_index(
    site: Site,
    plan: SitePlan,
    inputs: Mapping[str, KnownInput],
    ledger: Ledger,
    state: State,
    program: bytes,
) -> Searching:
    """Plan the index of a whole site, on what the last build left of it if all its files stand."""
    enabled = site.config.search.enabled
    articles = [p for p in plan.articles if p.article.is_searchable and enabled]
    ground = index_ground(site.config)
    wanted = Wanted(
        [planned.article.path for planned in articles],
        [
            (planned.address.href, digest_document(ground, planned, plan.terms, inputs))
            for planned in articles
        ],
        sum(planned.article.size for planned in articles),
    )
    before = unpack_index(state.facts.get(FACT, b""))
    if before and not all(ledger.standing(file, file_key(program, file)) for file in before.files):
        before = None
    return Searching(site.config, wanted, ledger, before, program)


def unpack_index(packed: bytes) -> SearchState | None:
    """What a build left of the index in its state; None where that is nothing."""
    try:
        return msgspec.msgpack.decode(packed, type=SearchState)
    except msgspec.MsgspecError:
        return None


def file_key(program: bytes, file: str) -> bytes:
    """The key of a file of the index. Its name holds what it is made of, but not who made it."""
    return digest(b"search", program, file.encode())


class Searching:
    """Plans the index before rendering and makes it afterwards.

    `indexed` are the paths of the articles that workers must index.
    """

    def __init__(
        self,
        config: Config,
        wanted: Wanted,
        ledger: Ledger,
        state: SearchState | None,
        program: bytes,
    ) -> None:
        """Decide what to index. Nothing where the site wants no search."""
        search = config.search
        self._config, self._ledger = search, ledger
        self._settings = index_settings(config)
        self._wanted, self._program, self._state = wanted.pairs, program, state
        self._size, self._is_small = wanted.size, wanted.is_small
        self._plan = plan_search(self._state, self._wanted, self._settings)
        self._lunr_key = digest(b"lunr", program, repr((self._settings, self._wanted)).encode())
        kept = [ledger.keep(file, self._lunr_key) for file in _LUNR]
        is_small = search.lunr_json and wanted.is_small
        self._lunr = [staged for staged in kept if staged]
        self.keeps_documents = is_small and len(self._lunr) < len(_LUNR)
        numbers: Sequence[int] = () if self._plan.is_current else self._plan.documents
        if self.keeps_documents:
            numbers = range(len(self._wanted))
        self.indexed = frozenset(wanted.paths[at] for at in numbers)

    @property
    def is_delta(self) -> bool:
        """Whether what is written is a delta alone, or nothing."""
        return not self._plan.is_base and not self.keeps_documents

    def finish(self, stage: Stage, folder: Path) -> tuple[list[Staged], bytes]:
        """Stage the files of the index, the pointer last; and what the next build must know.

        `folder` is where workers left the runs of what is `indexed`.
        """
        if not self._config.enabled:
            return [], b""
        staged = [self._put(stage, file) for file in client_files()]
        staged += self._stage_lunr(stage, folder)
        made, state = self.renew(stage, folder)
        names = {entry.file for entry in (*made, *staged)}
        for file in sorted(state.files - names):
            kept = self._ledger.keep(file, file_key(self._program, file))
            if kept is not None:
                staged.append(kept)
        # Two segments may hold a shard of the same content, and so of the same name.
        files = {entry.file: entry for entry in (*staged, *made)}
        return list(files.values()), msgspec.msgpack.encode(state)

    def renew(self, stage: Stage, folder: Path) -> tuple[list[Staged], SearchState]:
        """Stage what is new in the index, the pointer last; other files of the state stand."""
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
        while True:
            try:
                file = next(generator)
            except StopIteration as end:
                state: SearchState = end.value
                return made, state
            made.append(self._put(stage, file))

    def diagnostics(self) -> list[Diagnostic]:
        """Why there is no standard Lunr index, where there is none."""
        search = self._config
        if not search.enabled or not search.lunr_json or self._is_small or not self._wanted:
            return []
        detail = f"{len(self._wanted):,} articles"
        if len(self._wanted) <= MOST_ARTICLES:
            detail = f"{self._size // 1024 // 1024} MB"
        return [diagnose("search/no-lunr-json", ".", detail=detail)]

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

    def _put(self, stage: Stage, file: IndexFile) -> Staged:
        key = file_key(self._program, file.name)
        kept = self._ledger.keep(file.name, key) if "/client/" not in file.name else None
        # Names of shards carry a hash of their content; the pointer's does not.
        if kept is not None and file.name.count("/") > 1:
            return kept
        staged = stage.put(file.name, file.data)
        self._ledger.enter(staged, key)
        return staged


def index_late(
    engine: Engine, progress: Progress, shared: Path, articles: Sequence[PlannedArticle]
) -> None:
    """Index articles that were not rendered now."""
    chunks = chunk_by_size(articles, lambda planned: planned.article.size)
    list(run_chunks(engine, Work("index", index_articles, (shared,), _lose), chunks, progress))


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
