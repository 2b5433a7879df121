"""Categories, tags and sources: which articles each holds and what it is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from generator.config import Config
from generator.model import Article
from generator.model.site import Taxonomy


class Group(msgspec.Struct, frozen=True):
    """One term before it has an address. `members` index the ordered articles, newest first."""

    taxonomy: Taxonomy
    key: str
    title: str
    members: tuple[int, ...]


def group_terms(articles: Sequence[Article]) -> list[Group]:
    """All terms: categories, then tags, then sources; the largest first, then by key."""
    groups: list[Group] = []
    for taxonomy in Taxonomy:
        members: defaultdict[str, list[int]] = defaultdict(list)
        for index, article in enumerate(articles):
            for key in keys_of(article, taxonomy):
                members[key].append(index)
        made = [
            Group(taxonomy, key, _title(taxonomy, key, indexes, articles), tuple(indexes))
            for key, indexes in members.items()
        ]
        groups.extend(sorted(made, key=lambda group: (-len(group.members), group.key)))
    return groups


def keys_of(article: Article, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The terms of one taxonomy that an article names."""
    if taxonomy is Taxonomy.CATEGORY:
        return article.categories
    if taxonomy is Taxonomy.TAG:
        return article.tags
    return (article.source,) if article.source else ()


def has_pages(taxonomy: Taxonomy, config: Config) -> bool:
    """Whether the site wants pages for a taxonomy."""
    pages = config.pages
    return {
        Taxonomy.CATEGORY: pages.categories,
        Taxonomy.TAG: pages.tags,
        Taxonomy.SOURCE: pages.sources,
    }[taxonomy]


def term_pattern(taxonomy: Taxonomy, config: Config) -> str:
    """The pattern of a taxonomy's pages."""
    permalinks = config.permalinks
    return {
        Taxonomy.CATEGORY: permalinks.category,
        Taxonomy.TAG: permalinks.tag,
        Taxonomy.SOURCE: permalinks.source,
    }[taxonomy]


def _title(
    taxonomy: Taxonomy, key: str, members: Sequence[int], articles: Sequence[Article]
) -> str:
    """A category is called what most of its articles say; the oldest decides a tie."""
    if taxonomy is not Taxonomy.CATEGORY:
        return key
    names = Counter(
        articles[index].category_title
        for index in reversed(members)
        if articles[index].category_title and articles[index].categories[:1] == (key,)
    )
    return names.most_common(1)[0][0] if names else key
