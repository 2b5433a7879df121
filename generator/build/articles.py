"""The pages of articles: those whose keys have changed are rendered, the others stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from generator.build.keys import Keys
from generator.build.ledger import Ledger, keep_page
from generator.build.options import Progress
from generator.build.rendered import Rendered, unpack_data
from generator.build.worker import fail_article, render_articles
from generator.engine import Engine, Work, chunk_by_size, run_chunks
from generator.model.site import PlannedArticle
from generator.publish import Staged
from generator.state import KnownInput, State


class Articles:
    """Renders the articles of one build, once or, where some are taken out, again."""

    def __init__(
        self,
        engine: Engine,
        progress: Progress,
        ledger: Ledger,
        inputs: Mapping[str, KnownInput],
        state: State,
    ) -> None:
        self._engine, self._progress, self._ledger = engine, progress, ledger
        self._inputs, self._state = inputs, state
        self._done: dict[str, Rendered] = {}  # by article's path: rendered in this build
        self._glances: dict[str, bytes] = {}

    def render(
        self, articles: Sequence[PlannedArticle], keys: Keys, shared: Path
    ) -> list[Rendered]:
        """What rendering gave or had given, in the order of `articles`."""
        is_first = self._ledger.changed == "program" and not self._done
        standing = [None if is_first else self._standing(planned, keys) for planned in articles]
        stale = [planned for planned, known in zip(articles, standing, strict=True) if not known]
        work = Work("render", render_articles, (shared,), _lose)
        chunks = chunk_by_size(stale, lambda planned: planned.article.size)
        fresh = run_chunks(self._engine, work, chunks, self._progress)
        rendered = [known or next(fresh) for known in standing]
        self._done = {
            planned.article.path: item
            for planned, item in zip(articles, rendered, strict=True)
            if item.staged
        }
        return rendered

    def _standing(self, planned: PlannedArticle, keys: Keys) -> Rendered | None:
        """The page as it was rendered before, where it would come out the same."""
        path, file = planned.article.path, planned.address.file
        done = self._done.get(path)
        known = self._state.pages.get(file)
        source = self._inputs.get(path)
        if source is None or not (done or (known and known.subject == path)):
            return None
        glance = keys.glance(planned, source.digest, source.reading) if source.reading else b""
        if not done and known and glance and glance == known.glance:
            page = known if self._ledger.is_whole(file, known) else None
        else:
            key = keys.article(planned, source.digest)
            if done and done.key == key and done.staged and done.staged.file == file:
                return done
            page = self._ledger.standing(file, key, path)
        if page is None:
            return None
        self._glances[path] = glance
        try:
            data = unpack_data(page.data)
        except msgspec.MsgspecError:
            return None
        return Rendered(keep_page(file, page), page.key, page.data, bool(data.diagnostics))

    def enter(
        self, articles: Sequence[PlannedArticle], rendered: Sequence[Rendered], keys: Keys
    ) -> list[Staged]:
        """Enter the pages in the ledger."""
        staged = []
        for planned, item in zip(articles, rendered, strict=True):
            if item.staged is None:
                continue
            staged.append(item.staged)
            file, path = item.staged.file, planned.article.path
            source = self._inputs.get(path)
            glance = self._glances.get(path, b"")
            if not item.source:
                known = self._state.pages[file]
                if known.glance != glance:
                    known = msgspec.structs.replace(known, glance=glance)
                self._ledger.pages[file] = known
                continue
            # A file that changed between scan and rendering has no glance: the two would not agree.
            if source and source.reading and source.digest == item.source:
                glance = keys.glance(planned, source.digest, source.reading)
            before = self._state.inputs.get(path)
            self._ledger.enter(
                item.staged,
                item.key,
                subject=path,
                data=item.data,
                glance=glance,
                has_new_source=bool(before and before.digest != item.source),
            )
        return staged


def _lose(planned: PlannedArticle) -> Rendered:
    return fail_article(planned, "the process that rendered it died")
