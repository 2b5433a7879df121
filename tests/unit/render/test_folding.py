"""Constants are worked out when a template compiles, and only constants are."""

from __future__ import annotations

import pytest
from tiny_site import SUMMARY, make_article, make_plan, make_renderer

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
