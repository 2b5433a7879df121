"""The theme that comes with Backfile: whole in three languages, light, and without foreign requests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, nodes

from generator.render import load_theme

THEMES = Path(__file__).parents[2] / "themes"
THEME = THEMES / "default"
TEMPLATES = sorted((THEME / "templates").glob("*.html"))
LANGUAGES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in THEME.glob("messages/*")}
CSS_BUDGET = 15_000  # bytes, as published
SCRIPT_BUDGET = 5 * 1024  # before search

# What the generator itself asks a theme for: titles of pages.
ASKED_BY_GENERATOR = {
    *("all", "not_found", "remote_image"),
    *("categories", "tags", "sources", "dates", "undated"),
    *("category_title", "tag_title", "source_title"),
}


def fields(message: str | dict[str, str]) -> set[str]:
    texts = [message] if isinstance(message, str) else list(message.values())
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def calls_of_t() -> Iterator[tuple[str, str, set[str]]]:
    """Yield template, key and names of the fields given, for every `t("key", …)`."""
    for path in TEMPLATES:
        tree = Environment().parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                (key,) = call.args
                assert isinstance(key, nodes.Const), f"{path.name}: a key must be a constant"
                yield path.name, key.value, {field.key for field in call.kwargs}


def test_the_three_languages_hold_the_same_keys_in_the_same_order():
    assert sorted(LANGUAGES) == ["en", "zh-CN", "zh-TW"]
    for language, messages in LANGUAGES.items():
        assert list(messages) == list(LANGUAGES["zh-CN"]), language


def test_every_key_that_a_template_uses_exists_with_the_fields_it_is_given():
    for template, key, given in calls_of_t():
        for language, messages in LANGUAGES.items():
            assert key in messages, f"{template} asks for `{key}`, {language} lacks it"
            assert fields(messages[key]) <= given, f"{template}: `{key}` in {language}"


def test_no_message_is_left_over():
    used = {key for _, key, _ in calls_of_t()}
    assert set(LANGUAGES["en"]) == used | ASKED_BY_GENERATOR


@pytest.mark.parametrize(("ending", "budget"), [(".css", CSS_BUDGET), (".js", SCRIPT_BUDGET)])
def test_style_sheets_and_scripts_stay_below_their_budgets(ending, budget):
    theme = load_theme("default", site_root=THEME / "nowhere", themes=[THEMES])
    sizes = [
        len(asset.path.read_bytes() if asset.data is None else asset.data)
        for asset in theme.assets
        if asset.name.endswith(ending)
    ]
    assert 0 < sum(sizes) <= budget


def test_style_sheets_load_nothing():
    for path in (THEME / "assets").glob("*.css"):
        found = re.search(r"url\(|@import|@font-face|https?:", path.read_text("utf-8"))
        assert found is None, f"{path.name}: {found}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_works_under_a_strict_content_policy(path):
    """No script in the page, no inline style, no event handler, no address of another host."""
    ours = r"""type="application/ld\+json">|(defer )?src="{{ root }}(search/client/|{{ asset\()"""
    data = f"<script (?!{ours})|<script>"
    found = re.search(rf"{data}|<style|\sstyle=|\son\w+=|https?:", path.read_text("utf-8"))
    assert found is None, found


def test_a_new_article_changes_no_page_of_an_old_one():
    """An article's page shows no figure of the whole site, so that it need not be made again."""
    theme = load_theme("default", site_root=THEME / "nowhere", themes=[THEMES])
    figures = {"article_count", "first_year", "last_year", "count"}
    assert not theme.survey.reads["article.html"] & figures
    assert not theme.survey.reads["list.html"] & (figures - {"count"})
    assert "article_count" in theme.survey.reads["home.html"]
