"""What machines read of a page: schema.org as JSON-LD, and the address of its picture."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

import msgspec
from markupsafe import Markup

from generator.model.site import PlannedArticle, Summary
from generator.render.cards import has_own_picture
from generator.render.frame import SiteFrame

_CONTEXT = "https://schema.org"


def article_json_ld(planned: PlannedArticle, frame: SiteFrame, url: str, image: str) -> Markup:
    """Describe an article as a NewsArticle (https://schema.org/NewsArticle).

    `url` and `image` are absolute, "" = not known.
    """
    article = planned.article
    site = frame.site
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": article.title,
        "inLanguage": article.language or site.language,
    }
    if article.date:
        data["datePublished"] = _iso(article.date, article.has_time)
    if article.updated:
        data["dateModified"] = _iso(article.updated, True)
    if article.authors:
        data["author"] = [{"@type": "Person", "name": name} for name in article.authors]
    if article.source:
        data["publisher"] = {"@type": "Organization", "name": article.source}
    if article.source_url:
        data["isBasedOn"] = article.source_url
    sections = [frame.terms[at].title for at in planned.categories]
    if sections:
        data["articleSection"] = sections
    if article.tags:
        data["keywords"] = list(article.tags)
    if image:
        data["image"] = image
    data["isPartOf"] = {"@type": "ArchiveComponent", "name": site.title}
    if url:
        data["mainEntityOfPage"] = url
        data["isPartOf"]["url"] = site.url
    return _embed(data)


def site_json_ld(frame: SiteFrame) -> Markup:
    """Describe the archive as a WebSite."""
    site = frame.site
    data = {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": site.title,
        "inLanguage": site.language,
    }
    if site.description:
        data["description"] = site.description
    if site.url:
        data["url"] = site.url
    return _embed(data)


def image_url(summary: Summary, url: str) -> str:
    """Give the absolute address of the first picture of the article at `url`.

    "" where the site does not hold the picture, or does not know its own address.
    """
    return urljoin(url, summary.image) if url and has_own_picture(summary) else ""


def _iso(moment: Any, has_time: bool) -> str:
    return str(moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat())


def _embed(data: dict[str, Any]) -> Markup:
    """Write JSON that can stand in a script element.

    Nothing but `<` can end or change the element (HTML, "Restrictions for contents of script
    elements"), and in JSON it only occurs inside strings.
    """
    try:
        text = msgspec.json.encode(data).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - see above
