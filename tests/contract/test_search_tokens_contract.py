"""Tokens in JavaScript are the tokens in Python."""

import json
import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search.tokens import index_tokens, normal_form, query_tokens

VECTORS = Path(__file__).parents[1] / "unit" / "search" / "vectors.json"
ANY_TEXT = st.text(
    st.characters(codec="utf-16", categories=None) | st.sampled_from("的中 .\n3aＡ㎏𠮷\u200b")
)


def ours(text):
    return {"index": index_tokens(text), "query": query_tokens(text), "form": normal_form(text)}


def test_golden_vectors(client):
    vectors = json.loads(VECTORS.read_text("utf-8"))
    answers = client.ask("tokens", texts=[vector["text"] for vector in vectors])
    for vector, answer in zip(vectors, answers, strict=True):
        assert answer == {key: vector[key] for key in ("index", "query", "form")}, vector[
            "behaviour"
        ]


def test_every_character_of_the_basic_plane_is_one_class_and_folds_alike(client):
    texts = [f"a{chr(unit)}中{chr(unit)}1.{chr(unit)}" for unit in range(0x10000)]
    for start in range(0, len(texts), 8192):
        part = texts[start : start + 8192]
        assert client.ask("tokens", texts=part) == [ours(text) for text in part]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ANY_TEXT, min_size=1, max_size=20))
def test_any_text_gives_the_same_tokens(client, texts):
    assert client.ask("tokens", texts=texts) == [ours(text) for text in texts]


def test_every_corpus_gives_the_same_tokens(client, corpora):
    texts = []
    for folder in sorted(corpora.iterdir()):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        step = max(1, len(files) // 60)
        texts += [path.read_bytes()[:40_000].decode("utf-8", "replace") for path in files[::step]]
    # The classes of all characters that occur anywhere, whole corpora included.
    everything = "".join(
        sorted(
            {
                c
                for path in corpora.rglob("*.md")
                for c in set(path.read_text("utf-8", errors="replace"))
            }
        )
    )
    texts += [everything, *re.findall(r".{1,3}", everything, re.DOTALL)]
    for start in range(0, len(texts), 500):
        part = texts[start : start + 500]
        assert client.ask("tokens", texts=part) == [ours(text) for text in part]
