"""Files that belong to the site as a whole, and to no article."""

from __future__ import annotations

from generator.render import (
    HEADERS_FILE,
    NOT_FOUND_FILE,
    ROBOTS_FILE,
    SEARCH_FILE,
    SITEMAP_FILE,
)
from generator.render.feed_plan import FEED_KINDS

RESERVED = (
    HEADERS_FILE,
    NOT_FOUND_FILE,
    SITEMAP_FILE,
    ROBOTS_FILE,
    SEARCH_FILE,
    *(kind.file for kind in FEED_KINDS.values()),
)
