"""A page's hash changes when what it shows does, and only then."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from tiny_site import SUMMARY, list_page, make_article, make_plan, make_renderer, with_site

from generator.model.site import PageKind, Summary, Term
from generator.render.survey import survey_templates
from generator.text.address import Address


@pytest.fixture
def fingerprint(make_theme, config):
    def take(plan, *, summary=SUMMARY, site=config, files={}):  # noqa: B006 - never changed
        renderer, _ = make_renderer(make_theme(site=files), site, plan)
        return renderer.fingerprint_article(plan.articles[0], summary)

    return take


def changed(plan, **changes):
    first = msgspec.structs.replace(plan.articles[0], **changes)
    return msgspec.structs.replace(plan, articles=(first, *plan.articles[1:]))


def test_the_same_inputs_have_the_same_hash(fingerprint):
    extra = {"b": {"x", "y"}, "a": date(2022, 1, 1), "c": [1.5, None]}
    extras = (extra, dict(reversed(extra.items())))
    plans = [make_plan(make_article(2, extra=extra), make_article(1)) for extra in extras]
    assert fingerprint(plans[0]) == fingerprint(plans[1])


def test_front_matter_of_any_type_can_be_hashed(fingerprint):
    assert fingerprint(make_plan(make_article(extra={"odd": 3 + 4j})))


@pytest.mark.parametrize(
    "other",
    [
        make_plan(make_article(2, title="Other"), make_article(1)),
        make_plan(make_article(2, extra={"a": 1}), make_article(1)),
        make_plan(make_article(2), make_article(1, title="Other neighbour")),
        make_plan(make_article(2)),
        changed(make_plan(make_article(2), make_article(1)), links={"/x": Address("x.html")}),
        changed(make_plan(make_article(2), make_article(1)), categories=()),
        changed(make_plan(make_article(2), make_article(1)), address=Address("elsewhere.html")),
    ],
    ids=["title", "extra", "neighbour's title", "no neighbour", "links", "categories", "address"],
)
def test_the_hash_of_an_article_follows_all_it_shows(fingerprint, other):
    assert fingerprint(other) != fingerprint(make_plan(make_article(2), make_article(1)))


def test_the_hash_follows_summary_site_and_theme(fingerprint, config):
    plan = make_plan(make_article(2))
    hashes = {
        fingerprint(plan),
        fingerprint(plan, summary=Summary("Other", characters=801)),
        fingerprint(plan, site=with_site(config, base_url="https://other.example")),
        fingerprint(plan, files={"templates/base.html": "other {% block main %}{% endblock %}"}),
    }
    assert len(hashes) == 4


def test_the_hash_does_not_follow_a_template_that_the_page_does_not_use(fingerprint):
    plan = make_plan(make_article(2))
    assert fingerprint(plan) == fingerprint(plan, files={"templates/home.html": "other"})


def test_the_hash_follows_the_title_of_the_site_where_the_theme_shows_it(fingerprint, config):
    plan = make_plan(make_article(2))
    files = {"templates/base.html": "{{ site.title }}{% block main %}{% endblock %}"}
    other = with_site(config, title="Other", description="x")
    assert fingerprint(plan, files=files) != fingerprint(plan, files=files, site=other)


def test_a_new_article_does_not_change_old_pages_that_show_no_count(fingerprint):
    """The neighbours are the same; the site, its terms and its days hold one article more."""
    before = make_plan(make_article(3), make_article(2), make_article(1))
    after = make_plan(make_article(3), make_article(2), make_article(1), make_article(4, date=None))
    after = changed(after)
    assert fingerprint(before) == fingerprint(after)


def test_a_new_article_changes_old_pages_that_show_the_count(fingerprint):
    before = make_plan(make_article(3), make_article(2), make_article(1))
    after = make_plan(make_article(3), make_article(2), make_article(1), make_article(4, date=None))
    for text in ("{{ site.article_count }}", '{{ site[page.kind ~ "_count"] }}'):
        files = {"templates/base.html": text + "{% block main %}{% endblock %}"}
        assert fingerprint(before, files=files) != fingerprint(after, files=files)


def test_a_new_term_that_moves_the_others_changes_no_page(fingerprint):
    plan = make_plan(make_article(2))
    new = Term(plan.terms[0].taxonomy, "A", "A", Address("category/A.html"), ())
    moved = msgspec.structs.replace(
        changed(plan, categories=(1,), tags=(2,), source=3), terms=(new, *plan.terms)
    )
    assert fingerprint(plan) == fingerprint(moved)


def test_the_hash_of_a_list_follows_its_teasers(make_theme, config):
    plan = make_plan(make_article(2), make_article(1))
    renderer, _ = make_renderer(make_theme(), config, plan)
    page = list_page(plan, PageKind.HOME)
    teasers = [renderer.make_teaser(planned, SUMMARY) for planned in plan.articles]
    other = [renderer.make_teaser(planned, Summary("x")) for planned in plan.articles]
    same = [renderer.make_teaser(planned, SUMMARY) for planned in plan.articles]
    assert renderer.fingerprint_list(page, teasers) == renderer.fingerprint_list(page, same)
    assert renderer.fingerprint_list(page, teasers) != renderer.fingerprint_list(page, other)


def test_what_a_template_may_ask_for_is_followed_through_other_templates():
    def survey(**sources):
        named = {f"{name}.html": (text, name) for name, text in sources.items()}
        return survey_templates(named, ("page.html",)).reads["page.html"]

    assert "a" in survey(page='{% extends "base.html" %}', base="{{ site.a }}")
    assert "a" in survey(page='{% include ["no.html", "part.html"] %}', part="{{ site.a }}")
    assert "a" in survey(
        page='{% import "m.html" as m %}', m="{% macro x(y) %}{{ y.a }}{% endmacro %}"
    )
    assert "a" in survey(page="{% include page.kind %}", any="{{ site.a }}")
    assert "a" in survey(page='{{ x|map(attribute="a")|list }}')
    assert "a" not in survey(page="{{ site.b }}", other="{{ site.a }}")
