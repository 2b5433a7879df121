"""What the front page shows besides the newest articles: sections, and this day in past years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from generator.model.site import SitePlan, Taxonomy
from generator.render.context import Teaser

_SECTIONS = 6
_SECTION_ARTICLES = 3
_PAST_YEARS = 6


class FrontPlan(msgspec.Struct, frozen=True):
    """Which articles the front page shows where. Numbers index `SitePlan.articles`.

    `sections`: index of a category in `SitePlan.terms`, and its articles.
    """

    sections: tuple[tuple[int, tuple[int, ...]], ...]
    past: tuple[int, ...]
    today: datetime

    @property
    def items(self) -> list[int]:
        """All of these articles."""
        return [*(at for _, items in self.sections for at in items), *self.past]


class Front(msgspec.Struct, frozen=True):
    """A FrontPlan with the teasers in place of the articles."""

    sections: tuple[tuple[int, tuple[Teaser, ...]], ...]
    past: tuple[Teaser, ...]
    today: datetime


def plan_front(plan: SitePlan, now: datetime) -> FrontPlan:
    """Choose: of the largest categories the newest articles, of this day one of each past year.

    An article stands on the page once; the front page's own list comes first. `now` is the build's
    clock in the site's zone, of which the page knows the day, so that it stays the same for one.
    """
    today = day_of(now)
    shown = {at for page in plan.lists if page.is_front for at in page.items}
    past: dict[int, int] = {}
    for at, planned in enumerate(plan.articles):
        date = planned.article.date
        if date is None or date.year >= today.year:
            continue
        if (date.month, date.day) == (today.month, today.day) and at not in shown:
            past.setdefault(date.year, at)
    chosen = tuple(past.values())[:_PAST_YEARS]
    shown.update(chosen)
    return FrontPlan(tuple(_choose_sections(plan, shown)), chosen, today)


def day_of(now: datetime) -> datetime:
    """The day of the build, as a front page knows it."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _choose_sections(plan: SitePlan, shown: set[int]) -> list[tuple[int, tuple[int, ...]]]:
    categories = [
        (at, term)
        for at, term in enumerate(plan.terms)
        if term.taxonomy is Taxonomy.CATEGORY and term.address
    ]
    categories.sort(key=lambda pair: (-len(pair[1].members), pair[1].title, pair[1].key))
    sections = []
    for at, term in categories[:_SECTIONS] if len(categories) > 1 else ():
        items = tuple([member for member in term.members if member not in shown])
        if items:
            sections.append((at, items[:_SECTION_ARTICLES]))
            shown.update(items[:_SECTION_ARTICLES])
    return sections


def fill_front(front: FrontPlan, teaser_of: Callable[[int], Teaser | None]) -> Front:
    """Put teasers where the plan has numbers; an article without one is left out."""

    def take(items: Sequence[int]) -> tuple[Teaser, ...]:
        return tuple([teaser for at in items if (teaser := teaser_of(at))])

    return Front(
        tuple((at, take(items)) for at, items in front.sections), take(front.past), front.today
    )
