"""Whatever goes wrong in a template is told with the template's own file and line."""

from __future__ import annotations

import pickle

import pytest
from tiny_site import SUMMARY, list_page, make_article, make_plan, make_renderer

from generator.errors import ThemeError
from generator.model.site import PageKind

START = '{% extends "base.html" %}\n{% block main %}\n'
END = "\n{% endblock %}\n"


@pytest.fixture
def fail(make_theme, config):
    """Render an article with the site's own article.html and give the error."""

    def render(body, **others):
        theme = make_theme(
            site={
                "templates/article.html": START + body + END,
                **{f"templates/{name}": text for name, text in others.items()},
            }
        )
        plan = make_plan(make_article())
        renderer, _ = make_renderer(theme, config, plan)
        with pytest.raises(ThemeError) as caught:
            renderer.render_article(plan.articles[0], html="<p>x</p>", summary=SUMMARY)
        return caught.value

    return render


def place(error):
    return error.path, error.line


def test_a_misspelt_field_is_placed_and_the_nearest_is_named(fail):
    error = fail("<h1>\n{{ article.titel }}</h1>")
    assert place(error) == ("templates/article.html", 4)
    assert error.message == "`article` has no `titel` (on the page of content/1.md)"
    assert error.hint == "did you mean `title`?"


def test_a_misspelt_name_is_placed_and_the_nearest_is_named(fail):
    error = fail("{{ artcle.title }}")
    assert place(error) == ("templates/article.html", 3)
    assert error.message.startswith("there is no `artcle` here")
    assert error.hint == "did you mean `article`?"


def test_a_misspelt_filter_names_the_nearest(fail):
    error = fail("{{ article.date|dat }}")
    assert place(error) == ("templates/article.html", 3)
    assert error.hint == "did you mean `date`?"


def test_a_misspelt_test_names_the_nearest(fail):
    assert fail("{{ article is defind }}").hint == "did you mean `defined`?"


def test_an_error_in_an_included_template_is_placed_there(fail):
    error = fail('{% include "part.html" %}', **{"part.html": "a\nb\n{{ page.tite }}\n"})
    assert place(error) == ("templates/part.html", 3)
    assert error.message.startswith("`page` has no `tite`")


def test_an_error_in_a_macro_is_placed_there(fail):
    error = fail(
        '{% from "part.html" import show %}\n{{ show(article) }}',
        **{"part.html": "{% macro show(it) %}\n{{ it.nope }}\n{% endmacro %}\n"},
    )
    assert place(error) == ("templates/part.html", 2)


def test_an_error_in_the_template_extended_is_placed_there(fail):
    error = fail("x", **{"base.html": "a\n{{ site.tilte }}\n{% block main %}{% endblock %}"})
    assert place(error) == ("templates/base.html", 2)
    assert error.hint == "did you mean `title`?"


def test_a_template_that_is_not_there_names_the_nearest(fail):
    error = fail('\n{% include "bas.html" %}')
    assert place(error) == ("templates/article.html", 4)
    assert error.message.startswith("there is no template `bas.html`")
    assert error.hint == "did you mean `base.html`?"


def test_a_choice_of_templates_that_are_not_there_names_them_all(fail):
    assert "`x.html` or `y.html`" in fail('{% include ["x.html", "y.html"] %}').message


def test_an_exception_is_placed_with_its_kind(fail):
    error = fail("\n\n{{ 1 // 0 }}")
    assert place(error) == ("templates/article.html", 5)
    assert error.message.startswith("ZeroDivisionError: ")


def test_an_undated_article_is_what_a_date_filter_may_be_given(fail):
    error = fail("{{ article.updated|date }}")
    assert place(error) == ("templates/article.html", 3)
    assert error.message.startswith("the filter `date` is given nothing")
    assert "{% if article.date %}" in error.hint


def test_a_field_asked_of_nothing_says_so(fail):
    error = fail("{{ article.next.title }}")
    assert error.message.startswith("`title` is asked of nothing")


def test_a_missing_message_is_placed_where_it_is_asked_for(fail):
    error = fail('{{ t("greeting") }}')
    assert place(error) == ("templates/article.html", 3)
    assert error.message.startswith("no message `greeting` for the language en")
    assert error.hint == "add it to messages/en.toml"


def test_a_missing_asset_names_the_nearest(fail):
    error = fail('{{ asset("styles.css") }}')
    assert place(error) == ("templates/article.html", 3)
    assert error.hint == "did you mean `style.css`?"


def test_a_missing_parameter_of_the_site_lists_those_there_are(fail):
    error = fail("{{ site.params.zzz }}")
    assert error.message.startswith("the table has no `zzz`")
    assert error.hint == "there is: ink"


def test_a_template_that_extends_itself_is_told_how_to_extend_the_one_it_replaces(fail):
    error = fail("", **{"base.html": '{% extends "base.html" %}'})
    assert place(error) == ("templates/base.html", 1)
    assert "in a circle" in error.message
    assert '"default/base.html"' in error.hint


def test_templates_that_include_one_another_without_end_are_an_error(fail):
    error = fail('{% include "part.html" %}', **{"part.html": '\n{% include "part.html" %}'})
    assert place(error) == ("templates/part.html", 2)
    assert "in a circle" in error.message


def test_an_error_on_a_list_page_names_no_article(make_theme, config):
    theme = make_theme(site={"templates/home.html": "{{ listing.titel }}"})
    plan = make_plan(make_article())
    renderer, _ = make_renderer(theme, config, plan)
    with pytest.raises(ThemeError) as caught:
        renderer.render_list(list_page(plan, PageKind.HOME))
    assert caught.value.message == "`listing` has no `titel`"


def test_the_error_keeps_its_place_across_processes(fail):
    error = fail("{{ article.titel }}")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.message, place(copy), copy.hint) == (error.message, place(error), error.hint)


def test_an_error_in_a_teaser_names_the_article_and_what_a_teaser_knows(make_theme, config):
    theme = make_theme(site={"templates/teaser.html": "\n{{ item.titel }}"})
    plan = make_plan(make_article())
    renderer, _ = make_renderer(theme, config, plan)
    with pytest.raises(ThemeError) as caught:
        renderer.make_teaser(plan.articles[0], SUMMARY)
    assert place(caught.value) == ("templates/teaser.html", 2)
    assert caught.value.message == "the teaser has no `titel` (on the page of content/1.md)"
    assert caught.value.hint == "did you mean `title`?"


def test_a_teaser_is_put_together_for_each_page_from_what_was_made_once(make_theme, config):
    theme = make_theme(
        {
            "templates/teaser.html": '<a href="{{ root }}{{ item.href }}">{{ item.title }}</a>',
            "templates/list.html": "{% for item in listing.items %}{{ item.pieces|rooted(root) }}{% endfor %}",
        }
    )
    plan = make_plan(make_article(title="<!--root--> & x"))
    renderer, _ = make_renderer(theme, config, plan)
    teaser = renderer.make_teaser(plan.articles[0], SUMMARY)
    page = renderer.render_list(list_page(plan, PageKind.MONTH), [teaser]).decode()
    assert page == '<a href="../../markets/2022/1.html">&lt;!--root--&gt; &amp; x</a>'
