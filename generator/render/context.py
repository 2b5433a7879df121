"""The typed context of every template. `docs/themes.md` explains it for theme makers.

Every `href` here is relative to the site's root: a template writes `{{ root }}{{ link.href }}`,
where `root` is the way up from the page (`../../`). Every `url` is absolute.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from markupsafe import Markup


class Link(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A named link inside the site. The `href` of a term without a page of its own is ""."""

    title: str
    href: str


class DatedLink(msgspec.Struct, frozen=True, gc=False):
    """An article named on another one's page."""

    title: str
    href: str
    date: datetime | None


class TermLink(msgspec.Struct, frozen=True, gc=False):
    """A category, tag or source with its number of articles. `href` is "" where it has no page."""

    title: str
    href: str
    count: int  # 0 on the older pages of the term
    trend: tuple[int, ...] = ()  # articles in each of 24 equal parts of the archive's time


class FeedLink(msgspec.Struct, frozen=True, gc=False):
    """A feed for `<link rel="alternate">`."""

    title: str
    href: str
    type: str  # media type
    label: str = ""  # the format's name: RSS, Atom, JSON Feed


class SiteContext(msgspec.Struct, frozen=True):
    """`site`: the same on every page."""

    title: str
    description: str
    url: str  # absolute address of the front page; "" where the site does not know its address
    language: str
    author: str
    home: str  # href
    menu: tuple[Link, ...]  # indexes that exist: categories, tags, sources, dates, undated
    feeds: tuple[FeedLink, ...]
    article_count: int
    first_year: int  # 0 = no dated article
    last_year: int
    generator: str  # "Backfile 0.1.0"
    params: dict[str, Any]  # [params] of backfile.toml
    search: str = ""  # href of the search page, "" = no search
    is_rtl: bool = False  # its language is written from right to left
    image: str = ""  # absolute address of the picture for previews of links, "" = none


class PageContext(msgspec.Struct, frozen=True):
    """`page`: what `<head>` and the frame need."""

    kind: str  # article, home, term, terms, year, month, day, dates, undated, not-found, redirect
    title: str
    description: str
    url: str  # canonical, absolute; "" where the site does not know its address
    language: str
    breadcrumbs: tuple[Link, ...]  # from the front page down, the page itself left out
    href: str = ""  # the page's own
    section: str = ""  # href of the menu's entry this page belongs to
    taxonomy: str = ""  # of a term and of all terms: category, tag, source
    newer: str = ""  # href of the newer page or article
    older: str = ""
    feeds: tuple[FeedLink, ...] = ()  # of this page, before the site's
    noindex: bool = False
    image: str = (
        ""  # absolute address of the article's first picture where the site holds it, or card
    )
    card: str = ""  # svg or png where `image` is a card made of the headline
    json_ld: Markup = Markup()  # schema.org, ready for <script type="application/ld+json">


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A heading inside an article."""

    title: str
    level: int  # 1 to 6, as in the HTML
    anchor: str  # its id


class ArticleContext(msgspec.Struct, frozen=True):
    """`article`: one whole article."""

    title: str
    content: Markup  # clean HTML
    contents: tuple[Heading, ...]  # the headings in `content` that links can lead to
    date: datetime | None
    has_time: bool  # False: only the day is known
    day: str  # href of the day's page, "" = none
    updated: datetime | None
    source: Link | None  # the publisher; its href is "" where the site makes no page for it
    source_url: str  # the original's address, absolute
    authors: tuple[str, ...]
    categories: tuple[Link, ...]  # without counts: a new article must not change an old page
    tags: tuple[Link, ...]
    description: str
    image: str  # absolute address or href of the first picture, "" = none
    language: str
    characters: int
    minutes: int  # reading time
    previous: Link | None  # the older one
    next: Link | None  # the newer one
    related: tuple[DatedLink, ...]  # those that share rare words, the closest first
    is_draft: bool
    extra: dict[str, Any]  # other front matter


class CardContext(msgspec.Struct, frozen=True, gc=False):
    """`card`: what the picture made of an article's headline shows."""

    title: str
    lines: tuple[str, ...]  # the title as it is to be set: balanced lines of at most 1,040 units
    size: int  # of their type, in units
    date: datetime | None
    category: str  # the first one's title, "" = none
    source: str  # the publisher, "" = none
    language: str


