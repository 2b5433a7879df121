"""What renders in workers: chunks of articles, and lists.

A worker gets small values and gives small values: bodies are read, rendered and staged where they
are, and only digests, summaries and diagnostics come back.
"""

from __future__ import annotations

import os
import pickle
import platform
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.documents import make_document
from generator.build.keys import Keys
from generator.build.profiling import Recorder, make_renderer
from generator.build.reading import article_source, body_renderer
from generator.build.rendered import ArticleData, Rendered, pack_data
from generator.build.tasks import CardTask, FeedTask, PageTask, Shared
from generator.build.teasers import TeaserPlace, TeaserStore
from generator.errors import BackfileError, OutputError, SourceError
from generator.model import diagnose
from generator.model.site import PlannedArticle, Redirect, Summary
from generator.publish import Stage, Staged, stage_folder
from generator.render import render_feed
from generator.search.document import SearchDocument
from generator.source.body import Body, Source
from generator.text.digests import SIZE, digest_bytes

if TYPE_CHECKING:
    from generator.build.indexing import Indexer


def render_articles(shared: Path, chunk: Sequence[PlannedArticle]) -> list[Rendered]:
    """Render and stage articles. Raises ThemeError and OutputError; a bad article costs itself."""
    worker = _open_worker(shared)
    rendered = worker.render_batch(chunk)
    worker.write_index()
    worker.write_profile()
    return rendered


def index_articles(shared: Path, chunk: Sequence[PlannedArticle]) -> list[bool]:
    """Index articles whose pages stand as they are."""
    worker = _open_worker(shared)
    worker.index_batch(chunk)
    worker.write_index()
    return [True] * len(chunk)


def render_pages(shared: Path, chunk: Sequence[PageTask]) -> list[Staged]:
    """Render and stage list pages, feeds and redirects."""
    worker = _open_worker(shared)
    try:
        return worker.render_pages(chunk)
    finally:
        worker.write_profile()


@lru_cache(maxsize=1)
def _open_worker(shared: Path) -> Worker:
    """The process's one worker; templates are compiled once a build."""
    try:
        data = shared.read_bytes()
    except OSError as error:  # the worker is on another machine
        raise OutputError(
            f"a worker cannot read the output folder: {error.strerror}",
            path=f"{platform.node()}:{shared.parent}",
            hint="keep content and output on storage that all workers see by the same path",
        ) from error
    # The file is ours, written a moment ago by the process that started this one.
    values: Shared = pickle.loads(data)  # noqa: S301
    return Worker(values, shared.name)


