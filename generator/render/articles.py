"""A planned article → the contexts of its page, and its teaser in lists."""

from __future__ import annotations

from markupsafe import Markup

from generator.model.site import Neighbour, PlannedArticle, Summary
from generator.render.cards import card_url
from generator.render.context import ArticleContext, DatedLink, Link, PageContext, Teaser
from generator.render.frame import SiteFrame
from generator.render.headings import anchor_headings
from generator.render.structured import article_json_ld, image_url

# Adults read some 400 characters of Chinese a minute, and 240 words of English (Brysbaert 2019),
# which have five letters on average.
_CHARACTERS_A_MINUTE = 400
_LETTERS_A_MINUTE = 1200


def reading_minutes(characters: int, letters: int = 0) -> int:
    """Give the reading time of a text, rounded up, at least 1; `letters` of its characters are Latin."""
    wide = characters - letters
    time = wide * _LETTERS_A_MINUTE + letters * _CHARACTERS_A_MINUTE
    return max(1, -(-time // (_CHARACTERS_A_MINUTE * _LETTERS_A_MINUTE)))


def article_context(
    planned: PlannedArticle, html: str, summary: Summary, frame: SiteFrame, day: str
) -> ArticleContext:
    """Build `article`. `html` is clean; `day` is the href of the day's page, "" = none."""
    article = planned.article
    terms = frame.terms
    html, contents = anchor_headings(html)
    return ArticleContext(
        title=article.title,
        content=Markup(html),  # noqa: S704 - the source stage has sanitised it
        contents=contents,
        date=article.date,
        has_time=article.has_time,
        day=day,
        updated=article.updated,
        source=_source(planned, frame),
        source_url=article.source_url,
        authors=article.authors,
        categories=tuple([terms[at] for at in planned.categories]),
        tags=tuple([terms[at] for at in planned.tags]),
        description=article.description,
        image=summary.image,
        language=article.language or frame.site.language,
        characters=summary.characters,
        minutes=reading_minutes(summary.characters, summary.letters),
        previous=_link(planned.previous),
        next=_link(planned.next),
        related=tuple(
            [DatedLink(other.title, other.address.href, other.date) for other in planned.related]
        ),
        is_draft=article.is_draft,
        extra=article.extra,
    )


def article_page(
    planned: PlannedArticle, summary: Summary, frame: SiteFrame, *, is_bare: bool = False
) -> PageContext:
    """Build `page` for an article; `is_bare` without JSON-LD, which says nothing else does not."""
    article = planned.article
    first = [frame.terms[at] for at in planned.categories[:1] if frame.terms[at].href]
    url = frame.base_url and frame.base_url + planned.address.path
    image, card = image_url(summary, url), ""
    if not image and frame.cards:
        image = card_url(planned.address.file, frame.cards, frame.base_url)
        card = frame.cards.format if image else ""
    return PageContext(
        kind="article",
        title=article.title,
        description=article.description or summary.excerpt,
        url=url,
        language=article.language or frame.site.language,
        breadcrumbs=(Link(frame.site.title, frame.site.home), *first),
        href=planned.address.href,
        section=_section(bool(first), frame),
        newer=planned.next.address.href if planned.next else "",
        older=planned.previous.address.href if planned.previous else "",
        noindex=article.is_draft,
        image=image,
        card=card,
        json_ld=Markup() if is_bare else article_json_ld(planned, frame, url, image),
    )


def make_teaser(planned: PlannedArticle, summary: Summary, frame: SiteFrame) -> Teaser:
    """Build what a list shows of an article: its description, else its excerpt."""
    article = planned.article
    return Teaser(
        title=article.title,
        href=planned.address.href,
        date=article.date,
        has_time=article.has_time,
        excerpt=article.description or summary.excerpt,
        source=_source(planned, frame),
        category=frame.terms[planned.categories[0]] if planned.categories else None,
        is_draft=article.is_draft,
    )


def _section(has_category: bool, frame: SiteFrame) -> str:
    """Give the index an article is found by: its category's, where that has a page."""
    index = frame.index_pages.get("category") if has_category else None
    return index.href if index else ""


def _source(planned: PlannedArticle, frame: SiteFrame) -> Link | None:
    """Give the publisher: its term, or the bare name where the site does not group by source."""
    if planned.source >= 0:
        return frame.terms[planned.source]
    name = planned.article.source
    return Link(name, "") if name else None


def _link(neighbour: Neighbour | None) -> Link | None:
    return Link(neighbour.title, neighbour.address.href) if neighbour else None