class Teaser(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article in a list.

    `pieces` is what the theme's `teaser.html` makes of it, cut where `root` belongs, so that it
    is made once an article and not once a list: `{{ item.pieces|rooted(root) }}`.
    """

    title: str
    href: str
    date: datetime | None
    has_time: bool
    excerpt: str
    source: Link | None
    category: Link | None
    is_draft: bool
    pieces: tuple[str, ...] = ()


class Pager(msgspec.Struct, frozen=True, gc=False):
    """Where a list page stands. Pages are numbered from the oldest, so that an old one stays as it is."""

    number: int
    last: int  # the number of the newest page, told on that page alone: elsewhere 0
    newer: str  # href, "" = this is the newest page
    older: str
    newest: str
    oldest: str


class DateLink(msgspec.Struct, frozen=True, gc=False):
    """A year, month or day with its number of articles; `month` and `day` are 0 where they do not count."""

    year: int
    month: int
    day: int
    count: int
    href: str


class Day(msgspec.Struct, frozen=True, gc=False):
    """A day in a calendar. `shade` goes from 0 (no article) to 4 (the fullest days)."""

    day: int
    count: int
    href: str
    shade: int


class Month(msgspec.Struct, frozen=True, gc=False):
    """A month as a calendar; weeks start on Monday."""

    year: int
    month: int
    count: int
    href: str
    offset: int  # days of the first week that belong to the month before
    days: tuple[Day, ...]  # every day of the month


class Bar(msgspec.Struct, frozen=True, gc=False):
    """A month or year in a timeline. Places and sizes are in per cent of the chart, from its top."""

    title: str
    href: str
    count: int
    x: float
    y: float
    width: float
    height: float


class Tick(msgspec.Struct, frozen=True, gc=False):
    """The start of a year on a timeline."""

    title: str
    href: str
    x: float


class Timeline(msgspec.Struct, frozen=True, gc=False):
    """How many articles each month holds, or each year of a very long archive."""

    bars: tuple[Bar, ...]  # those that hold articles, oldest first
    ticks: tuple[Tick, ...]
    title: str  # "2003年3月 – 2021年12月"
    most: int  # articles of the highest bar


class HeatDay(msgspec.Struct, frozen=True, gc=False):
    """A day of a heat map. Its place is in per cent of the chart; `shade` is that of a Day."""

    title: str
    href: str
    count: int
    shade: int
    x: float
    y: float


class HeatMap(msgspec.Struct, frozen=True, gc=False):
    """A year as a sheet of days: a column a week, Monday on top; `side` is a day's width."""

    days: tuple[HeatDay, ...]  # every day of the year
    ticks: tuple[Tick, ...]  # the months
    title: str
    most: int  # articles of the fullest day
    side: float


class DayGroup(msgspec.Struct, frozen=True):
    """Articles of one day that follow one another in a list; `date` is the first one's."""

    date: datetime | None
    items: tuple[Teaser, ...]


class Section(msgspec.Struct, frozen=True):
    """A category on the front page with its newest articles."""

    term: TermLink
    items: tuple[Teaser, ...]


class ListContext(msgspec.Struct, frozen=True):
    """`listing`: one page of a list (home, term, month, day, undated).

    Whatever changes when a newer article comes is on the newest page alone: an older page keeps
    its bytes, so that a new article does not cost a rendering of the whole archive.
    """

    title: str
    count: int  # articles in the whole list; 0 on its older pages
    items: tuple[Teaser, ...]
    pager: Pager
    days: tuple[DayGroup, ...] = ()  # the same articles, day by day
    term: TermLink | None = None
    earlier: Link | None = None  # the day or month before that holds articles
    later: Link | None = None
    month: Month | None = None  # of a month: its calendar
    years: tuple[DateLink, ...] = ()  # home: all years
    terms: tuple[TermLink, ...] = ()  # home: the largest categories
    sections: tuple[Section, ...] = ()  # home: categories with their newest articles
    past: tuple[Teaser, ...] = ()  # home: articles of this day in past years, newest first
    today: datetime | None = None  # home: the day of the build, for `past`
    timeline: Timeline | None = None  # home: the whole archive


class TermsContext(msgspec.Struct, frozen=True):
    """`index`: all terms of a taxonomy, largest first."""

    title: str
    taxonomy: str  # category, tag, source
    terms: tuple[TermLink, ...]


class DatesContext(msgspec.Struct, frozen=True):
    """`calendar`: all years with their months, or one year with its months and days."""

    title: str
    year: int  # 0 = all years
    count: int
    years: tuple[DateLink, ...]
    months: tuple[DateLink, ...]
    grids: tuple[Month, ...]  # one year: its months as calendars, those without articles left out
    earlier: Link | None = None  # the year before that holds articles
    later: Link | None = None
    timeline: Timeline | None = None  # all years
    heat: HeatMap | None = None  # one year
