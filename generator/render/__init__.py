"""Values → bytes: pages through a theme, feeds, sitemaps. Nothing here touches the output folder.

A build goes this way:

1. `load_theme` reads a theme once into a frozen `Theme`.
2. `plan_feeds` says which feeds shall exist; `frame_site` gathers what all pages share into a
   frozen `SiteFrame`. Both values go to the workers, once each.
3. Every process makes one `Renderer(theme, frame)` and calls `render_article`, `render_list`,
   `render_card`, `render_redirect`, `render_not_found`.
4. `render_feed`, `render_sitemaps`, `render_robots` and `render_headers` need no renderer.

`Theme.assets` are files to publish under fingerprinted names. All errors are ThemeError.
"""

from generator.render.assets import Asset
from generator.render.cards import card_file, explain_cards, has_own_picture
from generator.render.context import Teaser
from generator.render.feed_plan import FeedPlan, plan_feeds
from generator.render.feeds import render_feed
from generator.render.frame import SEARCH_FILE, SiteFrame, frame_site
from generator.render.front import Front, FrontPlan, day_of, fill_front, plan_front
from generator.render.headers import HEADERS_FILE, render_headers
from generator.render.pages import NOT_FOUND_FILE, Renderer
from generator.render.sitemap import ROBOTS_FILE, SITEMAP_FILE, render_robots, render_sitemaps
from generator.render.teasers import pack_teaser, unpack_teaser
from generator.render.theme import Theme, load_theme

__all__ = [
    "HEADERS_FILE",
    "NOT_FOUND_FILE",
    "ROBOTS_FILE",
    "SEARCH_FILE",
    "SITEMAP_FILE",
    "Asset",
    "FeedPlan",
    "Front",
    "FrontPlan",
    "Renderer",
    "SiteFrame",
    "Teaser",
    "Theme",
    "card_file",
    "day_of",
    "explain_cards",
    "fill_front",
    "frame_site",
    "has_own_picture",
    "load_theme",
    "pack_teaser",
    "plan_feeds",
    "plan_front",
    "render_feed",
    "render_headers",
    "render_robots",
    "render_sitemaps",
    "unpack_teaser",
]
