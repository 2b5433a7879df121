"""Feeds in RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.

An entry holds an article's excerpt, not its text: an archive's feed announces, readers come to
the site. Entries are known by their canonical URL for ever. The only dates are those of the
articles, so a feed changes when its entries do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any

import msgspec

from generator.model.site import PlannedArticle, Summary
from generator.render.feed_plan import FeedPlan
from generator.render.frame import SiteFrame
from generator.text.xml import clean_xml

Entry = tuple[PlannedArticle, Summary]


def render_feed(feed: FeedPlan, entries: Sequence[Entry], frame: SiteFrame) -> bytes:
    """Render a feed. `entries` are the articles of `feed.items`, all dated, with their summaries."""
    if feed.kind == "json":
        return _render_json(feed, entries, frame)
    return _render_xml(feed, entries, frame)


def _render_xml(feed: FeedPlan, entries: Sequence[Entry], frame: SiteFrame) -> bytes:
    # It takes 40 ms to load, and most builds change no feed.
    from feedgenerator import (  # type: ignore[import-untyped]  # it has no types  # noqa: PLC0415
        Atom1Feed,
        Rss201rev2Feed,
    )

    site = frame.site
    page_url = frame.base_url + feed.page.path
    document = (Rss201rev2Feed if feed.kind == "rss" else Atom1Feed)(
        title=clean_xml(feed.title),
        link=page_url,
        description=clean_xml(site.description or feed.title),  # RSS wants one
        language=site.language,
        author_name=clean_xml(site.author or site.title),  # Atom wants one
        feed_url=frame.base_url + feed.address.path,
    )
    for planned, summary in entries:
        article = planned.article
        url = frame.base_url + planned.address.path
        document.add_item(
            title=clean_xml(article.title),
            link=url,
            description=escape(_excerpt(planned, summary), quote=False),  # readers take it for HTML
            author_name=_author(planned) or None,
            pubdate=article.date,
            updateddate=article.updated,
            unique_id=url,
            unique_id_is_permalink=True,
            categories=_categories(planned, frame),
        )
    out = BytesIO()
    document.write(out, "utf-8")
    return out.getvalue() + b"\n"


def _render_json(feed: FeedPlan, entries: Sequence[Entry], frame: SiteFrame) -> bytes:
    """Write a feed after https://www.jsonfeed.org/version/1.1/."""
    site = frame.site
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean_xml(feed.title),
        "home_page_url": frame.base_url + feed.page.path,
        "feed_url": frame.base_url + feed.address.path,
        "description": clean_xml(site.description),
        "language": site.language,
        "authors": _names([site.author]),
    }
    items = [_json_item(planned, summary, frame) for planned, summary in entries]
    document = {**_present(head), "items": items}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _json_item(planned: PlannedArticle, summary: Summary, frame: SiteFrame) -> dict[str, Any]:
    article = planned.article
    url = frame.base_url + planned.address.path
    excerpt = _excerpt(planned, summary)
    item = {
        "url": url,
        "external_url": article.source_url,
        "title": clean_xml(article.title),
        "summary": excerpt,
        "image": summary.image if "://" in summary.image else "",
        "date_published": _rfc3339(article.date),
        "date_modified": _rfc3339(article.updated),
        "authors": _names([_author(planned)]),
        "tags": _categories(planned, frame),
        "language": article.language,
    }
    # The format asks for content in every item, even where it says no more than the summary.
    return {"id": url, "content_text": excerpt, **_present(item)}


def _excerpt(planned: PlannedArticle, summary: Summary) -> str:
    return clean_xml(planned.article.description or summary.excerpt)


def _author(planned: PlannedArticle) -> str:
    """Name who wrote an article, else who published it."""
    return clean_xml(", ".join(planned.article.authors) or planned.article.source)


def _categories(planned: PlannedArticle, frame: SiteFrame) -> list[str]:
    """Give the titles of an article's categories and tags, each once."""
    titles = [clean_xml(frame.terms[at].title) for at in (*planned.categories, *planned.tags)]
    return list(dict.fromkeys(titles))


def _names(names: list[str]) -> list[dict[str, str]]:
    return [{"name": clean_xml(name)} for name in names if name]


def _rfc3339(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
