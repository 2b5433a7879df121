"""Planning a site as a build does: what may be published, and which addresses are taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.build.options import BuildOptions
from generator.build.static import StaticFile
from generator.config import Config
from generator.model import Article
from generator.model.site import SitePlan
from generator.plan import PlanOptions, make_plan
from generator.render import (
    HEADERS_FILE,
    NOT_FOUND_FILE,
    ROBOTS_FILE,
    SEARCH_FILE,
    SITEMAP_FILE,
)
from generator.render.feed_plan import FEED_KINDS

# Files that belong to the site as a whole, and to no article.
_RESERVED = (
    HEADERS_FILE,
    NOT_FOUND_FILE,
    SITEMAP_FILE,
    ROBOTS_FILE,
    SEARCH_FILE,
    *(kind.file for kind in FEED_KINDS.values()),
)


def plan_options(options: BuildOptions) -> PlanOptions:
    """What may be published, of all that a build is asked."""
    return PlanOptions(options.clock, options.drafts, options.future, options.expired)


def plan_site(
    articles: Sequence[Article], config: Config, asked: PlanOptions, static: Iterable[StaticFile]
) -> SitePlan:
    """Plan all pages, beside the files that are there anyway."""
    return make_plan(articles, config, asked, reserved=_RESERVED, static=map_static(static))


def map_static(static: Iterable[StaticFile]) -> dict[str, str]:
    """The files that are published as they are, each with its path from the site's root."""
    return {entry.file: entry.source for entry in static}
