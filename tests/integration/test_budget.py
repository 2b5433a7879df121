"""Pages stay small, however large the archive: what a reader on a slow line pays."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from generator.config import Config
from generator.config.schema import SiteConfig
from generator.model import Article
from generator.model.site import PageKind, Summary
from generator.plan import PlanOptions, make_plan
from generator.render import Renderer, fill_front, frame_site, load_theme, plan_feeds, plan_front

ROOT = Path(__file__).parents[2]
CONFIG = Config(site=SiteConfig(title="旧闻", base_url="https://archive.example"))
TODAY = datetime(2024, 6, 1, 12, tzinfo=CONFIG.site.zone)
# A thousand characters of no regular order, so that nothing of them compresses away.
TEXT = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(1000))


def make_article(number: int) -> Article:
    start = number * 37 % 900
    return Article(
        f"content/{number}.md",
        f"{number}",
        TEXT[start : start + 28],
        TODAY - timedelta(hours=2 * number),
        has_time=True,
        categories=(f"栏目{number % 60}",),
        tags=(f"标签{number % 500}",),
        source=f"来源{number % 40}",
    )


@pytest.fixture(scope="module")
def site():
    """A plan of 10,000 articles over more than two years, and a renderer for it."""
    theme = load_theme("default", site_root=ROOT / "nowhere", themes=[ROOT / "themes"])
    plan = make_plan([make_article(number) for number in range(10_000)], CONFIG, PlanOptions(TODAY))
    frame = frame_site(CONFIG, plan, theme, plan_feeds(CONFIG, plan))
    return plan, Renderer(theme, frame), theme


def summary(number):
    start = number * 53 % 800
    return Summary(TEXT[start : start + 160], characters=1000)


def test_the_front_page_of_ten_thousand_articles_takes_60_kilobytes_at_most(site):
    plan, renderer, _ = site
    (page,) = (page for page in plan.lists if page.kind is PageKind.HOME and page.newer is None)
    teasers = [renderer.make_teaser(p, summary(at)) for at, p in enumerate(plan.articles[:2000])]
    teasers += [None] * (len(plan.articles) - len(teasers))
    front = fill_front(plan_front(plan, TODAY), teasers.__getitem__)
    data = renderer.render_list(page, [teasers[at] for at in page.items], front)
    assert len(front.sections) == 6
    assert len(gzip.compress(data)) <= 60 * 1024


@pytest.mark.parametrize("kind", [kind for kind in PageKind if kind is not PageKind.HOME])
def test_no_list_of_ten_thousand_articles_takes_more_than_the_front_page_may(site, kind):
    plan, renderer, _ = site
    pages = [page for page in plan.lists if page.kind is kind]
    for page in sorted(pages, key=lambda page: len(page.items))[-1:]:
        teasers = [renderer.make_teaser(plan.articles[at], summary(at)) for at in page.items]
        assert len(gzip.compress(renderer.render_list(page, teasers))) <= 60 * 1024


def test_an_article_of_five_kilobytes_takes_25_with_all_it_needs(site):
    plan, renderer, theme = site
    html = "".join(f"<p>{TEXT[at : at + 100]}</p>\n" for at in range(0, 1000, 100)) + (
        f"<p>{TEXT[::-1][:700]}</p>"
    )
    assert len(html.encode()) > 5 * 1024
    page = renderer.render_article(plan.articles[0], html=html, summary=summary(0))
    assets = [
        asset.path.read_bytes() if asset.data is None else asset.data for asset in theme.assets
    ]
    assert sum(len(gzip.compress(part)) for part in (page, *assets)) <= 25 * 1024
