"""What a profiled build cost, by template and by article."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import msgspec

_SLOWEST = 10


class TemplateCost(msgspec.Struct, frozen=True):
    """How often a template was filled in, and the seconds that took all together.

    A template's time holds that of those it includes, but not that of teasers.
    """

    template: str
    pages: int
    seconds: float


class ArticleCost(msgspec.Struct, frozen=True):
    """The seconds from an article's file to its page, and the bytes of the file."""

    path: str
    seconds: float
    bytes: int


class Profile(msgspec.Struct, frozen=True):
    """The templates, the dearest first, and the slowest articles."""

    templates: tuple[TemplateCost, ...] = ()
    articles: tuple[ArticleCost, ...] = ()


def join_profiles(profiles: Iterable[Profile]) -> Profile:
    """Add up what several processes measured."""
    pages: dict[str, int] = {}
    seconds: dict[str, float] = {}
    articles: list[ArticleCost] = []
    for profile in profiles:
        for cost in profile.templates:
            pages[cost.template] = pages.get(cost.template, 0) + cost.pages
            seconds[cost.template] = seconds.get(cost.template, 0.0) + cost.seconds
        articles = heapq.nlargest(
            _SLOWEST, (*articles, *profile.articles), key=lambda cost: (cost.seconds, cost.path)
        )
    names = sorted(pages, key=lambda name: (-seconds[name], name))
    templates = tuple(TemplateCost(name, pages[name], round(seconds[name], 6)) for name in names)
    return Profile(
        templates,
        tuple(msgspec.structs.replace(cost, seconds=round(cost.seconds, 6)) for cost in articles),
    )
