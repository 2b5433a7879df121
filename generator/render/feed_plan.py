"""Which feeds a site has, where they are written, and how pages link to them.

Feeds need absolute addresses, so there are none while `site.base_url` is not known; and none for
a list without a dated article, for a feed is a row of dated entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import msgspec

from generator.config import Config
from generator.model.site import SitePlan, Taxonomy
from generator.render.context import FeedLink
from generator.text.address import Address

_HOME = Address("index.html")


class FeedKind(msgspec.Struct, frozen=True):
    """One format of feeds."""

    file: str
    type: str  # media type
    label: str


FEED_KINDS: dict[str, FeedKind] = {
    "rss": FeedKind("feed.xml", "application/rss+xml", "RSS"),
    "atom": FeedKind("atom.xml", "application/atom+xml", "Atom"),
    "json": FeedKind("feed.json", "application/feed+json", "JSON Feed"),
}


class FeedPlan(msgspec.Struct, frozen=True):
    """One feed that shall exist. `items` index `SitePlan.articles`, newest first, all dated."""

    kind: str  # rss, atom or json
    address: Address
    page: Address  # the list it belongs to
    title: str
    items: tuple[int, ...]
    term: int = -1  # index SitePlan.terms, -1 = the whole site

    @property
    def link(self) -> FeedLink:
        """How a page names the feed."""
        kind = FEED_KINDS[self.kind]
        return FeedLink(f"{self.title} ({kind.label})", self.address.href, kind.type, kind.label)


def plan_feeds(config: Config, plan: SitePlan) -> tuple[FeedPlan, ...]:
    """Say which feeds shall exist: the site's, then those of the categories that have pages.

    Where an article or a redirect already stands at a feed's address, the feed gives way.
    """
    if not config.site.base_url:
        return ()
    limit = config.feeds.limit
    found: list[FeedPlan] = []
    if newest := _newest(range(len(plan.articles)), plan, limit):
        for kind in config.feeds.formats:
            address = feed_address(_HOME, kind)
            found.append(FeedPlan(kind, address, _HOME, config.site.title, newest))
    for at, term in enumerate(plan.terms):
        if term.taxonomy is not Taxonomy.CATEGORY or term.address is None:
            continue
        if newest := _newest(term.members, plan, limit):
            title = f"{term.title} – {config.site.title}"
            for kind in config.feeds.category_formats:
                address = feed_address(term.address, kind)
                found.append(FeedPlan(kind, address, term.address, title, newest, at))
    taken = _taken(plan)
    return tuple(feed for feed in found if feed.address.folded not in taken)


def feed_address(page: Address, kind: str) -> Address:
    """Give a list's feed its address: `a/feed.xml` for `a/index.html` and for `a.html`."""
    folder = page.file.removesuffix("index.html")
    if folder.endswith(".html"):
        folder = folder.removesuffix(".html") + "/"
    return Address(folder + FEED_KINDS[kind].file)


def _newest(members: Iterable[int], plan: SitePlan, limit: int) -> tuple[int, ...]:
    dated = (at for at in members if plan.articles[at].article.date is not None)
    return tuple(islice(dated, limit))


def _taken(plan: SitePlan) -> frozenset[str]:
    files = tuple(kind.file for kind in FEED_KINDS.values())
    pages = [planned.address for planned in plan.articles]
    pages += [redirect.address for redirect in plan.redirects]
    return frozenset(page.folded for page in pages if page.folded.endswith(files))
