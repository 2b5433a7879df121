"""Whatever stands in an article finds it, and what is shown holds what was asked for."""

import random

import pytest
from search_site import build

from generator.search.tokens import LONGEST_WORD, normal_form, query_tokens, runs

SIZES = (1, 2, 3, 4, 8)


def is_word(unit):
    return unit == "." or (unit != " " and not runs(unit)[0][0]) if unit.strip() else False


def stands_in(form, wanted):
    """Plain substring search, but never with a cut inside a word."""
    start = form.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        cut_before = start > 0 and is_word(form[start - 1]) and is_word(wanted[0])
        cut_after = end < len(form) and is_word(form[end]) and is_word(wanted[-1])
        if not cut_before and not cut_after:
            return True
        start = form.find(wanted, start + 1)
    return False


def test_500_substrings_find_the_articles_that_plain_substring_search_finds(client, news, tmp_path):
    articles = news[:900]
    forms = [(normal_form(article.title), normal_form(article.text)) for article in articles]
    docs = [{"title": article.title, "body": article.text} for article in articles]
    client.ask("open", folder=str(build(articles, tmp_path)), docs=docs)
    rng = random.Random(11)
    asked = 0
    while asked < 500:
        form = rng.choice(forms)[rng.random() < 0.9]
        size = SIZES[asked % len(SIZES)]
        if len(form) < size:
            continue
        start = rng.randrange(len(form) - size + 1)
        wanted = form[start : start + size]
        if wanted.strip() != wanted or not stands_in(form, wanted) or " " in wanted:
            continue
        asked += 1
        expected = [
            i for i, pair in enumerate(forms) if any(stands_in(part, wanted) for part in pair)
        ]
        answer = client.ask("search", query={"text": wanted})
        assert sorted(answer["shown"]) == expected, wanted
        assert answer["total"] == len(answer["documents"])
        assert len(query_tokens(wanted)[0]) <= LONGEST_WORD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("纽约", "紐約"),
        ("中国", "中國"),
        ("COVID", "ｃｏｖｉｄ"),
        ("0.5%", "０．５％"),
        ("华人", "華人"),
    ],
)
def test_scripts_and_widths_find_each_other(client, news, news_index, one, other):
    docs = [{"title": document.title, "body": document.text} for document in news]
    client.ask("open", folder=str(news_index), docs=docs)
    first = client.ask("search", query={"text": one})
    assert first["documents"]
    second = client.ask("search", query={"text": other})
    assert sorted(second["documents"]) == sorted(first["documents"])
    ordered = min(first["ordered"], second["ordered"])
    assert second["documents"][:ordered] == first["documents"][:ordered]
