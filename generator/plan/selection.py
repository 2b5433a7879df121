"""Which articles are published, and what becomes of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter

import msgspec

from generator.model import Article, Diagnostic, Fate, diagnose
from generator.model.site import Outcome

Identity = tuple[str, datetime | None, tuple[str, ...], str]


class PlanOptions(msgspec.Struct, frozen=True):
    """What a build may include beside finished articles. `now` is an aware moment."""

    now: datetime
    drafts: bool = False
    future: bool = False
    expired: bool = False


class Duplicate(msgspec.Struct, frozen=True, gc=False):
    """An article that is in the archive under another path as well."""

    article: Article
    original: str  # path of the article that is published


class Selection(msgspec.Struct, frozen=True):
    """The articles to publish, newest first with undated ones last, and the rest."""

    articles: tuple[Article, ...]
    duplicates: tuple[Duplicate, ...]
    outcomes: tuple[Outcome, ...]
    diagnostics: tuple[Diagnostic, ...]


def select(articles: Sequence[Article], options: PlanOptions) -> Selection:
    """Sort out drafts, future, expired and duplicate articles; `articles` in order of precedence."""
    kept: dict[Identity, Article] = {}
    duplicates: list[Duplicate] = []
    outcomes: list[Outcome] = []
    diagnostics: list[Diagnostic] = []
    for article in articles:
        fate = held_back(article, options)
        if fate is not None:
            outcomes.append(Outcome(article.path, fate))
            continue
        original = kept.setdefault(identity(article), article)
        if original is not article:
            duplicates.append(Duplicate(article, original.path))
            outcomes.append(Outcome(article.path, Fate.DUPLICATE, reason=f"of {original.path}"))
            diagnostics.append(diagnose("article/duplicate", article.path, detail=original.path))
    return Selection(
        _in_order(kept.values()), tuple(duplicates), tuple(outcomes), tuple(diagnostics)
    )


def identity(article: Article) -> Identity:
    """What two copies of one article share."""
    return article.title, article.date, article.categories, article.body_digest


def held_back(article: Article, options: PlanOptions) -> Fate | None:
    """Why an article is not published yet or any more; None = it may be."""
    if article.is_draft and not options.drafts:
        return Fate.DRAFT
    if article.date is not None and article.date > options.now and not options.future:
        return Fate.FUTURE
    if article.expires is not None and article.expires <= options.now and not options.expired:
        return Fate.EXPIRED
    return None


def _in_order(articles: Iterable[Article]) -> tuple[Article, ...]:
    dated: list[tuple[datetime, str, Article]] = []
    undated: list[tuple[str, Article]] = []
    for article in articles:
        if article.date is None:
            undated.append((article.path, article))
        else:
            dated.append((article.date, article.path, article))
    dated.sort(key=itemgetter(0, 1), reverse=True)
    undated.sort(key=itemgetter(0))
    return (*(entry[2] for entry in dated), *(entry[1] for entry in undated))
