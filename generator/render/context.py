"""The typed context of every template. `docs/themes.md` explains it for theme makers.

Every `href` here is relative to the site's root: a template writes `{{ root }}{{ link.href }}`,
where `root` is the way up from the page (`../../`). Every `url` is absolute.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from markupsafe import Markup


class Link(msgspec.Struct, frozen=True, gc=False):
    """A named link inside the site. The `href` of a term without a page of its own is ""."""

    title: str
    href: str


class TermLink(msgspec.Struct, frozen=True, gc=False):
    """A category, tag or source with its number of articles. `href` is "" where it has no page."""

    title: str
    href: str
    count: int


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


class PageContext(msgspec.Struct, frozen=True):
    """`page`: what `<head>` and the frame need."""

    kind: str  # article, home, term, terms, year, month, day, dates, undated, not-found, redirect
    title: str
    description: str
    url: str  # canonical, absolute; "" where the site does not know its address
    language: str
    breadcrumbs: tuple[Link, ...]  # from the front page down, the page itself left out
    newer: str = ""  # href of the newer page or article
    older: str = ""
    feeds: tuple[FeedLink, ...] = ()  # of this page, before the site's
    noindex: bool = False


class ArticleContext(msgspec.Struct, frozen=True):
    """`article`: one whole article."""

    title: str
    content: Markup  # clean HTML
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
    is_draft: bool
    extra: dict[str, Any]  # other front matter


class Teaser(msgspec.Struct, frozen=True, gc=False):
    """An article in a list."""

    title: str
    href: str
    date: datetime | None
    has_time: bool
    excerpt: str
    source: str
    category: Link | None
    is_draft: bool


class Pager(msgspec.Struct, frozen=True, gc=False):
    """Where a list page stands. Pages are numbered from the oldest; `number == last` is the newest."""

    number: int
    last: int
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


class ListContext(msgspec.Struct, frozen=True):
    """`listing`: one page of a list (home, term, month, day, undated)."""

    title: str
    count: int  # articles in the whole list
    items: tuple[Teaser, ...]
    pager: Pager
    term: TermLink | None = None
    dates: tuple[DateLink, ...] = ()  # the next level down: days of a month
    terms: tuple[TermLink, ...] = ()  # home: the largest categories


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
    days: tuple[DateLink, ...]
