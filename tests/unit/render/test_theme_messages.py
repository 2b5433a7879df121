"""Messages: the words of the interface in the reader's language."""

from __future__ import annotations

import pytest

from generator.errors import ThemeError
from generator.render.messages import Translator, languages_for

EN = {"messages/en.toml": 'a = "en a"\nb = "en b"\nc = "en c"\n'}


def test_a_message_has_its_fields_filled_in(make_theme):
    translate = Translator(make_theme().messages, "en")
    assert translate("category_title", name="股市 {name}") == "Category 股市 {name}"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 articles"), (1, "one article"), (1234, "1,234 articles")]
)
def test_a_message_with_forms_follows_its_count(make_theme, count, text):
    assert Translator(make_theme().messages, "en")("articles", count=count) == text


def test_a_key_is_looked_for_in_the_language_then_its_relatives_then_english(make_theme):
    theme = make_theme(
        {
            **EN,
            "messages/zh-CN.toml": 'a = "简"\nb = "简"\n',
            "messages/zh-TW.toml": 'a = "繁"\n',
        }
    )
    translate = Translator(theme.messages, "zh-TW")
    assert [translate(key) for key in "abc"] == ["繁", "简", "en c"]


def test_relatives_of_the_same_script_come_first():
    known = ["en", "en-GB", "fr", "zh-CN", "zh-TW"]
    assert languages_for("zh-HK", known) == ["zh-TW", "zh-CN", "en", "en-GB"]
    assert languages_for("ZH-cn", known) == ["zh-CN", "zh-TW", "en", "en-GB"]
    assert languages_for("de", known) == ["en", "en-GB"]


def test_a_missing_key_names_the_language_and_the_file_to_add_it_to(make_theme):
    translate = Translator(make_theme().messages, "zh-CN")
    with pytest.raises(ThemeError, match="no message `greeting` for the language zh-CN") as caught:
        translate("greeting")
    assert caught.value.hint == "add it to messages/zh-CN.toml"


def test_a_misspelt_key_names_the_nearest(make_theme):
    with pytest.raises(ThemeError) as caught:
        Translator(make_theme().messages, "en")("artcles", count=1)
    assert caught.value.hint == "did you mean `articles`?"


@pytest.mark.parametrize("text", ["{nmae}", "{}", "{name.gone}", "{name:d}", "{"])
def test_a_message_that_cannot_be_filled_in_names_key_file_and_fields(make_theme, text):
    theme = make_theme(site={"messages/en.toml": f'greeting = "{text}"\n'})
    with pytest.raises(ThemeError, match=r"`greeting` of messages/en\.toml") as caught:
        Translator(theme.messages, "en")("greeting", name="x")
    assert caught.value.hint == "the fields it is given: {name}"


@pytest.mark.parametrize("value", ["3", "{ one = 'x' }", "{ other = 'x', lots = 'y' }", "['x']"])
def test_what_is_no_message_is_refused_with_its_file(make_theme, value):
    with pytest.raises(ThemeError, match="`greeting` is no message") as caught:
        make_theme(site={"messages/en.toml": f"greeting = {value}\n"})
    assert caught.value.path == "messages/en.toml"


@pytest.mark.parametrize(("count", "text"), [(1, "1 plik"), (2, "2 pliki"), (5, "5 plików")])
def test_a_language_counts_by_its_own_plural_forms(make_theme, count, text):
    forms = "files = { one = '{count} plik', few = '{count} pliki', other = '{count} plików' }\n"
    theme = make_theme(site={"messages/pl.toml": forms})
    assert Translator(theme.messages, "pl")("files", count=count) == text


def test_numbers_in_a_message_are_grouped_as_its_own_language_does(make_theme):
    theme = make_theme(site={"messages/de.toml": 'size = "{count} Zeichen"\n'})
    german = Translator(theme.messages, "de")
    assert german("size", count=12345) == "12.345 Zeichen"
    assert german("articles", count=12345) == "12,345 articles", "an English message in a pinch"
