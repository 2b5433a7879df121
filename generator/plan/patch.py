"""A plan in which one article changed and nothing moved: the same as planning anew, at no cost.

Planning costs some 25 µs an article, too long between a key stroke and its page in an archive of a
hundred thousand. Most edits leave every address, list and order as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from generator.model import Article, Diagnostic, Fate
from generator.model.site import Neighbour, PlannedArticle, SitePlan, Taxonomy
from generator.plan.links import LinkMap, map_links
from generator.plan.selection import identity
from generator.text.address import Address

# What may differ between two states of an article without moving anything in the plan.
_FREE = frozenset(
    (
        "title",
        "updated",
        "source_url",
        "authors",
        "description",
        "language",
        "is_searchable",
        "adapter",
        "links",
        "body_start",
        "body_digest",
        "size",
        "is_sound",
        "extra",
    )
)
_FIXED = tuple(name for name in Article.__struct_fields__ if name not in _FREE)


def moves_nothing(old: Article, new: Article) -> bool:
    """Whether two states of an article differ in nothing that may move anything."""
    return all(getattr(old, name) == getattr(new, name) for name in _FIXED)


class Patcher:
    """Changes single articles of one plan. Made once a plan; what it looks up is made when asked for."""

    def __init__(self, plan: SitePlan, base_folder: str, static: Mapping[str, str]) -> None:
        """`base_folder` and `static` are those that the plan was made with."""
        self._base_folder, self._static = base_folder, static
        self._places = {planned.article.path: at for at, planned in enumerate(plan.articles)}
        self._owners = {identity(planned.article): at for at, planned in enumerate(plan.articles)}
        self._copied = {
            outcome.reason.removeprefix("of ")
            for outcome in plan.outcomes
            if outcome.fate is Fate.DUPLICATE
        }
        self._links: LinkMap | None = None

    def find(self, path: str) -> int | None:
        """Where an article stands in `SitePlan.articles`, None where it is not published."""
        return self._places.get(path)

    def patch(self, plan: SitePlan, article: Article) -> SitePlan | None:
        """The plan with an article in its new state; None where the site must be planned anew.

        `plan` is the one this was made for, or what it was patched to.
        """
        at = self._places.get(article.path)
        if at is None:
            return None
        old = plan.articles[at]
        if not moves_nothing(old.article, article):
            return None
        if old.article.title != article.title and article.aliases:
            return None  # redirects carry the title
        if identity(article) != identity(old.article):
            if article.path in self._copied or identity(article) in self._owners:
                return None
            self._owners.pop(identity(old.article), None)
            self._owners[identity(article)] = at
        articles = list(plan.articles)
        answers, broken = self._answer(plan, old, article)
        articles[at] = msgspec.structs.replace(old, article=article, links=answers)
        if old.article.title != article.title:
            _rename_neighbours(articles, at)
        return msgspec.structs.replace(
            plan,
            articles=tuple(articles),
            diagnostics=_exchange(plan.diagnostics, article.path, broken),
        )

    def guess(self, plan: SitePlan, article: Article) -> SitePlan | None:
        """The plan with an article in its new state where it stood, until the site is planned anew.

        None where it did not stand anywhere. Terms that are new to the site are left out.
        """
        at = self._places.get(article.path)
        if at is None:
            return None
        old = plan.articles[at]
        answers, _ = self._answer(plan, old, article)
        numbers = {(term.taxonomy, term.key): number for number, term in enumerate(plan.terms)}
        articles = list(plan.articles)
        articles[at] = msgspec.structs.replace(
            old,
            article=article,
            categories=_known(numbers, Taxonomy.CATEGORY, article.categories),
            tags=_known(numbers, Taxonomy.TAG, article.tags),
            source=numbers.get((Taxonomy.SOURCE, article.source), -1),
            links=answers,
        )
        return msgspec.structs.replace(plan, articles=tuple(articles))

    def _answer(
        self, plan: SitePlan, old: PlannedArticle, article: Article
    ) -> tuple[dict[str, Address], list[Diagnostic] | None]:
        """Where its links lead, and which lead nowhere; None = as before."""
        if article.links == old.article.links:
            return old.links, None
        if self._links is None:
            self._links = map_links(
                [(planned.article.path, planned.address) for planned in plan.articles],
                plan.lists,
                plan.redirects,
                self._static,
                self._base_folder,
            )
        return self._links.answer(article, old.address)


def _known(
    numbers: Mapping[tuple[Taxonomy, str], int], taxonomy: Taxonomy, keys: Sequence[str]
) -> tuple[int, ...]:
    return tuple(numbers[taxonomy, key] for key in keys if (taxonomy, key) in numbers)


def _rename_neighbours(articles: list[PlannedArticle], at: int) -> None:
    """Tell the articles beside one its new title."""
    planned = articles[at]
    beside = Neighbour(planned.article.title, planned.address)
    if planned.next is not None:
        articles[at - 1] = msgspec.structs.replace(articles[at - 1], previous=beside)
    if planned.previous is not None:
        articles[at + 1] = msgspec.structs.replace(articles[at + 1], next=beside)


def _exchange(
    known: tuple[Diagnostic, ...], path: str, broken: list[Diagnostic] | None
) -> tuple[Diagnostic, ...]:
    if broken is None:
        return known
    kept = [note for note in known if note.path != path or note.code != "link/broken"]
    return tuple(sorted((*kept, *broken)))
