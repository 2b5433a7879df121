"""File names of imported articles: stable, safe, the old one where it is known."""

from __future__ import annotations

import pytest

from generator.ingest.naming import article_file, capture_id, numbered, page_id, record_file


@pytest.mark.parametrize(
    ("capture", "name"),
    [
        ("seeds/002_65edc8913c4f96a9.txt", "65edc8913c4f96a9"),
        ("seeds/65edc8913c4f96a9", "65edc8913c4f96a9"),
        ("a/b/page.html.txt", "page"),
        ("a/headline/index.html", "headline"),
        ("index.html", "index"),
        ("a/001_.txt", "001_"),
        ("a/what? a: name*.txt", "what- a- name"),
        ("a/新闻 一.TXT", "新闻 一"),
        ("a/CON.txt", "CON-"),
        ("a/first.mdx", "first"),
        ("a/....txt", "capture"),
    ],
)
def test_the_id_is_the_capture_s_name_less_counter_and_endings(capture: str, name: str) -> None:
    assert capture_id(capture) == name


def test_a_long_name_is_cut_between_characters() -> None:
    name = capture_id("a/" + "长" * 300 + ".txt")
    assert len(name.encode()) <= 180
    assert set(name) == {"长"}


def test_a_dated_article_is_named_as_jekyll_names_posts() -> None:
    assert article_file("NW202202212282371475", "2022-02-21") == (
        "posts/2022-02-21-NW202202212282371475.md"
    )


def test_an_undated_article_stands_in_the_folder_for_undated_ones() -> None:
    assert article_file("65edc8913c4f96a9", "") == "undated/65edc8913c4f96a9.md"


def test_a_name_that_begins_with_a_date_does_not_get_a_second_one() -> None:
    assert article_file("2022-02-21-a", "2022-03-01") == "posts/2022-03-01-a.md"
    assert article_file("2022-02-21-a", "") == "posts/2022-02-21-a.md"
    assert article_file("2022-02-21_A-Title", "2022-02-21") == "posts/2022-02-21-A-Title.md"


def test_a_name_never_begins_with_a_dash() -> None:
    assert article_file("-202205262391921712", "") == "undated/202205262391921712.md"


def test_later_articles_of_one_name_are_numbered_and_their_records_lie_beside() -> None:
    assert numbered("undated/a.md", 1) == "undated/a.md"
    assert numbered("undated/a.md", 3) == "undated/a-3.md"
    assert record_file("undated/a.md") == ".import/undated/a.json"


def test_a_counter_is_one_only_at_the_start_of_a_name() -> None:
    assert capture_id("seeds/t20130506_123.htm") == "t20130506_123"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://a.example/2013/1.html", "1"),
        ("http://a.example/news/", "news"),
        ("http://a.example/news/index.html", "news"),
        ("http://a.example/", "a.example"),
        ("http://a.example/show.asp?id=3&x=%E7%94%B2", "show-id-3-x-甲"),
        ("http://a.example/%E7%94%B2/%E4%B9%99.php", "乙"),
        ("http://a.example/a%2Fb?" + "x" * 500, "b-" + "x" * 178),
        ("http://[", "capture"),
    ],
)
def test_a_captured_page_is_named_after_its_address(address: str, name: str) -> None:
    assert page_id(address) == name
