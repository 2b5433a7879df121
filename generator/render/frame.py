"""What every page of a build shares, as one value small enough to send to each worker once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from generator import __version__
from generator.config import Config
from generator.model.site import CardForm, ListPage, PageKind, SitePlan, Taxonomy
from generator.render.cards import plan_cards
from generator.render.context import DateLink, FeedLink, Link, SiteContext
from generator.render.feed_plan import FeedPlan
from generator.render.messages import Translator
from generator.render.theme import SEARCH_TEMPLATE, Theme
from generator.text.address import quote_path

# The messages that name the indexes, in the order of the menu.
_INDEX_TITLES = {
    "category": "categories",
    "tag": "tags",
    "source": "sources",
    "dates": "dates",
    "undated": "undated",
}
_HOME = "index.html"
SEARCH_FILE = "search/index.html"
# Steps of a sparkline: enough for two years by month, and fine enough for thirty years.
_TREND_PARTS = 24


class SiteFrame(msgspec.Struct, frozen=True):
    """The frame of all pages. `terms`, `term_counts`, `term_trends` are parallel to `SitePlan.terms`.

    `indexes` gives the terms of each taxonomy, largest first; `index_pages` the index pages that
    exist, by taxonomy, `dates` and `undated`; `counts` the articles of the lists `home` and
    `undated`.
    """

    site: SiteContext
    base_url: str  # without a slash at its end; "" = not known
    base_path: str  # the folder the site lives in on its host: `/` or `/folder/`
    terms: tuple[Link, ...]
    term_counts: tuple[int, ...]
    term_trends: tuple[tuple[int, ...], ...]
    term_feeds: dict[int, tuple[FeedLink, ...]]
    indexes: dict[str, tuple[int, ...]]
    index_pages: dict[str, Link]
    dates: tuple[DateLink, ...]
    counts: dict[str, int]
    cards: CardForm | None = None  # None: the site has none


def frame_site(
    config: Config,
    plan: SitePlan,
    theme: Theme,
    feeds: Sequence[FeedPlan],
    form: CardForm = CardForm(),  # noqa: B008 - it is frozen
) -> SiteFrame:
    """Gather what all pages share; `form` is that of cards, should there be any.

    Raises ThemeError where the theme lacks a message.
    """
    translate = Translator(theme.messages, config.site.language)
    terms = tuple(
        Link(term.title, term.address.href if term.address else "") for term in plan.terms
    )
    index_pages = _find_index_pages(plan, translate)
    years = [group.year for group in plan.dates if not group.month]
    site = SiteContext(
        title=config.site.title,
        description=config.site.description,
        url=f"{config.site.base_url}/" if config.site.base_url else "",
        language=config.site.language,
        author=config.site.author,
        home=_HOME,
        menu=tuple(index_pages.values()),
        feeds=tuple(feed.link for feed in feeds if feed.term < 0),
        article_count=len(plan.articles),
        first_year=min(years, default=0),
        last_year=max(years, default=0),
        generator=f"Backfile {__version__}",
        params={**theme.params, **config.params},
        is_rtl=translate.formats.is_rtl,
        image=_find_image(config),
        search=SEARCH_FILE if config.search.enabled and SEARCH_TEMPLATE in theme.templates else "",
    )
    return SiteFrame(
        site=site,
        base_url=config.site.base_url,
        base_path=config.site.base_path,
        terms=terms,
        term_counts=tuple(len(term.members) for term in plan.terms),
        term_trends=tuple(_count_trends(plan)),
        term_feeds=_link_term_feeds(feeds),
        indexes=_index_terms(plan),
        index_pages=index_pages,
        dates=tuple(
            DateLink(
                group.year,
                group.month,
                group.day,
                group.count,
                group.address.href if group.address else "",
            )
            for group in plan.dates
        ),
        counts=_count_lists(plan.lists),
        cards=plan_cards(config, len(plan.articles), theme, form),
    )


def _find_image(config: Config) -> str:
    """Give the absolute address of the site's own picture; "" where there is none to give."""
    image, base_url = config.site.image, config.site.base_url
    if not image or urlsplit(image).scheme:
        return image
    return f"{base_url}/{quote_path(image.lstrip('/'))}" if base_url else ""


def _find_index_pages(plan: SitePlan, translate: Translator) -> dict[str, Link]:
    """Find the indexes that exist, in the order of the menu."""
    found: dict[str, str] = {}
    for page in plan.lists:
        if page.kind is PageKind.TERMS and page.taxonomy is not None:
            found[page.taxonomy.value] = page.address.href
        elif page.kind in (PageKind.DATES, PageKind.UNDATED) and page.number == page.last:
            found[page.kind.value] = page.address.href
    return {
        key: Link(translate(title), found[key])
        for key, title in _INDEX_TITLES.items()
        if key in found
    }


def _count_trends(plan: SitePlan) -> Iterator[tuple[int, ...]]:
    """Count each term's articles in equal parts of the archive's time; () where there is no time."""
    dates = [planned.article.date for planned in plan.articles]
    days = [date.toordinal() if date else 0 for date in dates]
    first = min((day for day in days if day), default=0)
    span = max(days, default=0) - first + 1
    parts = [(day - first) * _TREND_PARTS // span if day else -1 for day in days]
    for term in plan.terms:
        counts = [0] * _TREND_PARTS
        for at in term.members:
            if parts[at] >= 0:
                counts[parts[at]] += 1
        yield tuple(counts) if span > 1 and any(counts) else ()


def _link_term_feeds(feeds: Sequence[FeedPlan]) -> dict[int, tuple[FeedLink, ...]]:
    links: dict[int, tuple[FeedLink, ...]] = {}
    for feed in feeds:
        if feed.term >= 0:
            links[feed.term] = (*links.get(feed.term, ()), feed.link)
    return links


def _index_terms(plan: SitePlan) -> dict[str, tuple[int, ...]]:
    def rank(at: int) -> tuple[int, str, str]:
        term = plan.terms[at]
        return -len(term.members), term.title, term.key

    return {
        taxonomy.value: tuple(
            sorted(
                (at for at, term in enumerate(plan.terms) if term.taxonomy is taxonomy), key=rank
            )
        )
        for taxonomy in Taxonomy
    }


def _count_lists(pages: tuple[ListPage, ...]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for page in pages:
        if page.kind in (PageKind.HOME, PageKind.UNDATED):
            counts[page.kind.value] += len(page.items)
    return dict(counts)
