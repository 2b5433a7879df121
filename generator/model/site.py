"""What the plan decides: terms, pages, neighbours, redirects. All values, all frozen."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from generator.model.article import Article, Fate
from generator.model.diagnostic import Diagnostic
from generator.text.address import Address


class Taxonomy(StrEnum):
    """The ways articles are grouped by name."""

    CATEGORY = "category"
    TAG = "tag"
    SOURCE = "source"


class PageKind(StrEnum):
    """The kinds of list page; each is one template's context."""

    HOME = "home"
    TERM = "term"  # one category, tag or source
    TERMS = "terms"  # all categories, tags or sources
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    DATES = "dates"  # all years
    UNDATED = "undated"


class Term(msgspec.Struct, frozen=True, gc=False):
    """One category, tag or source. `members` index `SitePlan.articles`, newest first."""

    taxonomy: Taxonomy
    key: str  # as the articles write it
    title: str  # as readers see it
    address: Address | None  # None: the site makes no pages for this taxonomy
    members: tuple[int, ...]


class Neighbour(msgspec.Struct, frozen=True, gc=False):
    """What an article's page shows of the one before or after it."""

    title: str
    address: Address


class Related(msgspec.Struct, frozen=True, gc=False):
    """What an article's page shows of one that is about the same thing."""

    title: str
    address: Address
    date: datetime | None


class PlannedArticle(msgspec.Struct, frozen=True, gc=False):
    """An article that will be published, with all its page depends on.

    `links` answers the article's raw link targets: target → address of our page.
    """

    article: Article
    address: Address
    categories: tuple[int, ...] = ()  # index SitePlan.terms
    tags: tuple[int, ...] = ()
    source: int = -1
    previous: Neighbour | None = None  # the older one
    next: Neighbour | None = None  # the newer one
    related: tuple[Related, ...] = ()  # those closest to it, the closest first
    links: dict[str, Address] = {}


class ListPage(msgspec.Struct, frozen=True, gc=False):
    """One list page. `items` index `SitePlan.articles`.

    Pages are numbered from the oldest, so that `number` of an old page never changes; the
    newest page has number `last`, and lives at the list's own address.
    """

    kind: PageKind
    address: Address
    items: tuple[int, ...] = ()
    number: int = 1
    last: int = 1
    newer: Address | None = None
    older: Address | None = None
    first_page: Address | None = None  # the newest page of the list
    last_page: Address | None = None  # the oldest
    term: int = -1  # index SitePlan.terms, kind TERM
    taxonomy: Taxonomy | None = None  # kind TERMS
    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def is_front(self) -> bool:
        """Whether it is the front page, which the older pages of its list are not."""
        return self.kind is PageKind.HOME and self.newer is None


class DateGroup(msgspec.Struct, frozen=True, gc=False):
    """How many articles a year, month or day holds; `month` and `day` are 0 where they do not count."""

    year: int
    month: int
    day: int
    count: int
    address: Address | None


class Redirect(msgspec.Struct, frozen=True, gc=False):
    """A page at an old address that sends readers on."""

    address: Address
    target: Address
    title: str


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What became of one input."""

    path: str
    fate: Fate
    url: str = ""
    reason: str = ""


class SitePlan(msgspec.Struct, frozen=True):
    """Everything that shall exist. `articles` is newest first, undated ones last."""

    articles: tuple[PlannedArticle, ...]
    terms: tuple[Term, ...]
    lists: tuple[ListPage, ...]
    dates: tuple[DateGroup, ...]
    redirects: tuple[Redirect, ...]
    outcomes: tuple[Outcome, ...]
    diagnostics: tuple[Diagnostic, ...]


class CardForm(msgspec.Struct, frozen=True):
    """How the pictures made of headlines are published.

    `font` is the file that PNG is set with, `family` what it calls itself; `stamp` tells its
    states apart.
    """

    format: Literal["svg", "png"] = "svg"
    font: str = ""
    family: str = ""
    stamp: str = ""


class Summary(msgspec.Struct, frozen=True, gc=False):
    """What lists, feeds and search results show of a rendered article."""

    excerpt: str  # plain text, at most some 160 characters
    image: str = ""  # address of the first picture, "" = none
    characters: int = 0  # of text, white space not counted
    letters: int = 0  # those of them that are not of an East Asian script