class Worker:
    """One process's renderers. `mark` tells those of one process apart."""

    def __init__(self, shared: Shared, mark: str) -> None:
        self._root = str(shared.root)
        self._frame = shared.frame
        self._content = shared.config.content
        # Process numbers are unique on one machine only, and a process may serve several plans.
        name = f"{platform.node()}-{os.getpid()}-{mark}"
        stage = stage_folder(shared.output, shared.build)
        self._recorder = Recorder(stage, name) if shared.is_profiled else None
        program = shared.program if shared.reuses_templates else b""
        self.renderer = make_renderer(shared.theme, shared.frame, self._recorder, program)
        self.keys = Keys(shared.program, shared.config, self.renderer)
        self._bodies = body_renderer(
            shared.config.content, shared.config.markdown, self.renderer.message("remote_image")
        )
        self._stage = Stage(shared.output, shared.build, name)
        self.teasers = TeaserStore(stage, name, shared.config.site.zone)
        self._index: Indexer | None = None
        if shared.indexed:
            # It takes 0.1 s to load, and a process that indexes nothing has no use for it.
            from generator.build.indexing import Indexer  # noqa: PLC0415

            keeps = shared.keeps_documents
            self._index = Indexer(stage, name, shared.frame, shared.indexed, keeps_documents=keeps)

    def render_batch(self, batch: Sequence[PlannedArticle]) -> list[Rendered]:
        """Render articles step by step: all bodies, then all pages, and so on.

        Article by article, each step throws the others' code and tables out of the processor's
        caches; taken together they cost a fifth less.
        """
        done: list[Rendered | None] = [None] * len(batch)
        read: list[tuple[int, PlannedArticle, Body, bytes, Summary]] = []
        read_batch = self._read_measured if self._recorder else self._read
        for at, (planned, made) in enumerate(zip(batch, read_batch(batch), strict=True)):
            if isinstance(made, str):
                done[at] = fail_article(planned, made)
                continue
            body, data = made
            if self._index:
                self._index.add(planned, body.html)
            read.append((at, planned, body, data, body.summary))
        pages = [
            (
                planned.address.file,
                self.renderer.render_article(planned, html=body.html, summary=summary),
            )
            for _, planned, body, _, summary in read
        ]
        staged = self.stage(pages)
        places = self.teasers.write(
            [self.renderer.make_teaser(planned, summary) for _, planned, _, _, summary in read]
        )
        for (at, planned, body, source, summary), entry, place in zip(
            read, staged, places, strict=True
        ):
            digest = digest_bytes(source)
            found = (
                (diagnose("body/markdown-failed", planned.article.path),) if body.has_failed else ()
            )
            teaser_key = self.renderer.fingerprint_teaser(planned, summary)
            done[at] = Rendered(
                entry,
                self.keys.article(planned, digest),
                pack_data(teaser_key, ArticleData(summary, found)),
                bool(found),
                place,
                digest,
            )
        return [item for item in done if item]

    def _read(self, batch: Sequence[PlannedArticle]) -> list[tuple[Body, bytes] | str]:
        """Each article's body, rendered, and the bytes of its file; or what went wrong."""
        try:
            opened = [self._open(planned) for planned in batch]
            bodies = self._bodies.render_many([source for source, _ in opened])
            return [(body, data) for body, (_, data) in zip(bodies, opened, strict=True)]
        except (BackfileError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one bad article must not cost another
            if len(batch) == 1:
                return [f"{type(error).__name__}: {error}"]
            # One of them is bad: one by one tells which.
            return [made for planned in batch for made in self._read([planned])]

    def _read_measured(self, batch: Sequence[PlannedArticle]) -> list[tuple[Body, bytes] | str]:
        """The same one by one, for what each takes is to be known."""
        found: list[tuple[Body, bytes] | str] = []
        for planned in batch:
            start = time.perf_counter()
            found += self._read([planned])
            if self._recorder:
                seconds = time.perf_counter() - start
                self._recorder.add_article(planned.article.path, seconds, planned.article.size)
        return found

    def write_index(self) -> None:
        """Leave what was indexed."""
        if self._index:
            self._index.write()

    def write_profile(self) -> None:
        """Leave what was measured, where anything is."""
        if self._recorder:
            self._recorder.write()

    def _open(self, planned: PlannedArticle) -> tuple[Source, bytes]:
        """What rendering an article's body takes, and the bytes of its file."""
        path = f"{self._root}/{planned.article.path}"
        with open(path, "rb") as handle:  # noqa: PTH123 - once an article
            data = handle.read()
        return article_source(planned, data, self._content), data

    def index_batch(self, batch: Sequence[PlannedArticle]) -> None:
        """Index articles whose pages stand. Raises SourceError where one cannot be read any more."""
        for planned, html in self._read_bodies(batch):
            if self._index:
                self._index.add(planned, html)

    def make_documents(self, batch: Sequence[PlannedArticle]) -> list[SearchDocument]:
        """Articles as search sees them. Raises SourceError where one cannot be read any more."""
        terms = self._frame.terms
        return [make_document(planned, html, terms) for planned, html in self._read_bodies(batch)]

    def _read_bodies(self, batch: Sequence[PlannedArticle]) -> Iterator[tuple[PlannedArticle, str]]:
        for planned, made in zip(batch, self._read(batch), strict=True):
            if isinstance(made, str):
                raise SourceError(
                    f"the article cannot be indexed: {made}",
                    path=planned.article.path,
                    hint="build again; the old site stands as it was",
                )
            yield planned, made[0].html

    def render_pages(self, tasks: Sequence[PageTask]) -> list[Staged]:
        """Render and stage list pages, feeds and redirects."""
        try:
            return self.stage([self.render_page(task) for task in tasks])
        finally:
            self.teasers.close()

    def render_page(self, task: PageTask) -> tuple[str, bytes]:
        """A page's file and its bytes."""
        if isinstance(task, Redirect):
            return task.address.file, self.renderer.render_redirect(task)
        if isinstance(task, CardTask):
            return task.file, self.renderer.render_card(task.planned)
        if isinstance(task, FeedTask):
            return task.feed.address.file, render_feed(task.feed, task.entries, self._frame)
        teasers = [
            self.teasers.read(item) if isinstance(item, TeaserPlace) else item
            for item in task.teasers
        ]
        page = self.renderer.render_list(task.page, teasers, task.front)
        return task.page.address.file, page

    def stage(self, pages: Sequence[tuple[str, bytes]]) -> list[Staged]:
        """Stage rendered pages, each with its file."""
        return [self._stage.put(file, data) for file, data in pages]


def fail_article(planned: PlannedArticle, reason: str) -> Rendered:
    """What is said of an article that cannot be rendered."""
    finding = diagnose("article/unrenderable", planned.article.path, detail=reason)
    return Rendered(None, b"", pack_data(bytes(SIZE), ArticleData(Summary(""), (finding,))), True)
