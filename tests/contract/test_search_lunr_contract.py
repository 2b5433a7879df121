"""The partial index answers exactly as a whole one that the original lunr.js built."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search.tokens import query_tokens, runs


@pytest.fixture(scope="module")
def opened(client, news, news_index):
    docs = [{"title": document.title, "body": document.text} for document in news]
    assert client.ask("open", folder=str(news_index), docs=docs)["documents"] == len(news)
    return client


def pieces(rng, news):
    """Draws substrings of Han and words out of the articles."""

    def substring(size):
        while True:
            is_han, run = rng.choice(runs(rng.choice(news).text))
            if is_han and len(run) >= size:
                start = rng.randrange(len(run) - size + 1)
                return run[start : start + size]

    def word():
        while True:
            words = [run for is_han, run in runs(rng.choice(news).text) if not is_han]
            if words:
                return rng.choice(words)

    return substring, word


def queries(rng, news, count):
    substring, word = pieces(rng, news)

    def some():
        return word() if rng.random() < 0.2 else substring(rng.randint(1, 4))

    kinds = [
        lambda: " ".join(some() for _ in range(rng.randint(1, 4))),
        lambda: " ".join(
            rng.choice("+-") * rng.randint(0, 1) + some() for _ in range(rng.randint(1, 3))
        ),
        lambda: (
            f"{rng.choice(['title:', 'body:', '+title:', '-title:', '+body:'])}{substring(2)} {some()}"
        ),
        lambda: (
            f"{some()}^{rng.randint(1, 20)} {rng.choice(['title:', ''])}{some()}^{rng.randint(0, 5)}"
        ),
        lambda: f"{substring(1)}* {some()}",
        lambda: f"{word()[:2]}*",
        lambda: f"+{substring(1)}* -{substring(2)} title:{substring(1)}*^3",
        lambda: f"{rng.choice(['covid~1', 'who~1', 'pmi~1', 'gdp~1', 'twitter~2'])} {some()}",
        lambda: f"+{rng.choice(['covid~1', 'facebook~2'])} {some()}",
        lambda: rng.choice(["*id", "c*d", "*ook", f"t*r +{some()}"]),
        lambda: f"-{substring(rng.randint(1, 3))}",
        lambda: f"-{substring(2)} -title:{substring(2)}",
        lambda: rng.choice(
            [f"+zzzqqq {some()}", "zzzqqq", "-zzzqqq", f"zzzq* +{some()}", "+title:龘龘龘"]
        ),
        lambda: substring(rng.randint(4, 8)),
    ]
    return [kinds[i % len(kinds)]() for i in range(count)]


def test_queries_of_every_kind_give_the_result_sets_and_scores_of_the_whole_index(opened, news):
    asked = queries(random.Random(3), news, 434)
    report = opened.ask("compare", queries=asked)
    assert report["queries"] == len(asked)
    assert report["results"] > 20_000
    assert report["different"] == []
    assert report["furthest"] < 1e-9
    # Only prefixes of digits make the original throw; anything else would be our doing.
    assert all(any(part[:1].isdigit() for part in query.split()) for query in report["threw"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_query_gives_the_result_set_and_scores_of_the_whole_index(opened, news, data):
    words = sorted({token for article in news[::40] for token in query_tokens(article.text)})
    word = st.sampled_from(words) | st.sampled_from(
        ["covid", "新冠肺炎", "的", "zzz", "19", "2020"]
    )
    clause = st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from(["", "", "+", "-"]),
        st.sampled_from(["", "", "title:", "body:"]),
        word,
        st.sampled_from(["", "", "", "*"]),
        st.sampled_from(["", "", "^2", "^10"]),
    )
    query = " ".join(data.draw(st.lists(clause, min_size=1, max_size=5)))
    report = opened.ask("compare", queries=[query])
    assert report["different"] == []
    assert report["furthest"] < 1e-9


def test_plain_input_is_ranked_as_lunr_ranks_it_when_every_token_is_required(opened, news):
    rng = random.Random(5)
    substring, word = pieces(rng, news)
    asked = [substring(1 + i % 8) for i in range(80)]
    asked += [f"{substring(2)} {word()}" for _ in range(40)] + [word() for _ in range(20)]
    expected = opened.ask("required", texts=asked)
    for text, whole, ours in zip(asked, expected, opened.ask("ranked", texts=asked), strict=True):
        assert ours["total"] == len(whole), text
        best = dict(ours["best"])
        scores = dict(map(tuple, whole))
        assert [best[i] for i in best] == pytest.approx([scores[i] for i in best], rel=1e-9), text
        # All stand in the order of Lunr's scores, those it did not score here included.
        ordered = [scores[i] for i in ours["order"]]
        assert ordered == pytest.approx(sorted(scores.values(), reverse=True), rel=1e-9), text
        # What the preselection leaves out scores no higher than what it keeps.
        if len(whole) > len(best):
            assert min(best.values()) >= sorted(scores.values(), reverse=True)[len(best) - 1] - 1e-9
