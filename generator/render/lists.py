"""A list page of the plan → the contexts of its template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup
from msgspec import structs

from generator.model.site import ListPage, PageKind, Taxonomy
from generator.render.context import (
    DatesContext,
    DayGroup,
    Link,
    ListContext,
    Month,
    PageContext,
    Pager,
    Section,
    Teaser,
    TermLink,
    TermsContext,
)
from generator.render.dates import Dates
from generator.render.frame import SiteFrame
from generator.render.front import Front
from generator.render.messages import Translator
from generator.render.structured import site_json_ld
from generator.text.address import Address

_TEMPLATES = {
    PageKind.TERMS: "terms.html",
    PageKind.DATES: "dates.html",
    PageKind.YEAR: "dates.html",
}
# How many of the largest categories the front page names.
_HOME_TERMS = 24


def template_of(page: ListPage) -> str:
    """Give the template that renders a list page.

    The front page has one of its own, and not its older pages: it shows figures of the whole
    archive, which change with every article.
    """
    if page.is_front:
        return "home.html"
    return _TEMPLATES.get(page.kind, "list.html")


class Lists:
    """Builds the contexts of list pages. Made once a process."""

    def __init__(self, frame: SiteFrame, translate: Translator) -> None:
        self._frame = frame
        self._translate = translate
        self._dates = Dates(frame.dates, translate.formats)
        self._taxonomies = {
            at: taxonomy for taxonomy, terms in frame.indexes.items() for at in terms
        }

    def day_href(self, year: int, month: int, day: int) -> str:
        """Give the link to a day's page, "" where there is none."""
        return self._dates.href(year, month, day)

    def page(self, page: ListPage) -> PageContext:
        """Build `page`."""
        frame = self._frame
        is_front = page.is_front
        index = frame.index_pages.get(self._index(page))
        return PageContext(
            kind=page.kind.value,
            title=self.title(page),
            description=frame.site.description if is_front else "",
            url=frame.base_url and frame.base_url + page.address.path,
            language=frame.site.language,
            breadcrumbs=tuple(self._breadcrumbs(page)),
            href=page.address.href,
            section=index.href if index else "",
            taxonomy=self._taxonomies.get(page.term, page.taxonomy.value if page.taxonomy else ""),
            newer=_href(page.newer),
            older=_href(page.older),
            feeds=frame.term_feeds.get(page.term, ()),
            json_ld=site_json_ld(frame) if is_front else Markup(),
        )

    def title(self, page: ListPage) -> str:
        """Name a list in the words of the theme; the front page is named as the site."""
        match page.kind:
            case PageKind.HOME:
                return self._frame.site.title if page.is_front else self._translate("all")
            case PageKind.TERM:
                key = f"{self._taxonomies[page.term]}_title"
                return self._translate(key, name=self._frame.terms[page.term].title)
            case PageKind.YEAR | PageKind.MONTH | PageKind.DAY:
                return self._translate.formats.period(page.year, page.month, page.day)
            case _:
                return self._frame.index_pages[self._index(page)].title

    def listing(
        self, page: ListPage, items: Sequence[Teaser], front: Front | None = None
    ) -> ListContext:
        """Build `listing` for a page whose articles are `items`.

        An older page of a list is given nothing that a newer article would change.
        """
        is_newest = page.newer is None
        earlier, later = (
            self._dates.beside(page.year, page.month, page.day) if page.year else (None, None)
        )
        listing = ListContext(
            title=self.title(page),
            count=self._count(page) if is_newest else 0,
            items=tuple(items),
            pager=_pager(page),
            days=_group_by_day(items),
            term=self._term(page.term, is_newest) if page.kind is PageKind.TERM else None,
            earlier=earlier,
            later=later,
            month=self._month(page) if is_newest and page.kind is PageKind.MONTH else None,
        )
        return self._with_front(listing, front) if page.is_front else listing

    def _with_front(self, listing: ListContext, front: Front | None) -> ListContext:
        """Add what the front page shows of the whole archive."""
        categories = self._frame.indexes[Taxonomy.CATEGORY.value][:_HOME_TERMS]
        sections = front.sections if front else ()
        return structs.replace(
            listing,
            years=self._dates.years,
            terms=tuple([self._term(at) for at in categories]),
            sections=tuple([Section(self._term(at), items) for at, items in sections]),
            past=front.past if front else (),
            today=front.today if front else None,
            timeline=self._dates.timeline(),
        )

    def index(self, page: ListPage) -> TermsContext:
        """Build `index` for a page of kind TERMS."""
        taxonomy = self._index(page)
        terms = tuple([self._term(at) for at in self._frame.indexes[taxonomy]])
        return TermsContext(self.title(page), taxonomy, terms)

    def calendar(self, page: ListPage) -> DatesContext:
        """Build `calendar` for a page of kind DATES or YEAR."""
        year = page.year
        dates = self._dates
        years = tuple([date for date in dates.years if year in (0, date.year)])
        months = tuple([date for date in dates.months if year in (0, date.year)])
        most = dates.fullest_day(year) if year else 0
        earlier, later = dates.beside(year) if year else (None, None)
        return DatesContext(
            title=self.title(page),
            year=year,
            count=sum(date.count for date in years),
            years=years,
            months=months,
            grids=tuple(
                dates.month(year, date.month, most)
                for date in sorted(months, key=attrgetter("month"))
                if year
            ),
            earlier=earlier,
            later=later,
            timeline=None if year else dates.timeline(),
            heat=dates.heat(year) if year else None,
        )

    def _month(self, page: ListPage) -> Month:
        most = self._dates.fullest_day(page.year, page.month)
        return self._dates.month(page.year, page.month, most)

    def _term(self, at: int, with_figures: bool = True) -> TermLink:
        frame = self._frame
        link = frame.terms[at]
        if not with_figures:
            return TermLink(link.title, link.href, 0)
        return TermLink(link.title, link.href, frame.term_counts[at], frame.term_trends[at])

    def _count(self, page: ListPage) -> int:
        """Count the articles of the whole list."""
        frame = self._frame
        if page.kind is PageKind.TERM:
            return frame.term_counts[page.term]
        if date := self._dates.find(page.year, page.month, page.day):
            return date.count
        return frame.counts.get(page.kind.value, 0)

    def _index(self, page: ListPage) -> str:
        """Name the index that leads to a page, or that it is; "" for the front page."""
        match page.kind:
            case PageKind.HOME:
                return ""
            case PageKind.TERM:
                return self._taxonomies[page.term]
            case PageKind.TERMS:
                return (page.taxonomy or Taxonomy.CATEGORY).value
            case PageKind.UNDATED:
                return PageKind.UNDATED.value
            case _:
                return PageKind.DATES.value

    def _breadcrumbs(self, page: ListPage) -> Iterator[Link]:
        """Give the way down from the front page, the page itself left out."""
        frame = self._frame
        if page.is_front:
            return
        yield Link(frame.site.title, frame.site.home)
        if page.kind is PageKind.TERM or page.year:
            index = self._index(page)
            if index in frame.index_pages:
                yield frame.index_pages[index]
        period = self._translate.formats.period
        if page.month and (href := self._dates.href(page.year)):
            yield Link(period(page.year), href)
        if page.day and (href := self._dates.href(page.year, page.month)):
            yield Link(period(page.year, page.month), href)


def _group_by_day(items: Sequence[Teaser]) -> tuple[DayGroup, ...]:
    """Undated articles are a group as well."""
    groups = groupby(items, key=lambda item: item.date and item.date.date())
    days = [tuple(members) for _, members in groups]
    return tuple([DayGroup(members[0].date, members) for members in days])


def _pager(page: ListPage) -> Pager:
    return Pager(
        number=page.number,
        last=0 if page.newer else page.last,
        newer=_href(page.newer),
        older=_href(page.older),
        newest=_href(page.first_page or page.address),
        oldest=_href(page.last_page or page.address),
    )


def _href(address: Address | None) -> str:
    return address.href if address else ""
