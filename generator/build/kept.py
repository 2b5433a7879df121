"""The plan as a build leaves it for the next: enough to make an article anew without planning.

Articles themselves are in the state, each with its reading. Kept here is what planning decides of
them together: their order and addresses, what is related, the lists that show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from generator.config import Config
from generator.model import Article, Diagnostic, Fate
from generator.model.site import (
    ListPage,
    Neighbour,
    PlannedArticle,
    Redirect,
    Related,
    SitePlan,
    Taxonomy,
)
from generator.plan.links import LinkMap, map_links
from generator.render import FeedPlan, FrontPlan, SiteFrame
from generator.state import KnownInput, Pool, read_facts, read_inputs, unpack_reading
from generator.text.address import Address

T = TypeVar("T")


class IncompleteError(Exception):
    """The state does not hold what it should."""


class _Front(msgspec.Struct, frozen=True, array_like=True):
    """A `FrontPlan` but for its day, which a moment alone would not give back."""

    sections: tuple[tuple[int, tuple[int, ...]], ...]
    past: tuple[int, ...]


class KeptPlan(msgspec.Struct, frozen=True, array_like=True):
    """What planning decided of articles. Numbers index `SitePlan.articles` and its terms."""

    paths: tuple[str, ...]
    files: tuple[str, ...]  # their pages
    dated: int  # how many have a date
    copied: tuple[str, ...]  # paths of those that have duplicates
    unsearched: tuple[int, ...]  # those that search shall not find
    terms: tuple[tuple[Taxonomy, str], ...]
    related: tuple[tuple[int, ...], ...]  # () for every article = none has any
    redirects: tuple[Redirect, ...]


def keep_plan(
    plan: SitePlan, frame: SiteFrame, feeds: Sequence[FeedPlan], front: FrontPlan
) -> dict[str, bytes]:
    """The facts that are kept; none where something has no form in the state."""
    planned = plan.articles
    number = {item.address.file: at for at, item in enumerate(planned)}
    kept = KeptPlan(
        paths=tuple([item.article.path for item in planned]),
        files=tuple(number),
        dated=sum(item.article.date is not None for item in planned),
        copied=tuple(
            outcome.reason.removeprefix("of ")
            for outcome in plan.outcomes
            if outcome.fate is Fate.DUPLICATE
        ),
        unsearched=tuple(at for at, item in enumerate(planned) if not item.article.is_searchable),
        terms=tuple((term.taxonomy, term.key) for term in plan.terms),
        related=tuple(
            [tuple([number[other.address.file] for other in item.related]) for item in planned]
        ),
        redirects=plan.redirects,
    )
    # Configurations may hold values that are not the same when they come back.
    bare = msgspec.structs.replace(frame.site, params={})
    encode = msgspec.msgpack.encode
    try:
        return {
            "plan": encode(kept),
            "bodies": encode([item.article.body_digest for item in planned]),
            "frame": encode(msgspec.structs.replace(frame, site=bare)),
            "lists": encode(plan.lists),
            "front": encode(_Front(front.sections, front.past)),
            "feeds": encode(feeds),
        }
    except UnicodeEncodeError:
        return {}


class Shelf:
    """The planned articles of the last build, each made again when it is asked for.

    Everything raises IncompleteError where the state does not hold what it should.
    """

    def __init__(
        self, state: Path, config: Config, params: Mapping[str, Any], static: Mapping[str, str]
    ) -> None:
        """Open a state file. `params` are those of theme and site, `static` the copied files."""
        self._state, self._config, self._params = state, config, params
        self._static = static
        self.plan = self._fact("plan", KeptPlan)
        self._numbers = {path: at for at, path in enumerate(self.plan.paths)}
        self._articles: dict[int, Article] = {}
        self._pool = Pool()

    def _fact(self, name: str, kind: type[T]) -> T:
        try:
            return msgspec.msgpack.decode(read_facts(self._state, name)[name], type=kind)
        except (KeyError, msgspec.MsgspecError) as error:
            raise IncompleteError(name) from error

    @cached_property
    def frame(self) -> SiteFrame:
        """What all pages share."""
        frame = self._fact("frame", SiteFrame)
        site = msgspec.structs.replace(frame.site, params=dict(self._params))
        return msgspec.structs.replace(frame, site=site)

    @cached_property
    def bodies(self) -> list[str]:
        """The `body_digest` of each article."""
        return self._fact("bodies", list[str])

    @cached_property
    def lists(self) -> tuple[ListPage, ...]:
        """The list pages."""
        return self._fact("lists", tuple[ListPage, ...])

    @cached_property
    def feeds(self) -> tuple[FeedPlan, ...]:
        """The feeds."""
        return self._fact("feeds", tuple[FeedPlan, ...])

    def front(self, today: datetime) -> FrontPlan:
        """What the front page shows beside the newest articles; `today` is the build's day."""
        front = self._fact("front", _Front)
        return FrontPlan(front.sections, front.past, today)

    def find(self, path: str) -> int | None:
        """The number of a published article, None where it is not published."""
        return self._numbers.get(path)

    def put(self, at: int, article: Article) -> None:
        """Let an article have a new state."""
        self._articles[at] = article

    def load(self, numbers: Iterable[int]) -> None:
        """Read articles, and those that their pages name, in one go."""
        wanted = set(numbers)
        for at in tuple(wanted):
            wanted.update(self._named(at))
        names = {self.plan.paths[at]: at for at in sorted(wanted - self._articles.keys())}
        found = read_inputs(self._state, names)
        for path, at in names.items():
            self._articles[at] = self._unpack(path, found)

    def _unpack(self, path: str, found: Mapping[str, KnownInput]) -> Article:
        try:
            reading = found[path].reading
            article, _ = unpack_reading(reading, self._config.site.zone, self._pool)
        except (KeyError, msgspec.MsgspecError) as error:
            raise IncompleteError(path) from error
        if article is None:
            raise IncompleteError(path)
        return article

    def _named(self, at: int) -> list[int]:
        """The articles that an article's page names."""
        last = self.plan.dated - 1
        beside = [at - 1] if 0 < at <= last else []
        beside += [at + 1] if at < last else []
        return [*beside, *self.plan.related[at]]

    def planned(self, at: int) -> PlannedArticle:
        """An article that was loaded, with all its page depends on."""
        article, plan = self._articles[at], self.plan
        last = plan.dated - 1
        return PlannedArticle(
            article=article,
            address=Address(plan.files[at]),
            categories=tuple([self._terms[Taxonomy.CATEGORY, key] for key in article.categories]),
            tags=tuple([self._terms[Taxonomy.TAG, key] for key in article.tags]),
            source=self._terms[Taxonomy.SOURCE, article.source] if article.source else -1,
            previous=self._neighbour(at + 1) if at < last else None,
            next=self._neighbour(at - 1) if 0 < at <= last else None,
            related=tuple([self._related(other) for other in plan.related[at]]),
            links=self.answer(at)[0],
        )

    def answer(self, at: int) -> tuple[dict[str, Address], list[Diagnostic]]:
        """Where an article's links lead, and what is found of those that lead nowhere."""
        article = self._articles[at]
        if not article.links:
            return {}, []
        return self._links.answer(article, Address(self.plan.files[at]))

    @cached_property
    def _terms(self) -> dict[tuple[Taxonomy, str], int]:
        return {term: number for number, term in enumerate(self.plan.terms)}

    @cached_property
    def _links(self) -> LinkMap:
        plan = self.plan
        return map_links(
            zip(plan.paths, map(Address, plan.files), strict=True),
            self.lists,
            plan.redirects,
            self._static,
            self._config.site.base_folder,
        )

    def _neighbour(self, at: int) -> Neighbour:
        return Neighbour(self._articles[at].title, Address(self.plan.files[at]))

    def _related(self, at: int) -> Related:
        article = self._articles[at]
        return Related(article.title, Address(self.plan.files[at]), article.date)
