"""A theme of a few lines and a plan of a few articles: the render stage without the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from generator.config import Config
from generator.model import Article
from generator.model.site import (
    DateGroup,
    ListPage,
    Neighbour,
    PageKind,
    PlannedArticle,
    SitePlan,
    Summary,
    Taxonomy,
    Term,
)
from generator.render import Renderer, SiteFrame, Theme, frame_site, plan_feeds
from generator.text.address import Address

ZONE = timezone(timedelta(hours=8))

MESSAGES = """\
all = "All"
categories = "Categories"
tags = "Tags"
sources = "Sources"
dates = "Dates"
undated = "Undated"
category_title = "Category {name}"
tag_title = "Tag {name}"
source_title = "Source {name}"
not_found = "Not found"
articles = { one = "one article", other = "{count} articles" }
"""

TINY: dict[str, str] = {
    "theme.toml": 'name = "Tiny"\n[params]\nink = "black"\n',
    "messages/en.toml": MESSAGES,
    "assets/style.css": "body { color: black }\n",
    "templates/base.html": "<title>{{ page.title }}</title>\n{% block main %}{% endblock %}\n",
    "templates/article.html": (
        '{% extends "base.html" %}\n{% block main %}\n'
        "<h1>{{ article.title }}</h1>\n{{ article.content }}\n{% endblock %}\n"
    ),
    "templates/home.html": "{{ listing.title }}\n",
    "templates/list.html": "{{ listing.title }}\n",
    "templates/terms.html": "{{ index.title }}\n",
    "templates/dates.html": "{{ calendar.title }}\n",
    "templates/404.html": "{{ page.title }} {{ root }}\n",
    "templates/redirect.html": '<a href="{{ target }}">{{ title }}</a> {{ page.url }}\n',
}


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


SUMMARY = Summary("The excerpt", characters=801)


def make_article(number: int = 1, **changes: Any) -> Article:
    values: dict[str, Any] = {
        "path": f"content/{number}.md",
        "name": f"{number}",
        "title": f"Headline {number}",
        "date": datetime(2022, 2, number, 7, 29, 31, tzinfo=ZONE),
        "has_time": True,
        "categories": ("Markets",),
        "tags": ("Shares",),
        "source": "Xinhua",
    }
    return Article(**{**values, **changes})


def make_plan(*articles: Article) -> SitePlan:
    """Plan a site of articles, newest first, that all lie in the same category, tag and source."""
    places = [
        Address(f"markets/2022/{article.name}.html" if article.date else f"{article.name}.html")
        for article in articles
    ]
    beside = [Neighbour(article.title, at) for article, at in zip(articles, places, strict=True)]
    planned = tuple(
        PlannedArticle(
            article,
            places[at],
            categories=(0,),
            tags=(1,),
            source=2,
            next=beside[at - 1] if at else None,
            previous=beside[at + 1] if at + 1 < len(articles) else None,
        )
        for at, article in enumerate(articles)
    )
    everything = tuple(range(len(articles)))
    undated = tuple(at for at in everything if articles[at].date is None)
    dated = len(articles) - len(undated)
    days = [article.date.day for article in articles if article.date]
    groups = [DateGroup(2022, 0, 0, dated, Address("2022/index.html"))] if dated else []
    if dated:
        groups.append(DateGroup(2022, 2, 0, dated, Address("2022/02/index.html")))
    groups += [DateGroup(2022, 2, day, 1, Address(f"2022/02/{day:02}/index.html")) for day in days]
    lists = [
        ListPage(PageKind.HOME, Address("index.html"), everything),
        ListPage(PageKind.TERMS, Address("categories/index.html"), taxonomy=Taxonomy.CATEGORY),
        ListPage(PageKind.TERM, Address("category/Markets.html"), everything, term=0),
        ListPage(PageKind.DATES, Address("dates/index.html")),
        ListPage(PageKind.YEAR, Address("2022/index.html"), year=2022),
        ListPage(PageKind.MONTH, Address("2022/02/index.html"), everything, year=2022, month=2),
    ]
    if undated:
        lists.append(ListPage(PageKind.UNDATED, Address("undated/index.html"), undated))
    return SitePlan(
        articles=planned,
        terms=(
            Term(
                Taxonomy.CATEGORY,
                "Markets",
                "Markets",
                Address("category/Markets.html"),
                everything,
            ),
            Term(Taxonomy.TAG, "Shares", "Shares", None, everything),
            Term(Taxonomy.SOURCE, "Xinhua", "Xinhua", Address("source/Xinhua.html"), everything),
        ),
        lists=tuple(lists),
        dates=tuple(groups),
        redirects=(),
        outcomes=(),
        diagnostics=(),
    )


def make_renderer(theme: Theme, config: Config, plan: SitePlan) -> tuple[Renderer, SiteFrame]:
    frame = frame_site(config, plan, theme, plan_feeds(config, plan))
    return Renderer(theme, frame), frame


def list_page(plan: SitePlan, kind: PageKind) -> ListPage:
    return next(page for page in plan.lists if page.kind is kind)


def with_site(config: Config, **changes: Any) -> Config:
    return msgspec.structs.replace(config, site=msgspec.structs.replace(config.site, **changes))
