"""List pages: home, terms, dates, undated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

import msgspec

from generator.config import Config
from generator.model import Article, Diagnostic, diagnose
from generator.model.site import DateGroup, ListPage, PageKind, Taxonomy, Term
from generator.plan.addresses import Addresses, page_file
from generator.plan.pagination import paginate
from generator.plan.permalinks import path_to_file
from generator.plan.taxonomies import Group, has_pages, term_pattern
from generator.text.address import Address
from generator.text.slug import shorten, slugify_name


class Lists:
    """Collects list pages; the addresses come from one shared book."""

    def __init__(self, addresses: Addresses, config: Config) -> None:
        """Start with no page."""
        self.pages: list[ListPage] = []
        self.diagnostics: list[Diagnostic] = []
        self._addresses = addresses
        self._config = config

    def add(self, page: ListPage, items: Sequence[int], owner: str) -> None:
        """Add all pages of one list; `page` gives its kind, its address and what it is about."""
        cuts = paginate(items, self._config.lists.per_page)
        last = len(cuts)
        places = [
            self.claim(page_file(page.address.file, number), owner) for number in range(1, last)
        ]
        places.append(page.address)
        for index, cut in enumerate(cuts):
            self.pages.append(
                msgspec.structs.replace(
                    page,
                    items=tuple(cut),
                    address=places[index],
                    number=index + 1,
                    last=last,
                    newer=places[index + 1] if index + 1 < last else None,
                    older=places[index - 1] if index else None,
                    first_page=page.address,
                    last_page=places[0],
                )
            )

    def claim(self, file: str, owner: str) -> Address:
        """Claim a file for a list; a collision is reported."""
        address, blocker = self._addresses.claim(file, owner)
        if blocker:
            self.diagnostics.append(
                diagnose(
                    "url/collision",
                    owner,
                    detail=f"{file} belongs to {blocker}; {owner} is at {address.file}",
                )
            )
        return address

    def add_terms(self, groups: Iterable[Group], *, dated: int) -> tuple[Term, ...]:
        """Make the terms and their pages; the first `dated` articles have a date.

        The term whose first article is the oldest has the first claim on its address, so that a
        newcomer does not take an old address.
        """
        groups = list(groups)
        places: dict[tuple[Taxonomy, str], Address] = {}
        for group in sorted(groups, key=lambda group: (_seniority(group, dated), group.key)):
            if has_pages(group.taxonomy, self._config):
                slug = shorten(slugify_name(group.key)) or "-".join(
                    f"{ord(c):x}" for c in group.key[:20]
                )
                pattern = term_pattern(group.taxonomy, self._config)
                owner = f"{group.taxonomy.value} {group.key}"
                places[group.taxonomy, group.key] = self.claim(
                    path_to_file(pattern.replace(":slug", slug)), owner
                )
        return tuple(
            Term(
                group.taxonomy,
                group.key,
                group.title,
                places.get((group.taxonomy, group.key)),
                group.members,
            )
            for group in groups
        )

    def add_term_pages(self, terms: Sequence[Term]) -> None:
        """Pages of every term that has an address, and an index a taxonomy."""
        for index, term in enumerate(terms):
            if term.address is not None:
                page = ListPage(PageKind.TERM, term.address, term=index)
                self.add(page, term.members, f"{term.taxonomy.value} {term.key}")
        for taxonomy in Taxonomy:
            if any(term.taxonomy is taxonomy and term.address for term in terms):
                folder = (
                    term_pattern(taxonomy, self._config).partition(":slug")[0].rpartition("/")[0]
                )
                address = self.claim(path_to_file(f"{folder}/"), f"{taxonomy.value} index")
                self.pages.append(ListPage(PageKind.TERMS, address, taxonomy=taxonomy))

    def add_dates(self, articles: Sequence[Article]) -> tuple[DateGroup, ...]:
        """Pages of every year, month and day that has articles; `articles` is newest first."""
        days = [
            (date.year, date.month, date.day, index)
            for index, article in enumerate(articles)
            if (date := article.date) is not None
        ]
        groups: list[DateGroup] = []
        wanted = self._config.pages.dates
        for length, kind in ((1, PageKind.YEAR), (2, PageKind.MONTH), (3, PageKind.DAY)):
            for key, members in groupby(days, key=itemgetter(slice(0, length))):
                items = [day[3] for day in members]
                year, month, day = (*key, 0, 0)[:3]
                file = "/".join((f"{year:04d}", *(f"{part:02d}" for part in key[1:]), "index.html"))
                address = None
                if wanted:
                    owner = f"archive of {'-'.join(map(str, key))}"
                    address = self.claim(file, owner)
                    page = ListPage(kind, address, year=year, month=month, day=day)
                    self.add(page, () if kind is PageKind.YEAR else items, owner)
                groups.append(DateGroup(year, month, day, len(items), address))
        if groups and wanted:
            address = self.claim("date/index.html", "archive by date")
            self.pages.append(ListPage(PageKind.DATES, address))
        return tuple(groups)


def _seniority(group: Group, dated: int) -> int:
    """The rank of a term's first article, oldest first and undated ones last."""
    before = bisect_left(group.members, dated)
    return dated - 1 - group.members[before - 1] if before else group.members[0]
