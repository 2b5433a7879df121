"""The plan of a whole site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator.config import Config
from generator.model import Article, Diagnostic, Fate, diagnose
from generator.model.site import (
    ListPage,
    Neighbour,
    Outcome,
    PageKind,
    PlannedArticle,
    Redirect,
    SitePlan,
    Taxonomy,
    Term,
)
from generator.plan.addresses import Addresses
from generator.plan.links import LinkMap, map_links
from generator.plan.lists import Lists
from generator.plan.permalinks import article_file, article_pattern, path_to_file, stated_path
from generator.plan.selection import PlanOptions, Selection, select
from generator.plan.taxonomies import group_terms
from generator.text.address import Address

__all__ = ["PlanOptions", "make_plan"]

_NONE: Mapping[str, str] = MappingProxyType({})


def make_plan(
    articles: Sequence[Article],
    config: Config,
    options: PlanOptions,
    *,
    reserved: Sequence[str] = (),
    static: Mapping[str, str] = _NONE,
) -> SitePlan:
    """Decide every page. `articles` come in order of precedence among duplicates.

    `reserved` are output files of others (404.html, feeds); `static` files that are copied, each
    with its path from the site's root ("" = not in the site).
    """
    selection = select(articles, options)
    chosen = selection.articles
    book = Addresses()
    for file in (*reserved, *static):
        book.claim(file, file)
    lists = Lists(book, config)
    home = lists.claim("index.html", "front page")
    hosts = frozenset((*config.content.hosts, *config.site.hosts))
    places, notes = _place_articles(chosen, config, hosts, book)
    undated = [index for index, article in enumerate(chosen) if article.date is None]
    terms = lists.add_terms(group_terms(chosen), dated=len(chosen) - len(undated))
    lists.add(ListPage(PageKind.HOME, home), range(len(chosen)), "front page")
    lists.add_term_pages(terms)
    dates = lists.add_dates(chosen)
    if undated:
        address = lists.claim("undated/index.html", "undated articles")
        lists.add(ListPage(PageKind.UNDATED, address), undated, "undated articles")
    redirects, more_notes = _redirects(selection, places, config, hosts, book)
    links = map_links(
        [(article.path, places[article.path]) for article in chosen],
        lists.pages,
        redirects,
        static,
        config.site.base_folder,
    )
    planned, broken = _with_neighbours(chosen, places, terms, links)
    published = tuple(
        Outcome(article.path, Fate.PUBLISHED, places[article.path].path) for article in chosen
    )
    return SitePlan(
        articles=planned,
        terms=terms,
        lists=tuple(lists.pages),
        dates=dates,
        redirects=redirects,
        outcomes=tuple(sorted((*published, *selection.outcomes), key=lambda outcome: outcome.path)),
        diagnostics=tuple(
            sorted((*selection.diagnostics, *notes, *lists.diagnostics, *more_notes, *broken))
        ),
    )


def _place_articles(
    chosen: Sequence[Article], config: Config, hosts: frozenset[str], book: Addresses
) -> tuple[dict[str, Address], list[Diagnostic]]:
    """An address an article, the oldest first, so that a newcomer does not take an old address."""
    pattern = article_pattern(config)
    places: dict[str, Address] = {}
    notes: list[Diagnostic] = []
    for article in _by_age(chosen):
        file, is_usable = article_file(article, pattern, hosts)
        if not is_usable:
            notes.append(diagnose("url/invalid", article.path, detail=article.permalink))
        address, blocker = book.claim(file, article.path)
        if blocker:
            detail = f"{file} is wanted by {blocker} and {article.path}, now at {address.file}"
            notes.append(diagnose("url/collision", article.path, detail=detail))
        places[article.path] = address
    return places, notes


def _by_age(chosen: Sequence[Article]) -> list[Article]:
    """Oldest first, undated last; of the same moment, by path."""
    dated = [article for article in reversed(chosen) if article.date is not None]
    return dated + [article for article in chosen if article.date is None]


def _redirects(
    selection: Selection,
    places: dict[str, Address],
    config: Config,
    hosts: frozenset[str],
    book: Addresses,
) -> tuple[tuple[Redirect, ...], list[Diagnostic]]:
    """Pages at old addresses: stated aliases, and where duplicates would have been."""
    redirects: list[Redirect] = []
    notes: list[Diagnostic] = []
    for article in selection.articles:
        for alias in article.aliases:
            path = stated_path(alias, hosts)
            file = path_to_file(path) if path else ""
            if not file or file == places[article.path].file:
                continue
            owner = book.owner(file)
            if owner is not None:
                notes.append(
                    diagnose("alias/taken", article.path, detail=f"{alias} belongs to {owner}")
                )
                continue
            address, _ = book.claim(file, f"alias of {article.path}")
            redirects.append(Redirect(address, places[article.path], article.title))
    pattern = article_pattern(config)
    for duplicate in selection.duplicates:
        file, _ = article_file(duplicate.article, pattern, hosts)
        if book.owner(file) is None:
            address, _ = book.claim(file, duplicate.article.path)
            redirects.append(Redirect(address, places[duplicate.original], duplicate.article.title))
    return tuple(redirects), notes


def _with_neighbours(
    chosen: Sequence[Article], places: dict[str, Address], terms: Sequence[Term], links: LinkMap
) -> tuple[tuple[PlannedArticle, ...], list[Diagnostic]]:
    """Put together what each article's page depends on."""
    numbers = {(term.taxonomy, term.key): index for index, term in enumerate(terms)}
    neighbours = [Neighbour(article.title, places[article.path]) for article in chosen]
    last_dated = sum(article.date is not None for article in chosen) - 1
    planned: list[PlannedArticle] = []
    broken: list[Diagnostic] = []
    for index, article in enumerate(chosen):
        address = places[article.path]
        answers, unanswered = links.answer(article, address)
        broken += unanswered
        planned.append(
            PlannedArticle(
                article=article,
                address=address,
                categories=tuple(numbers[Taxonomy.CATEGORY, key] for key in article.categories),
                tags=tuple(numbers[Taxonomy.TAG, key] for key in article.tags),
                source=numbers[Taxonomy.SOURCE, article.source] if article.source else -1,
                previous=neighbours[index + 1] if index < last_dated else None,
                next=neighbours[index - 1] if 0 < index <= last_dated else None,
                links=answers,
            )
        )
    return tuple(planned), broken
