"""The shipped theme renders every kind of page, and a site can change any file of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.build import create_theme
from generator.config import Config, ListsConfig, SiteConfig
from generator.errors import ThemeError, UsageError
from generator.model import Article
from generator.model.site import PageKind, Redirect, SitePlan, Summary
from generator.plan import PlanOptions, make_plan
from generator.render import Renderer, Theme, frame_site, load_theme, plan_feeds
from generator.text.address import Address

THEMES = Path(__file__).parents[2] / "themes"
NOW = datetime(2023, 1, 1, tzinfo=UTC)
OLD = Address("old/place/1.html")


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def configure(language: str = "zh-CN", base_url: str = "https://news.example/old") -> Config:
    return Config(
        site=SiteConfig(title="旧闻", base_url=base_url, language=language),
        lists=ListsConfig(per_page=3),
    )


def plan_site(config: Config) -> SitePlan:
    """Plan seven articles over two years, one of them undated, one in another language."""
    start = datetime(2021, 12, 29, 8, 30, tzinfo=UTC)
    articles = [
        Article(
            f"content/{number}.md",
            f"{number}",
            f"第 {number} 条 <新闻>",
            start + timedelta(days=number),
            has_time=number % 2 == 0,
            categories=("股市", "要闻")[: number % 3],
            tags=("沪指",),
            source="新华网",
            source_url=f"https://paper.example/{number}",
            authors=("李雷", "韩梅梅")[: number % 3],
            updated=NOW if number == 2 else None,
            language="en" if number == 3 else "",
        )
        for number in range(6)
    ]
    articles.append(Article("content/loose.md", "loose", "日期不详"))
    plan = make_plan(articles, config, PlanOptions(NOW))
    assert {page.kind for page in plan.lists} == set(PageKind)
    return plan


def render_site(config: Config, plan: SitePlan, theme: Theme) -> dict[str, str]:
    """Render every page: file → text."""
    feeds = plan_feeds(config, plan)
    renderer = Renderer(theme, frame_site(config, plan, theme, feeds))
    summary = Summary("摘要 & 其余", characters=1200)
    pages = {
        planned.address.file: renderer.render_article(planned, html="<p>正文</p>", summary=summary)
        for planned in plan.articles
    }
    teasers = [renderer.make_teaser(planned, summary) for planned in plan.articles]
    for page in plan.lists:
        pages[page.address.file] = renderer.render_list(page, [teasers[at] for at in page.items])
    redirect = Redirect(OLD, plan.articles[0].address, plan.articles[0].article.title)
    pages[OLD.file] = renderer.render_redirect(redirect)
    pages["404.html"] = renderer.render_not_found()
    if "search.html" in theme.templates:
        pages["search/index.html"] = renderer.render_search()
    return {file: data.decode("utf-8") for file, data in pages.items()}


@pytest.mark.parametrize("name", ["default", "plain"])
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en", "fr"])
@pytest.mark.parametrize("base_url", ["", "https://news.example/old"])
def test_a_shipped_theme_renders_every_page_in_every_language(tmp_path, name, language, base_url):
    config = configure(language, base_url)
    plan = plan_site(config)
    pages = render_site(config, plan, load_theme(name, site_root=tmp_path, themes=[THEMES]))
    for file, text in pages.items():
        assert text.startswith("<!doctype html>\n"), file
        assert text.endswith("</html>\n"), file
        assert "<新闻>" not in text, "titles are escaped"
        has_address = 'rel="canonical" href="https://' in text
        if file not in ("404.html", OLD.file):
            assert has_address == bool(base_url), file


@pytest.mark.parametrize("name", ["default", "plain"])
def test_every_link_of_a_shipped_theme_leads_to_a_file_of_the_site(tmp_path, name):
    config = configure()
    plan = plan_site(config)
    theme = load_theme(name, site_root=tmp_path, themes=[THEMES])
    pages = render_site(config, plan, theme)
    known = {
        *pages,
        *(asset.file for asset in theme.assets),
        *(feed.address.file for feed in plan_feeds(config, plan)),
        *("search/client/search.css", "search/client/search.js"),  # the search stage's
    }
    for file, text in pages.items():
        for node in LexborHTMLParser(text).css("[href], [src]"):
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            if target.startswith(("https://", "#")):
                continue
            if file == "404.html":
                assert target.startswith("/old/"), target
                target = "/" + target.removeprefix("/old/")
            place = normpath(join("/", dirname(file), unquote(target.partition("#")[0])))[1:]
            assert place in known, f"{file}: {target}"


@pytest.mark.parametrize("name", ["default", "plain"])
def test_a_page_of_a_shipped_theme_asks_no_other_host_for_anything(tmp_path, name):
    config = configure()
    theme = load_theme(name, site_root=tmp_path, themes=[THEMES])
    for text in render_site(config, plan_site(config), theme).values():
        tree = LexborHTMLParser(text)
        for node in tree.css("[src], link[rel=stylesheet], link[rel=icon], script, iframe"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            assert "//" not in address


def test_rendering_twice_gives_the_same_bytes(tmp_path):
    config = configure()
    plan = plan_site(config)
    first, second = (
        render_site(config, plan, load_theme("default", site_root=tmp_path, themes=[THEMES]))
        for _ in range(2)
    )
    assert first == second


def test_every_message_the_default_theme_asks_for_is_in_each_of_its_languages(tmp_path):
    theme = load_theme("default", site_root=tmp_path, themes=[THEMES])
    asked = {
        key
        for template in theme.templates.values()
        for key in re.findall(r'\bt\("(\w+)"', template.source)
    }
    keys = {language: set(known) for language, known in theme.messages.items()}
    assert set(keys) == {"en", "zh-CN", "zh-TW"}
    for language, known in keys.items():
        assert asked <= known, language
        assert known == keys["en"], language


def test_old_pages_of_the_default_theme_do_not_depend_on_the_number_of_articles(tmp_path):
    """Else every new article would cost a rendering of the whole archive."""
    theme = load_theme("default", site_root=tmp_path, themes=[THEMES])
    assert not {"article_count", "first_year", "last_year"} & theme.survey.reads["article.html"]


def test_a_site_changes_one_template_and_keeps_the_others(tmp_path):
    write(tmp_path, {"templates/404.html": "<p>{{ t('home') }}</p>\n"})
    config = configure()
    plan = plan_site(config)
    pages = render_site(config, plan, load_theme("default", site_root=tmp_path, themes=[THEMES]))
    assert pages["404.html"] == "<p>首页</p>\n"
    assert pages["index.html"].startswith("<!doctype html>")


def test_a_site_builds_on_the_template_it_replaces_and_every_page_follows(tmp_path):
    write(
        tmp_path,
        {
            "templates/base.html": '{% extends "default/base.html" %}\n'
            "{% block search %}<p>{{ site.params.motto }}</p>{% endblock %}\n",
            "messages/zh-CN.toml": 'home = "返回头版"\n',
        },
    )
    config = Config(site=configure().site, lists=configure().lists, params={"motto": "旧闻新读"})
    plan = plan_site(config)
    pages = render_site(config, plan, load_theme("default", site_root=tmp_path, themes=[THEMES]))
    for file, text in pages.items():
        assert ("<p>旧闻新读</p>" in text) == (file != OLD.file), file
    assert "返回头版" in pages["404.html"]


def test_the_plain_theme_is_short_enough_to_read_at_once():
    files = [path for path in (THEMES / "plain").rglob("*") if path.is_file()]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) < 150


def test_a_new_theme_is_a_child_of_the_default_one(tmp_path):
    made = create_theme(tmp_path, "evening")
    assert [path.relative_to(tmp_path).as_posix() for path in made] == [
        "themes/evening/theme.toml",
        "themes/evening/assets/style.css",
    ]
    theme = load_theme("evening", site_root=tmp_path, themes=[THEMES])
    config = configure()
    front = render_site(config, plan_site(config), theme)["index.html"]
    assert 'data-accent="indigo"' in front
    sheet = next(asset for asset in theme.assets if asset.name == "style.css")
    assert sheet.file in front
    assert b"@import" in (sheet.data or b"")


@pytest.mark.parametrize("name", ["", " ", ".", "..", "a/b", "default", "plain", "twice", "a:b"])
def test_a_theme_is_not_made_under_a_name_that_is_taken_or_cannot_be(tmp_path, name):
    create_theme(tmp_path, "twice")
    with pytest.raises(UsageError):
        create_theme(tmp_path, name)


def test_a_theme_of_the_site_extends_the_default_one(tmp_path):
    write(
        tmp_path / "themes" / "mine",
        {"theme.toml": 'extends = "default"\n', "assets/favicon.svg": "<svg><!-- mine --></svg>"},
    )
    theme = load_theme("mine", site_root=tmp_path, themes=[THEMES])
    icon = next(asset for asset in theme.assets if asset.name == "favicon.svg")
    config = configure()
    assert icon.path == tmp_path / "themes/mine/assets/favicon.svg"
    assert icon.file in render_site(config, plan_site(config), theme)["index.html"]


def test_a_fault_in_a_site_s_template_is_told_with_its_place_and_the_page(tmp_path):
    write(
        tmp_path,
        {
            "templates/article.html": '{% extends "default/article.html" %}\n'
            "{% block main %}\n{{ article.titel }}\n{% endblock %}\n"
        },
    )
    config = configure()
    theme = load_theme("default", site_root=tmp_path, themes=[THEMES])
    with pytest.raises(ThemeError) as caught:
        render_site(config, plan_site(config), theme)
    error = caught.value
    assert (error.path, error.line) == ("templates/article.html", 3)
    assert "content/5.md" in error.message
    assert error.hint == "did you mean `title`?"
