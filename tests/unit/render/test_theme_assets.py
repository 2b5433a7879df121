"""Assets: names that carry the content's hash, and style sheets that follow them."""

from __future__ import annotations

import re

import pytest
from rcssmin import cssmin

from generator.errors import ThemeError


def sheet(theme, name="style.css"):
    asset = next(asset for asset in theme.assets if asset.name == name)
    return (asset.data or asset.path.read_bytes()).decode()


def file_of(theme, name):
    return next(asset.file for asset in theme.assets if asset.name == name)


def test_an_asset_is_published_under_a_name_with_its_hash(make_theme):
    theme = make_theme({"assets/fonts/song.min.woff2": b"\x00font", "assets/LICENCE": "free"})
    assert re.fullmatch(r"assets/style\.[0-9a-f]{8}\.css", file_of(theme, "style.css"))
    assert re.fullmatch(
        r"assets/fonts/song\.min\.[0-9a-f]{8}\.woff2", file_of(theme, "fonts/song.min.woff2")
    )
    assert re.fullmatch(r"assets/LICENCE\.[0-9a-f]{8}", file_of(theme, "LICENCE"))


def test_an_asset_that_is_no_style_sheet_is_copied_from_its_file(make_theme):
    asset = make_theme({"assets/a.svg": "<svg/>"}).assets[0]
    assert asset.data is None
    assert asset.path.name == "a.svg"


def test_a_style_sheet_of_a_theme_loses_its_comments_and_spaces_one_of_the_site_does_not(
    make_theme,
):
    text = "/* why */\na {\n  color: red;\n}\n"
    theme = make_theme({"assets/style.css": text}, {"assets/own.css": text})
    assert sheet(theme) == "a{color:red}"
    assert next(asset for asset in theme.assets if asset.name == "own.css").data is None


def test_references_to_siblings_are_rewritten_however_they_are_written(make_theme):
    theme = make_theme(
        {
            "assets/style.css": (
                "@import 'base.css';\n"
                "a { background: url(img/a.svg) }\n"
                'b { background: URL( "img/a.svg#top" ) }\n'
                "c { src: url('./img/../img/a.svg?v=1') }\n"
            ),
            "assets/base.css": "d { background: url(img/a.svg) }",
            "assets/img/a.svg": "<svg/>",
        }
    )
    svg = file_of(theme, "img/a.svg").removeprefix("assets/")
    base = file_of(theme, "base.css").removeprefix("assets/")
    assert sheet(theme) == (
        f'@import "{base}";'
        f'a{{background:url("{svg}")}}'
        f'b{{background:URL("{svg}#top")}}'
        f'c{{src:url("{svg}?v=1")}}'
    )


def test_a_sheet_in_a_folder_refers_relative_to_itself(make_theme):
    theme = make_theme(
        {"assets/css/x.css": "a { b: url(../img/a%20b.svg) }", "assets/img/a b.svg": "<svg/>"}
    )
    published = file_of(theme, "img/a b.svg").removeprefix("assets/img/a b.")
    assert sheet(theme, "css/x.css") == f'a{{b:url("../img/a%20b.{published}")}}'


@pytest.mark.parametrize(
    "text",
    [
        "/* url(gone.svg) @import 'gone.css' */ a { b: c }",
        'a::after { content: "url(gone.svg)" }',
        "a { b: url(data:image/svg+xml,%3Csvg/%3E) }",
        "a { b: url(https://other.example/x.svg) }",
        "a { b: url(//other.example/x.svg) }",
        "a { b: url(/images/x.svg) }",
        "a { b: url(../images/x.svg) }",
        "a { b: url(#mark) }",
        "a { b: url() }",
    ],
)
def test_what_is_no_sibling_is_left_alone(make_theme, text):
    theme = make_theme({"assets/style.css": text})
    assert sheet(theme) == cssmin(text)


def test_a_change_of_an_image_changes_the_name_of_every_sheet_above_it(make_theme):
    files = {
        "assets/style.css": "@import 'base.css';",
        "assets/base.css": "a { b: url(a.svg) }",
        "assets/a.svg": "<svg/>",
    }
    before = make_theme(files)
    after = make_theme({**files, "assets/a.svg": "<svg></svg>"})
    for name in ("style.css", "base.css", "a.svg"):
        assert file_of(before, name) != file_of(after, name)


def test_a_missing_sibling_is_an_error_with_line_and_nearest_name(make_theme):
    with pytest.raises(ThemeError, match=r"names `img/song\.woff`") as caught:
        make_theme(
            {
                "assets/style.css": "a {}\nb { src: url(img/song.woff) }",
                "assets/img/song.woff2": "x",
            }
        )
    assert caught.value.line == 2
    assert caught.value.hint == "did you mean `img/song.woff2`?"


def test_a_site_that_keeps_old_sheets_with_dead_references_still_builds(make_theme):
    text = "a { b: url(gone.png) }"
    assert sheet(make_theme(site={"assets/main.css": text}), "main.css") == text


def test_sheets_that_import_one_another_are_refused(make_theme):
    with pytest.raises(ThemeError, match=r"in a circle: a\.css → b\.css → a\.css"):
        make_theme({"assets/a.css": "@import 'b.css';", "assets/b.css": "@import 'a.css';"})


def test_a_sheet_in_another_charset_is_published_as_it_is(make_theme):
    data = '@charset "gbk"; a { font-family: "宋体" }'.encode("gb18030")
    theme = make_theme({"assets/style.css": data})
    assert theme.assets[0].data is None


def test_a_sheet_of_the_site_can_import_the_one_it_replaces(make_theme):
    theme = make_theme(
        {"assets/style.css": "a { b: url(img/a.svg) }", "assets/img/a.svg": "<svg/>"},
        site={"assets/style.css": '@import "tiny/style.css"; a { color: red }'},
    )
    original = file_of(theme, "tiny/style.css")
    assert original.startswith("assets/tiny/style.")
    assert sheet(theme) == f'@import "{original.removeprefix("assets/")}"; a {{ color: red }}'
    picture = file_of(theme, "img/a.svg").removeprefix("assets/")
    assert sheet(theme, "tiny/style.css") == f'a{{b:url("../{picture}")}}'


def test_a_replaced_file_that_nothing_asks_for_is_not_published(make_theme):
    theme = make_theme(site={"assets/style.css": "a {}"})
    assert [asset.name for asset in theme.assets] == ["style.css"]


def test_a_sheet_that_imports_itself_is_told_how_to_import_the_one_it_replaces(make_theme):
    with pytest.raises(ThemeError, match=r"in a circle: style\.css → style\.css") as caught:
        make_theme(site={"assets/style.css": '@import "style.css";'})
    assert '"default/style.css"' in caught.value.hint
