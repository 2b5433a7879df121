"""Themes: found, chained, overridden, read into one value."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_site import TINY, write_files

from generator.errors import ThemeError
from generator.render import load_theme


def test_a_theme_is_read_with_its_templates_messages_assets_and_defaults(make_theme):
    theme = make_theme()
    assert theme.name == "tiny"
    assert theme.params == {"ink": "black"}
    assert theme.templates["article.html"] is theme.templates["tiny/article.html"]
    assert theme.messages["en"]["dates"].other == "Dates"
    assert [asset.name for asset in theme.assets] == ["style.css"]


def test_a_theme_of_the_site_comes_before_a_shipped_one_of_the_same_name(tmp_path, site_root):
    write_files(tmp_path / "themes/tiny", {**TINY, "templates/home.html": "shipped"})
    write_files(site_root / "themes/tiny", {**TINY, "templates/home.html": "own"})
    theme = load_theme("tiny", site_root=site_root, themes=[tmp_path / "themes"])
    assert theme.templates["home.html"].source == "own"
    assert theme.templates["home.html"].shown == "themes/tiny/templates/home.html"


def test_a_file_outside_the_site_is_shown_in_full(make_theme, tmp_path):
    shown = make_theme().templates["home.html"].shown
    assert shown == f"{tmp_path.as_posix()}/themes/tiny/templates/home.html"


def test_files_come_from_the_site_then_the_theme_then_the_theme_it_extends(tmp_path, site_root):
    write_files(tmp_path / "tiny", TINY)
    child = {
        "theme.toml": 'extends = "tiny"\n[params]\nink = "blue"\n',
        "templates/list.html": "child",
        "templates/home.html": "child",
        "messages/en.toml": 'dates = "child"\ntags = "child"\n',
        "assets/style.css": "/* child */",
    }
    write_files(tmp_path / "child", child)
    own = {
        "templates/home.html": "site",
        "messages/en.toml": 'tags = "site"\n',
        "assets/logo.svg": "<svg/>",
    }
    write_files(site_root, own)
    theme = load_theme("child", site_root=site_root, themes=[tmp_path])
    sources = {name: template.source for name, template in theme.templates.items()}
    assert (sources["home.html"], sources["list.html"]) == ("site", "child")
    assert sources["terms.html"] == TINY["templates/terms.html"]
    assert sources["tiny/home.html"] == TINY["templates/home.html"]
    assert theme.messages["en"]["tags"].other == "site"
    assert theme.messages["en"]["dates"].other == "child"
    assert theme.messages["en"]["sources"].other == "Sources"
    assert theme.params == {"ink": "blue"}
    assert [asset.name for asset in theme.assets] == ["logo.svg", "style.css"]
    assert theme.assets[1].path.read_text() == "/* child */"


def test_an_unknown_theme_names_the_nearest(make_theme, site_root, tmp_path):
    make_theme()
    with pytest.raises(ThemeError, match="no theme `tny`") as caught:
        load_theme("tny", site_root=site_root, themes=[tmp_path / "themes"])
    assert caught.value.hint == "did you mean `tiny`?"


@pytest.mark.parametrize("name", ["../tiny", "a/b", "..", ".", "a\\b"])
def test_a_theme_name_cannot_leave_the_folders_of_themes(name, site_root, tmp_path):
    write_files(tmp_path / "tiny", TINY)
    with pytest.raises(ThemeError, match="there is no theme"):
        load_theme(name, site_root=site_root, themes=[tmp_path / "tiny"])


def test_an_unknown_parent_is_reported_in_the_file_that_asks_for_it(make_theme):
    with pytest.raises(ThemeError, match="no theme `dflt`") as caught:
        make_theme({"theme.toml": 'extends = "dflt"'})
    assert caught.value.path.endswith("themes/tiny/theme.toml")


def test_themes_that_extend_one_another_are_refused(tmp_path, site_root):
    write_files(tmp_path / "a", {"theme.toml": 'extends = "b"'})
    write_files(tmp_path / "b", {"theme.toml": 'extends = "a"'})
    with pytest.raises(ThemeError, match="in a circle: a → b → a") as caught:
        load_theme("a", site_root=site_root, themes=[tmp_path])
    assert caught.value.path.endswith("b/theme.toml")


def test_an_unknown_key_in_theme_toml_names_the_nearest(make_theme):
    with pytest.raises(ThemeError, match="unknown key `extend`") as caught:
        make_theme({"theme.toml": 'extend = "default"'})
    assert caught.value.hint == "did you mean `extends`?"


def test_a_value_of_the_wrong_type_in_theme_toml_is_named(make_theme):
    with pytest.raises(ThemeError, match=r"Expected `str`, got `int`.*version"):
        make_theme({"theme.toml": "version = 1"})


def test_broken_toml_is_reported_with_its_line(make_theme):
    with pytest.raises(ThemeError, match="not TOML") as caught:
        make_theme({"theme.toml": 'name = "x"\nversion = \n'})
    assert (caught.value.line, caught.value.column) == (2, 11)


def test_a_missing_page_template_is_reported_with_what_to_do(tmp_path, site_root):
    files = {name: text for name, text in TINY.items() if name != "templates/404.html"}
    write_files(tmp_path / "tiny", files)
    with pytest.raises(ThemeError, match=r"no template `404\.html`") as caught:
        load_theme("tiny", site_root=site_root, themes=[tmp_path])
    assert 'extends = "default"' in caught.value.hint


def test_a_syntax_error_is_found_when_the_theme_is_loaded_even_if_no_page_needs_it(make_theme):
    with pytest.raises(ThemeError) as caught:
        make_theme(site={"templates/extra/unused.html": "a\nb\n{% if %}\n"})
    assert (caught.value.path, caught.value.line) == ("templates/extra/unused.html", 3)


def test_a_template_that_is_not_utf8_is_reported_with_its_line(make_theme):
    with pytest.raises(ThemeError, match="not UTF-8") as caught:
        make_theme(site={"templates/home.html": "好\n".encode() + "坏".encode("gb18030")})
    assert (caught.value.path, caught.value.line) == ("templates/home.html", 2)


def test_a_byte_order_mark_in_a_template_is_not_part_of_the_page(make_theme):
    theme = make_theme({"templates/home.html": b"\xef\xbb\xbfhome"})
    assert theme.templates["home.html"].source == "home"


def test_hidden_and_backup_files_are_no_part_of_a_theme(make_theme):
    theme = make_theme({"templates/.home.html.swp": "{%", "assets/style.css~": "x"})
    assert ".home.html.swp" not in theme.templates
    assert [asset.name for asset in theme.assets] == ["style.css"]


@pytest.mark.parametrize(
    "change",
    [
        {"templates/home.html": "changed"},
        {"templates/extra.html": "new"},
        {"messages/en.toml": TINY["messages/en.toml"] + 'more = "x"\n'},
        {"messages/fr.toml": 'tags = "Mots"\n'},
        {"assets/style.css": "body {}"},
        {"theme.toml": '[params]\nink = "red"\n'},
    ],
)
def test_the_digest_changes_with_every_file_that_can_show(make_theme, change):
    before = make_theme().digest
    assert make_theme(change).digest != before


def test_the_digest_does_not_depend_on_where_the_theme_lies_or_on_the_hash_seed(tmp_path):
    script = (
        "import sys; from pathlib import Path; from generator.render import load_theme;"
        "folder = Path(sys.argv[1]);"
        "print(load_theme('tiny', site_root=folder / 'site', themes=[folder]).digest)"
    )
    digests = set()
    for seed, place in (("1", "a"), ("2", "b/c")):
        write_files(tmp_path / place / "tiny", TINY)
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / place)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_theme_crosses_to_a_worker_as_a_value(make_theme):
    theme = make_theme()
    assert pickle.loads(pickle.dumps(theme)) == theme


def test_a_survey_is_taken_over_for_the_same_templates_only(tmp_path, site_root):
    write_files(tmp_path / "tiny", TINY)
    surveyed = load_theme("tiny", site_root=site_root, themes=[tmp_path]).pack_survey()
    marked = surveyed.replace(b"home.html", b"HOME.html")
    again = load_theme("tiny", site_root=site_root, themes=[tmp_path], surveyed=marked)
    assert "HOME.html" in again.survey.uses
    (tmp_path / "tiny" / "templates" / "home.html").write_text("{{ site.title }}")
    changed = load_theme("tiny", site_root=site_root, themes=[tmp_path], surveyed=marked)
    assert "HOME.html" not in changed.survey.uses
    damaged = load_theme("tiny", site_root=site_root, themes=[tmp_path], surveyed=surveyed[:-5])
    assert damaged.survey == changed.survey
