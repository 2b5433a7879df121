"""Indexing in workers: documents of rendered articles → runs on the stage."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

from generator.model.site import PlannedArticle
from generator.render import SiteFrame
from generator.render.context import Link
from generator.search.combine import combine_runs
from generator.search.document import SearchDocument
from generator.search.extract import visible_text
from generator.search.runs import Run, remove_run, write_run

# The folder on the stage where runs wait to be merged.
RUNS = "runs"


def make_document(planned: PlannedArticle, html: str, terms: Sequence[Link]) -> SearchDocument:
    """An article as search sees it. `html` is its clean body; `terms` are the frame's."""
    article = planned.article
    date = article.date.replace(tzinfo=None).isoformat() if article.date else ""
    return SearchDocument(
        href=planned.address.href,
        title=article.title,
        text=visible_text(html),
        date=date if article.has_time else date[:10],
        category=article.categories[0] if article.categories else "",
        category_title=terms[planned.categories[0]].title if planned.categories else "",
        tags=article.tags,
        source=article.source,
        language=article.language,
    )


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


def read_runs(folder: Path) -> list[Run]:
    """The runs that workers left on the stage `folder`, in the order of their names."""
    # Written by this build's workers a moment ago.
    return [pickle.loads(path.read_bytes()) for path in sorted((folder / RUNS).glob("*.run"))]  # noqa: S301


def combine_groups(groups: Sequence[Sequence[Run]]) -> list[bool]:
    """Make one run of each group, in the place of its runs. Done twice, it is done once."""
    for runs in groups:
        path = Path(f"{runs[0].path}+")
        entry = Path(f"{path}.run")
        if not entry.exists():
            combined = combine_runs(runs, path)
            unfinished = Path(f"{path}.unfinished")
            unfinished.write_bytes(pickle.dumps(combined))
            unfinished.replace(entry)
        for run in runs:
            Path(f"{run.path}.run").unlink(missing_ok=True)
            remove_run(run)
    return [True] * len(groups)
