"""A list page of the plan → the contexts of its template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from generator.model.site import ListPage, PageKind, Taxonomy
from generator.render.context import (
    DateLink,
    DatesContext,
    Link,
    ListContext,
    PageContext,
    Pager,
    Teaser,
    TermLink,
    TermsContext,
)
from generator.render.frame import SiteFrame
from generator.render.messages import MonthName, Translator
from generator.text.address import Address

_TEMPLATES = {
    PageKind.HOME: "home.html",
    PageKind.TERMS: "terms.html",
    PageKind.DATES: "dates.html",
    PageKind.YEAR: "dates.html",
}
# How many of the largest categories the front page names.
_HOME_TERMS = 24


def template_of(kind: PageKind) -> str:
    """Give the template that renders a kind of list page."""
    return _TEMPLATES.get(kind, "list.html")


class Lists:
    """Builds the contexts of list pages; its index of dates is made once a process."""

    def __init__(self, frame: SiteFrame, translate: Translator) -> None:
        self._frame = frame
        self._translate = translate
        self._years = tuple(date for date in frame.dates if not date.month)
        self._months = tuple(date for date in frame.dates if date.month and not date.day)
        self._days: dict[tuple[int, int], list[DateLink]] = {}
        for date in frame.dates:
            if date.day:
                self._days.setdefault((date.year, date.month), []).append(date)
        self._taxonomies = {
            at: taxonomy for taxonomy, terms in frame.indexes.items() for at in terms
        }
        self._at = {(date.year, date.month, date.day): date for date in frame.dates}

    def day_href(self, year: int, month: int, day: int) -> str:
        """Give the link to a day's page, "" where there is none."""
        date = self._at.get((year, month, day))
        return date.href if date else ""

    def page(self, page: ListPage) -> PageContext:
        """Build `page`."""
        frame = self._frame
        return PageContext(
            kind=page.kind.value,
            title=self.title(page),
            description=frame.site.description if _is_front(page) else "",
            url=frame.base_url and frame.base_url + page.address.path,
            language=frame.site.language,
            breadcrumbs=tuple(self._breadcrumbs(page)),
            newer=_href(page.newer),
            older=_href(page.older),
            feeds=frame.term_feeds.get(page.term, ()),
        )

    def title(self, page: ListPage) -> str:
        """Name a list in the words of the theme; the front page is named as the site."""
        match page.kind:
            case PageKind.HOME:
                return self._frame.site.title
            case PageKind.TERM:
                key = f"{self._taxonomies[page.term]}_title"
                return self._translate(key, name=self._frame.terms[page.term].title)
            case PageKind.TERMS:
                return self._frame.index_pages[_taxonomy(page)].title
            case PageKind.YEAR | PageKind.MONTH | PageKind.DAY:
                return self._translate(
                    f"{page.kind.value}_title",
                    year=page.year,
                    month=page.month,
                    day=page.day,
                    month_name=MonthName(self._translate, page.month),
                )
            case PageKind.DATES | PageKind.UNDATED:
                return self._frame.index_pages[page.kind.value].title

    def listing(self, page: ListPage, items: Sequence[Teaser]) -> ListContext:
        """Build `listing` for a page whose articles are `items`."""
        frame = self._frame
        categories = frame.indexes[Taxonomy.CATEGORY.value][:_HOME_TERMS]
        dates: tuple[DateLink, ...] = self._years if _is_front(page) else ()
        if page.kind is PageKind.MONTH:
            dates = tuple(self._days.get((page.year, page.month), ()))
        return ListContext(
            title=self.title(page),
            count=self._count(page),
            items=tuple(items),
            pager=_pager(page),
            term=self._term(page.term) if page.kind is PageKind.TERM else None,
            dates=dates,
            terms=tuple(map(self._term, categories)) if _is_front(page) else (),
        )

    def index(self, page: ListPage) -> TermsContext:
        """Build `index` for a page of kind TERMS."""
        taxonomy = _taxonomy(page)
        terms = tuple(map(self._term, self._frame.indexes[taxonomy]))
        return TermsContext(self.title(page), taxonomy, terms)

    def calendar(self, page: ListPage) -> DatesContext:
        """Build `calendar` for a page of kind DATES or YEAR."""
        year = page.year
        years = tuple(date for date in self._years if year in (0, date.year))
        return DatesContext(
            title=self.title(page),
            year=year,
            count=sum(date.count for date in years),
            years=years,
            months=tuple(date for date in self._months if year in (0, date.year)),
            days=tuple(day for (of, _), days in self._days.items() if of == year for day in days),
        )

    def _term(self, at: int) -> TermLink:
        link = self._frame.terms[at]
        return TermLink(link.title, link.href, self._frame.term_counts[at])

    def _count(self, page: ListPage) -> int:
        """Count the articles of the whole list."""
        frame = self._frame
        if page.kind is PageKind.TERM:
            return frame.term_counts[page.term]
        if date := self._at.get((page.year, page.month, page.day)):
            return date.count
        return frame.counts.get(page.kind.value, 0)

    def _breadcrumbs(self, page: ListPage) -> Iterator[Link]:
        """Give the way down from the front page, the page itself left out."""
        frame = self._frame
        if _is_front(page):
            return
        yield Link(frame.site.title, frame.site.home)
        index = ""
        if page.kind is PageKind.TERM:
            index = self._taxonomies[page.term]
        elif page.year:
            index = PageKind.DATES.value
        if index in frame.index_pages:
            yield frame.index_pages[index]
        if page.month:
            yield from self._date_above(page, PageKind.YEAR, 0)
        if page.day:
            yield from self._date_above(page, PageKind.MONTH, page.month)

    def _date_above(self, page: ListPage, kind: PageKind, month: int) -> Iterator[Link]:
        date = self._at.get((page.year, month, 0))
        if date and date.href:
            yield Link(self.title(structs.replace(page, kind=kind)), date.href)


def _is_front(page: ListPage) -> bool:
    return page.kind is PageKind.HOME and page.number == page.last


def _taxonomy(page: ListPage) -> str:
    return (page.taxonomy or Taxonomy.CATEGORY).value


def _pager(page: ListPage) -> Pager:
    return Pager(
        number=page.number,
        last=page.last,
        newer=_href(page.newer),
        older=_href(page.older),
        newest=_href(page.first_page or page.address),
        oldest=_href(page.last_page or page.address),
    )


def _href(address: Address | None) -> str:
    return address.href if address else ""
