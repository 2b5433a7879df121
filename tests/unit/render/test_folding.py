"""Constants are worked out when a template compiles, and only constants are."""

from __future__ import annotations

import pytest
from tiny_site import SUMMARY, make_article, make_plan, make_renderer

from generator.errors import ThemeError
from generator.render.environment import make_environment
from generator.render.messages import Translator


@pytest.fixture
def render(make_theme, config):
    def show(body, **others):
        theme = make_theme(
            site={
                "templates/article.html": body,
                **{f"templates/{name}": text for name, text in others.items()},
            }
        )
        plan = make_plan(make_article())
        renderer, _ = make_renderer(theme, config, plan)
        return renderer.render_article(plan.articles[0], html="", summary=SUMMARY).decode()

    return show


def test_messages_assets_and_the_site_need_no_call_when_a_page_is_rendered(make_theme, config):
    theme = make_theme()
    plan = make_plan(make_article())
    _, frame = make_renderer(theme, config, plan)
    calls = []

    class Counting(Translator):
        def __call__(self, key, **fields):
            calls.append(key)
            return super().__call__(key, **fields)

    environment = make_environment(theme, Counting(theme.messages, "en"), frame.site)
    source = '{{ t("tags") }} {{ t("category_title", name="a&b") }} {{ site.params.ink }}'
    template = environment.from_string(source)
    assert sorted(calls) == ["category_title", "tags"]
    assert template.render(site=None) == "Tags Category a&amp;b black"
    assert len(calls) == 2


def test_a_call_with_a_value_of_the_page_is_worked_out_for_each_page(render):
    assert render('{{ t("category_title", name=article.title) }}') == "Category Headline 1"


def test_a_name_that_a_template_sets_itself_is_no_constant(render):
    assert render('{% set site = article %}{{ site.title }} {% include "part.html" %}',
                  **{"part.html": "{{ site.title }}"}) == "Headline 1 Headline 1"  # fmt: skip
    assert render("{% macro t(x) %}<{{ x }}>{% endmacro %}{{ t('tags') }}") == "<tags>"
    assert render("{% for site in [article] %}{{ site.title }}{% endfor %}") == "Headline 1"


def test_what_only_fails_when_it_runs_may_stand_where_it_never_runs(render):
    assert (
        render('{% if false %}{{ t("gone") }}{{ asset("gone") }}{{ site.gone }}{% endif %}x') == "x"
    )


def test_undefined_fields_of_the_site_can_be_asked_for(render):
    assert render("{{ site.params.gone is defined }} {{ site.title is defined }}") == "False True"


def test_a_loop_over_the_menu_is_written_out_when_the_template_compiles(make_theme, config):
    theme = make_theme()
    _, frame = make_renderer(theme, config, make_plan(make_article()))
    environment = make_environment(theme, Translator(theme.messages, "en"), frame.site)
    source = (
        "{% for link in site.menu %}{{ root }}{{ link.href }}"
        "{% if link.href == page %}*{% endif %}{% if link.title %} {% endif %}{% endfor %}"
        "{% if site.menu %}.{% endif %}"
    )
    template = environment.from_string(source)
    code = environment.compile(source, raw=True)
    assert "for " not in code.partition("def root")[2]
    hrefs = [link.href for link in frame.site.menu]
    assert len(hrefs) == 2
    assert template.render(root="../", page=hrefs[1], site=None) == (
        f"../{hrefs[0]} ../{hrefs[1]}* ."
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{% for link in site.menu %}{{ loop.index }}{{ link.title }} {% endfor %}", "1Categories 2Dates "),
        ("{% for link in site.menu if link.title != 'Dates' %}{{ link.title }}{% endfor %}", "Categories"),
        ("{% for link in site.menu %}{{ link|string|length > 9 }}{% endfor %}", "TrueTrue"),
        ("{% for link in site.menu %}{% set x = link.title %}{{ x }}{% endfor %}", "CategoriesDates"),
        ("{% for link in site.menu %}{{ link.title }}{% else %}none{% endfor %}", "CategoriesDates"),
        ("{% for a in site.menu %}{% for b in site.menu %}{{ a.title[0] }}{{ b.title[0] }} {% endfor %}{% endfor %}", "CC CD DC DD "),
        ("{% for link in article.tags %}{{ link.title }}{% endfor %}", "Shares"),
    ],
)  # fmt: skip
def test_a_loop_gives_the_same_whether_it_can_be_written_out_or_not(render, body, text):
    assert render(body) == text


def test_a_block_inside_a_branch_that_is_never_taken_can_still_be_replaced(render):
    base = "{% if site.author %}{% block a %}base{% endblock %}{% endif %}[{{ self.a() }}]"
    assert render('{% extends "base2.html" %}{% block a %}child{% endblock %}',
                  **{"base2.html": base}) == "[child]"  # fmt: skip


def test_items_of_tables_are_asked_for_as_attributes_too(render):
    shown = render("{{ site.params.ink }} {% set row = {'ink': 'red', 'class': 1} %}{{ row.ink }}{{ row.class }}")  # fmt: skip
    assert shown == "black red1"


def test_an_attribute_comes_before_an_item_of_the_same_name(render):
    assert render("{% set row = {'keys': 1} %}{{ row.keys()|list }} {{ 5.5.real }}") == "[&#39;keys&#39;] 5.5"  # fmt: skip


def test_a_name_that_a_value_lacks_is_an_error_that_names_it(render):
    with pytest.raises(ThemeError, match="titel") as caught:
        render("\n{{ article.titel }}")
    assert (caught.value.line, caught.value.hint) == (2, "did you mean `title`?")


def test_an_error_of_a_filter_s_own_is_told_as_it_is(render):
    with pytest.raises(ThemeError, match="is given nothing") as caught:
        render("{{ none|date }}")
    assert caught.value.path.endswith("templates/article.html")
