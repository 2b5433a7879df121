"""The search index of a build in full: planned for all articles, and those indexed late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.build.ledger import Ledger
from generator.build.options import Progress
from generator.build.searching import FACT, Searching, Wanted, file_key, unpack_index
from generator.build.site import Site
from generator.build.wanted import digest_document, index_ground
from generator.build.worker import index_articles
from generator.engine import Engine, Work, chunk_by_size, run_chunks
from generator.errors import SourceError
from generator.model.site import PlannedArticle, SitePlan
from generator.state import KnownInput, State


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


def index_late(
    engine: Engine, progress: Progress, shared: Path, articles: Sequence[PlannedArticle]
) -> None:
    """Index articles that were not rendered now."""
    chunks = chunk_by_size(articles, lambda planned: planned.article.size)
    list(run_chunks(engine, Work("index", index_articles, (shared,), _lose), chunks, progress))


def _lose(planned: PlannedArticle) -> bool:
    raise SourceError(
        "the process that indexed the article died",
        path=planned.article.path,
        hint="build with -j 1 to see the error, or set `search: false` in its front matter",
        code="engine/worker-died",
    )
