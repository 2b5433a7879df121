"""The theme that comes with Backfile: whole in three languages, light, and without foreign requests."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes

from generator.render import load_theme
from generator.render.context import DateLink

THEMES = Path(__file__).parents[2] / "themes"
THEME = THEMES / "default"
TEMPLATES = sorted((THEME / "templates").glob("*.html"))
LANGUAGES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in THEME.glob("messages/*")}
CSS_BUDGET = 15 * 1024  # bytes, as published

# What the generator itself asks a theme for: formats of dates and titles of pages.
ASKED_BY_GENERATOR = {
    *("date", "datetime", "months", "not_found", "remote_image"),
    *("categories", "tags", "sources", "dates", "undated"),
    *("category_title", "tag_title", "source_title", "year_title", "month_title", "day_title"),
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


@pytest.mark.parametrize(("key", "words"), [("months", 12), ("weekdays", 7), ("weekdays_short", 7)])
def test_lists_of_words_have_a_word_for_each(key, words):
    for language, messages in LANGUAGES.items():
        assert len(messages[key].split()) == words, language


def test_the_style_sheets_stay_below_their_budget():
    size = sum(path.stat().st_size for path in (THEME / "assets").glob("*.css"))
    assert size <= CSS_BUDGET


def test_style_sheets_load_nothing():
    for path in (THEME / "assets").glob("*.css"):
        found = re.search(r"url\(|@import|@font-face|https?:", path.read_text("utf-8"))
        assert found is None, f"{path.name}: {found}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_works_under_a_strict_content_policy(path):
    """No script, no inline style, no event handler, no address of another host."""
    found = re.search(r"<script|<style|\sstyle=|\son\w+=|https?:", path.read_text("utf-8"))
    assert found is None, found


def test_a_new_article_changes_no_page_of_an_old_one():
    """An article's page shows no figure of the whole site, so that it need not be made again."""
    theme = load_theme("default", site_root=THEME / "nowhere", themes=[THEMES])
    figures = {"article_count", "first_year", "last_year", "count"}
    assert not theme.survey.reads["article.html"] & figures
    assert "article_count" in theme.survey.reads["home.html"]


def draw_month(year: int, month: int, counts: dict[int, int]) -> list[str]:
    environment = Environment(
        loader=FileSystemLoader(THEME / "templates"), undefined=StrictUndefined, autoescape=True
    )
    template = environment.from_string(
        '{% from "calendar.html" import month_days with context %}'
        "{{ month_days(year, month, days, most) }}"
    )

    def translate(key: str, **_: object) -> str:
        return "M T W T F S S" if key == "weekdays_short" else key

    days = [DateLink(year, month, day, count, f"{day}") for day, count in counts.items()]
    most = max(counts.values(), default=0)
    html = template.render(year=year, month=month, days=days, most=most, root="", t=translate)
    return re.findall(r"<li[^>]*>(.*?)</li>", html)[7:]


@pytest.mark.parametrize("year", [1899, 1900, 1999, 2000, 2021, 2022, 2023, 2024, 2100])
def test_a_calendar_sets_every_day_under_its_weekday(year):
    for month in range(1, 13):
        before, length = calendar.monthrange(year, month)
        expected = [""] * before + [str(day) for day in range(1, length + 1)]
        assert draw_month(year, month, {}) == expected


def test_the_fullest_days_of_a_calendar_are_the_darkest():
    drawn = draw_month(2022, 2, {1: 1, 2: 30, 3: 60, 4: 99, 5: 100})
    shades = [re.search(r"heat-\d", cell) for cell in drawn if "<a" in cell]
    assert [shade[0] for shade in shades if shade] == [
        *("heat-1", "heat-2", "heat-3", "heat-4", "heat-4"),
    ]


def test_a_calendar_links_only_days_that_have_a_page():
    assert sum("<a" in cell for cell in draw_month(2024, 2, {29: 1})) == 1
