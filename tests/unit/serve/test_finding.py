"""Paths are looked up as static hosts do."""

import pytest

from generator.serve.finding import Found, find_file

FILES = {
    "index.html",
    "a/index.html",
    "b.html",
    "c.html",
    "c/index.html",
    "logo.svg",
    "新闻/一.html",
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", Found("index.html")),
        ("/index.html", Found("index.html")),
        ("/a/", Found("a/index.html")),
        ("/a", Found(moved="/a/")),
        ("/a/index.html", Found("a/index.html")),
        ("/b.html", Found("b.html")),
        ("/b", Found("b.html")),
        ("/c", Found(moved="/c/")),
        ("/logo.svg", Found("logo.svg")),
        ("/logo.svg/", Found()),
        ("/新闻/一.html", Found("新闻/一.html")),
        ("/none", Found()),
        ("/none/", Found()),
        ("//a/", Found()),
    ],
)
def test_a_path_leads_to_a_file(path, found):
    assert find_file(path, "/", FILES.__contains__) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/news/", Found("index.html")),
        ("/news", Found(moved="/news/")),
        ("/", Found(moved="/news/")),
        ("/news/a", Found(moved="/news/a/")),
        ("/newspaper/", Found()),
        ("/a/", Found()),
    ],
)
def test_a_site_in_a_folder_is_found_there_alone(path, found):
    assert find_file(path, "/news/", FILES.__contains__) == found


def test_a_path_in_another_normal_form_is_the_same():
    assert find_file("/e\u0301.html", "/", {"\u00e9.html"}.__contains__).file == "\u00e9.html"
