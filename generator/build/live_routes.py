"""Which files a site has, and what each is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from generator.build.site import Site
from generator.build.static import StaticFile
from generator.model.site import ListPage, Redirect, SitePlan
from generator.render import (
    HEADERS_FILE,
    NOT_FOUND_FILE,
    ROBOTS_FILE,
    SEARCH_FILE,
    SITEMAP_FILE,
    Asset,
    FeedPlan,
    SiteFrame,
    card_file,
)


class CardRoute(msgspec.Struct, frozen=True, gc=False):
    """The card of the article at a place of the plan."""

    at: int


Route = int | CardRoute | ListPage | Redirect | FeedPlan | Asset | StaticFile | str
"""An article is a number in `SitePlan.articles`; a file of the site as a whole is its own name."""


def find_routes(
    site: Site,
    plan: SitePlan,
    static: Sequence[StaticFile],
    frame: SiteFrame,
    feeds: Sequence[FeedPlan],
) -> Iterator[tuple[str, Route]]:
    """Every file but parts of the sitemap; of two of one name, the later one is published."""
    for asset in site.theme.assets:
        yield asset.file, asset
    yield from ((planned.address.file, at) for at, planned in enumerate(plan.articles))
    yield from ((page.address.file, page) for page in plan.lists)
    if (form := frame.cards) is not None:
        for at, planned in enumerate(plan.articles):
            if card := card_file(planned.address.file, form):
                yield card, CardRoute(at)
    yield from ((redirect.address.file, redirect) for redirect in plan.redirects)
    yield from ((feed.address.file, feed) for feed in feeds)
    yield NOT_FOUND_FILE, NOT_FOUND_FILE
    yield HEADERS_FILE, HEADERS_FILE
    if frame.site.search:
        yield SEARCH_FILE, SEARCH_FILE
    if site.config.site.base_url:
        yield ROBOTS_FILE, ROBOTS_FILE
        yield SITEMAP_FILE, SITEMAP_FILE
    for file in static:
        yield file.file, file
