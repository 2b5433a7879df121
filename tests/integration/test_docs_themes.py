"""`docs/themes.md` says what is so: its examples run, its tables are complete."""

from __future__ import annotations

import re
import types
import typing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.config import load_config
from generator.model import Article
from generator.model.site import PageKind, Redirect, Summary
from generator.plan import PlanOptions, make_plan
from generator.render import Renderer, context, frame_site, load_theme, plan_feeds
from generator.render.theme import PAGE_TEMPLATES, Manifest
from generator.text.address import Address

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "themes.md").read_text("utf-8")
THEMES = ROOT / "themes"

STRUCTS = {
    "theme.toml": Manifest,
    "site": context.SiteContext,
    "page": context.PageContext,
    "article": context.ArticleContext,
    "listing": context.ListContext,
    "index": context.TermsContext,
    "calendar": context.DatesContext,
    "teaser": context.Teaser,
    "card": context.CardContext,
    "pager": context.Pager,
    "link": context.Link,
    "dated link": context.DatedLink,
    "term": context.TermLink,
    "feed": context.FeedLink,
    "date link": context.DateLink,
    "heading": context.Heading,
    "section": context.Section,
    "month": context.Month,
    "day": context.Day,
    "timeline": context.Timeline,
    "bar": context.Bar,
    "tick": context.Tick,
    "heat map": context.HeatMap,
    "heat day": context.HeatDay,
    "day group": context.DayGroup,
}
WORDS = {
    str: "text",
    int: "number",
    bool: "true or false",
    datetime: "date",
    Markup: "HTML",
    types.NoneType: "none",
    context.Link: "link",
    context.DatedLink: "dated link",
    context.TermLink: "term",
    context.FeedLink: "feed",
    context.Teaser: "teaser",
    context.Pager: "pager",
    context.DateLink: "date link",
    context.Heading: "heading",
    context.Section: "section",
    context.Month: "month",
    context.Day: "day",
    context.Timeline: "timeline",
    context.Bar: "bar",
    context.Tick: "tick",
    context.HeatMap: "heat map",
    context.HeatDay: "heat day",
    context.DayGroup: "day group",
    float: "share",
}


def section(title: str) -> str:
    match = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert match, title
    return match[1]


def rows(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("| `")]
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]


def describe(kind: object) -> str:
    if typing.get_origin(kind) is tuple:
        return f"list of {describe(typing.get_args(kind)[0])}"
    if typing.get_origin(kind) is dict:
        return "table"
    if isinstance(kind, types.UnionType):
        return " or ".join(describe(part) for part in typing.get_args(kind))
    return WORDS[kind]


@pytest.mark.parametrize("title", STRUCTS)
def test_every_table_lists_the_fields_and_types_that_templates_get(title):
    hints = typing.get_type_hints(STRUCTS[title])
    stated = {cells[0].strip(" `"): cells[1].strip() for cells in rows(title)}
    assert stated == {name: describe(hints[name]) for name in STRUCTS[title].__struct_fields__}


def test_the_table_of_templates_is_complete():
    stated = {cells[0].strip(" `") for cells in rows("Templates")}
    assert set(PAGE_TEMPLATES) < stated
    assert stated - set(PAGE_TEMPLATES) == {
        "site",
        "page",
        "root",
        "lang",
        "t",
        "asset",
        "weekdays",
    }


class Example:
    """The files that one section of the page tells its readers to write."""

    def __init__(self, title: str, root: Path) -> None:
        self.files = dict(
            re.findall(
                r"^Write `([^`]+)`:\n\n```\w+\n(.*?)```", section(title), re.DOTALL | re.MULTILINE
            )
        )
        for name, text in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        config = load_config(root)
        article = Article(
            "content/1.md", "1", "股市收高", datetime(2022, 2, 21, tzinfo=UTC), source="新华网"
        )
        self.plan = make_plan([article], config, PlanOptions(datetime(2023, 1, 1, tzinfo=UTC)))
        self.theme = load_theme(config.theme.name, site_root=root, themes=[THEMES])
        frame = frame_site(config, self.plan, self.theme, plan_feeds(config, self.plan))
        self.renderer = Renderer(self.theme, frame)

    def article(self) -> str:
        summary = Summary("摘要", characters=100)
        page = self.renderer.render_article(self.plan.articles[0], html="<p>x</p>", summary=summary)
        return page.decode()


def test_the_example_of_one_template_and_one_colour_does_what_it_says(tmp_path):
    example = Example("An example: one template and one colour", tmp_path)
    assert len(example.files) == 3
    page = example.article()
    assert '<p class="correction">《股市收高》有误？请写信给档案室。</p>' in page
    assert page.index("<p>x</p>") < page.index("correction")
    sheet = next(asset for asset in example.theme.assets if asset.name == "style.css")
    assert sheet.file in page
    imported = next(asset for asset in example.theme.assets if asset.name == "default/style.css")
    assert f'@import "{imported.file.removeprefix("assets/")}";' in (sheet.data or b"").decode()
    assert b"--accent:" in imported.path.read_bytes(), "the example changes a colour that exists"


def test_the_example_of_another_partial_does_what_it_says(tmp_path):
    example = Example("An example: a page with another partial", tmp_path)
    teaser = example.renderer.make_teaser(example.plan.articles[0], Summary("摘要"))
    front = example.renderer.render_list(example.plan.lists[0], [teaser]).decode()
    assert "股市收高</a></h3>" in front
    assert '<p class="meta">新华网</p>' in front
    assert "摘要" not in front


def test_the_example_of_a_theme_that_extends_the_default_does_what_it_says(tmp_path):
    example = Example("An example: a theme of its own that extends the default", tmp_path)
    assert "股市收高" in example.article()
    redirect = Redirect(Address("old/1.html"), example.plan.articles[0].address, "股市收高")
    page = example.renderer.render_redirect(redirect).decode()
    assert "<title>Evening edition: 股市收高</title>" in page
    assert f'href="../{redirect.target.href}"' in page


def test_the_messages_it_lists_are_all_that_pages_need(tmp_path):
    """A theme with these messages alone renders every kind of page."""
    keys = re.findall(r"`(\w+)`", "\n".join(cells[0] for cells in rows("Messages")))
    assert {"all", "category_title", "not_found", "remote_image"} <= set(keys)
    known = (ROOT / "themes/default/messages/en.toml").read_text("utf-8")
    for key in keys:
        assert re.search(rf"^{key} = ", known, re.MULTILINE), key
    files = {f"templates/{name}": "{{ page.title }}" for name in PAGE_TEMPLATES}
    files["messages/en.toml"] = "".join(f'{key} = "{key}"\n' for key in keys)
    for name, text in files.items():
        path = tmp_path / "themes/bare" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "backfile.toml").write_text(
        '[theme]\nname = "bare"\n[site]\nlanguage = "en"\n', "utf-8"
    )
    config = load_config(tmp_path)
    articles = [
        Article("content/1.md", "1", "One", datetime(2022, 2, 21, tzinfo=UTC),
                categories=("a",), tags=("b",), source="c"),
        Article("content/2.md", "2", "Two"),
    ]  # fmt: skip
    plan = make_plan(articles, config, PlanOptions(datetime(2023, 1, 1, tzinfo=UTC)))
    theme = load_theme("bare", site_root=tmp_path, themes=[])
    renderer = Renderer(theme, frame_site(config, plan, theme, ()))
    assert {page.kind for page in plan.lists} == set(PageKind)
    for page in plan.lists:
        assert renderer.render_list(page)
    assert renderer.render_not_found() == b"not_found"
    assert renderer.message("remote_image")
