"""Tokens: what a text is found by."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.tokens import index_tokens, normal_form, query_tokens, scan

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
ANY_TEXT = st.text(
    st.characters(codec="utf-16", categories=None) | st.sampled_from("的中 .\n3aＡ㎏𠮷\u200b")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["behaviour"])
def test_golden_vectors(vector):
    assert index_tokens(vector["text"]) == vector["index"]
    assert query_tokens(vector["text"]) == vector["query"]
    assert normal_form(vector["text"]) == vector["form"]


@given(ANY_TEXT)
def test_the_normal_form_has_the_tokens_of_the_text(text):
    assert index_tokens(normal_form(text).replace(" ", "，")) == index_tokens(text)


@given(ANY_TEXT)
def test_every_token_of_a_query_is_a_token_of_the_same_text(text):
    assert set(query_tokens(text)) <= set(index_tokens(text))


@given(st.lists(ANY_TEXT, max_size=5))
def test_texts_scanned_together_are_scanned_as_if_alone(texts):
    together = scan(texts)
    starts = [0, *(together.ends[:-1] + 1).tolist()] if texts else []
    for text, start, end in zip(texts, starts, together.ends.tolist(), strict=True):
        alone = scan([text])
        assert alone.units[:-1].tolist() == together.units[start:end].tolist()
        assert alone.kind[:-1].tolist() == together.kind[start:end].tolist()
