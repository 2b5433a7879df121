"""Indexing in workers: documents of rendered articles → runs on the stage."""

from __future__ import annotations

import pickle
from pathlib import Path

from generator.build.documents import make_document
from generator.build.searching import RUNS
from generator.model.site import PlannedArticle
from generator.render import SiteFrame
from generator.search.document import SearchDocument
from generator.search.runs import write_run


class Indexer:
    """Collects the documents of a chunk and writes them as one run. `name` tells processes apart.

    `indexed` are the paths of the articles to index; `keeps_documents` leaves the documents
    themselves too, for a whole Lunr index.
    """

    def __init__(
        self,
        stage: Path,
        name: str,
        frame: SiteFrame,
        indexed: frozenset[str],
        *,
        keeps_documents: bool,
    ) -> None:
        self._folder, self._name, self._terms = stage / RUNS, name, frame.terms
        self._indexed, self._keeps_documents = indexed, keeps_documents
        self._documents: list[SearchDocument] = []
        self._count = 0

    def add(self, planned: PlannedArticle, html: str) -> None:
        """Take an article's document, if it is wanted. `html` is its clean body."""
        if planned.article.path in self._indexed:
            self._documents.append(make_document(planned, html, self._terms))

    def write(self) -> None:
        """Write what was collected as a run."""
        if not self._documents:
            return
        self._count += 1
        self._folder.mkdir(exist_ok=True)
        name = f"{self._name}-{self._count}"
        run = write_run(self._documents, self._folder, name)
        if self._keeps_documents:
            (self._folder / f"{name}.documents").write_bytes(pickle.dumps(self._documents))
        (self._folder / f"{name}.run").write_bytes(pickle.dumps(run))
        self._documents = []
