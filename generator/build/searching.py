"""The search index of one build: what must be indexed, and the files it becomes.

Workers index articles while they render them and leave runs on the stage; here they are merged.
What merges them takes 60 ms to load, and is loaded where it is used: to plan takes none of it.
"""

from __future__ import annotations

import pickle
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.build.ledger import Ledger
from generator.config import Config
from generator.model import Diagnostic, diagnose
from generator.publish import Stage, Staged
from generator.search.assets import client_files, client_name
from generator.search.document import MOST_BYTES, MOST_IN_LUNR, SearchDocument, SearchSettings
from generator.search.files import IndexFile
from generator.search.record import SearchState
from generator.search.update import plan_search
from generator.text.digests import digest

if TYPE_CHECKING:
    from generator.search.runs import Run

# The folder on the stage where runs wait to be merged.
RUNS = "runs"
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
        return 0 < len(self.paths) <= MOST_IN_LUNR and self.size <= MOST_BYTES


def unpack_index(packed: bytes) -> SearchState | None:
    """What a build left of the index in its state; None where that is nothing."""
    try:
        return msgspec.msgpack.decode(packed, type=SearchState)
    except msgspec.MsgspecError:
        return None


def index_settings(config: Config) -> SearchSettings:
    """`[search]` as far as the index depends on it."""
    search = config.search
    return SearchSettings(
        title_boost=search.title_boost,
        body_boost=search.body_boost,
        shard_size=search.shard_size,
        file_budget=search.file_budget,
    )


def wants_lunr(config: Config, wanted: Wanted) -> bool:
    """Whether there shall be a standard Lunr index."""
    return config.search.lunr_json and wanted.is_small


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
        self._lunr: list[Staged] = []
        self.keeps_documents = False
        if wants_lunr(config, wanted):
            self._lunr_key = digest(b"lunr", program, repr((self._settings, self._wanted)).encode())
            kept = [ledger.keep(file, self._lunr_key) for file in _LUNR]
            self._lunr = [staged for staged in kept if staged]
            self.keeps_documents = len(self._lunr) < len(_LUNR)
        numbers: Sequence[int] = () if self._plan.is_current else self._plan.documents
        if self.keeps_documents:
            numbers = range(len(self._wanted))
        self.indexed = frozenset(wanted.paths[at] for at in numbers)

    def finish(self, stage: Stage, folder: Path) -> tuple[list[Staged], bytes]:
        """Stage the files of the index, the pointer last; and what the next build must know.

        `folder` is where workers left the runs of what is `indexed`.
        """
        if not self._config.enabled:
            return [], b""
        from generator.search.writing import build_search  # noqa: PLC0415 - see above

        ledger, program = self._ledger, self._program
        staged = [stage_file(stage, file, ledger, program) for file in client_files()]
        staged += self._stage_lunr(stage, folder)
        files = build_search(
            self._state,
            self._plan,
            self._wanted,
            read_runs(folder),
            settings=self._settings,
            scratch=folder,
            client=client_name(),
        )
        made, state = stage_index(stage, files, ledger, program)
        names = {entry.file for entry in (*made, *staged)}
        for file in sorted(state.files - names):
            kept = ledger.keep(file, file_key(program, file))
            if kept is not None:
                staged.append(kept)
        # Two segments may hold a shard of the same content, and so of the same name.
        entries = {entry.file: entry for entry in (*staged, *made)}
        return list(entries.values()), msgspec.msgpack.encode(state)

    def diagnostics(self) -> list[Diagnostic]:
        """Why there is no standard Lunr index, where there is none."""
        search = self._config
        if not search.enabled or not search.lunr_json or self._is_small or not self._wanted:
            return []
        detail = f"{len(self._wanted):,} articles"
        if len(self._wanted) <= MOST_IN_LUNR:
            detail = f"{self._size // 1024 // 1024} MB"
        return [diagnose("search/no-lunr-json", ".", detail=detail)]

    def _stage_lunr(self, stage: Stage, folder: Path) -> list[Staged]:
        if not self.keeps_documents:
            return self._lunr
        from generator.search.lunr_json import lunr_files  # noqa: PLC0415 - see above

        documents = _documents(folder)
        ordered = [documents[href] for href, _ in self._wanted]
        staged = []
        for file in lunr_files(ordered, self._settings):
            entry = stage.put(file.name, file.data)
            self._ledger.enter(entry, self._lunr_key)
            staged.append(entry)
        return staged


def stage_index(
    stage: Stage, files: Generator[IndexFile, None, SearchState], ledger: Ledger, program: bytes
) -> tuple[list[Staged], SearchState]:
    """Stage what is new in an index, the pointer last; other files of the state stand."""
    made: list[Staged] = []
    while True:
        try:
            file = next(files)
        except StopIteration as end:
            state: SearchState = end.value
            return made, state
        made.append(stage_file(stage, file, ledger, program))


def stage_file(stage: Stage, file: IndexFile, ledger: Ledger, program: bytes) -> Staged:
    """Stage a file of the index where it does not stand already."""
    key = file_key(program, file.name)
    kept = ledger.keep(file.name, key) if "/client/" not in file.name else None
    # Names of shards carry a hash of their content; the pointer's does not.
    if kept is not None and file.name.count("/") > 1:
        return kept
    staged = stage.put(file.name, file.data)
    ledger.enter(staged, key)
    return staged


def read_runs(folder: Path) -> list[Run]:
    """The runs that workers left on the stage `folder`, in the order of their names."""
    # Written by this build's workers a moment ago.
    return [pickle.loads(path.read_bytes()) for path in sorted((folder / RUNS).glob("*.run"))]  # noqa: S301


def _documents(folder: Path) -> dict[str, SearchDocument]:
    found: dict[str, SearchDocument] = {}
    for path in sorted((folder / RUNS).glob("*.documents")):
        kept: list[SearchDocument] = pickle.loads(path.read_bytes())  # noqa: S301 - as above
        found |= {document.href: document for document in kept}
    return found
