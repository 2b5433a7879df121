"""The standard index that lunr.py writes is read by the original lunr.js, Chinese included."""

import random

import lunr.index
import pytest

from generator.search.document import MOST_IN_LUNR, SearchDocument, SearchSettings
from generator.search.lunr_json import lunr_files
from generator.search.tokens import normal_form, runs


@pytest.fixture(scope="module")
def articles(news):
    return news[:60]


@pytest.fixture(scope="module")
def files(articles):
    return {file.name: file.data for file in lunr_files(articles, SearchSettings())}


@pytest.fixture(scope="module")
def asked(articles):
    rng = random.Random(2)
    words = [
        run for article in articles for is_han, run in runs(article.text) if is_han and len(run) > 8
    ]
    return [rng.choice(words)[: 1 + i % 2] for i in range(60)]


def test_characters_pairs_and_words_need_no_code_beside_lunr(client, articles, files, asked):
    found = client.ask(
        "lunrJson", json=files["search/lunr.json"].decode(), texts=[*asked, "GDP", "COVID"]
    )
    for text, results in zip([*asked, "gdp", "covid"], found, strict=True):
        holding = [
            article.href
            for article in articles
            if text in normal_form(article.title) or text in normal_form(article.text)
        ]
        assert sorted(ref for ref, _ in results) == sorted(holding), text


def test_longer_runs_need_the_function_that_stands_beside_it(client, articles, files, tmp_path):
    script = tmp_path / "lunr-bigrams.cjs"
    script.write_bytes(files["search/lunr-bigrams.js"])
    [whole, titles] = client.ask(
        "lunrJson",
        json=files["search/lunr.json"].decode(),
        bigrams=str(script),
        texts=["新冠肺炎疫情", "title:新冠肺炎"],
    )
    assert {ref for ref, _ in whole} == {
        article.href for article in articles if "新冠肺炎疫情" in normal_form(article.text)
    }
    assert {ref for ref, _ in titles} == {
        article.href for article in articles if "新冠肺炎" in normal_form(article.title)
    }


def test_lunr_py_finds_what_the_client_finds(client, articles, files, asked, tmp_path):
    from search_site import build

    theirs = lunr.index.Index.load(files["search/lunr.json"].decode())
    docs = [{"title": article.title, "body": article.text} for article in articles]
    client.ask("open", folder=str(build(articles, tmp_path)), docs=docs)
    ours = client.ask("ranked", texts=asked, most=1000)
    for text, answer in zip(asked, ours, strict=True):
        expected = {result["ref"]: result["score"] for result in theirs.search(text)}
        found = {articles[i].href: score for i, score in answer["best"]}
        assert found.keys() == expected.keys(), text
        for href, score in found.items():
            # lunr.py rounds halves to even, lunr.js up; and "title" weighs five times.
            assert score == pytest.approx(expected[href], abs=0.0021), text


def test_large_archives_get_none(files):
    assert len(files["search/lunr.json"]) > 100_000
    many = [SearchDocument(f"{i}.html", "t", "x") for i in range(MOST_IN_LUNR + 1)]
    assert lunr_files(many, SearchSettings()) == ()
    assert lunr_files([], SearchSettings()) == ()
