"""Counts as people read them."""

import pytest

from generator.text.counts import say_count


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (12_000, "12,000 files")]
)
def test_one_is_one(count, said):
    assert say_count(count, "file") == said
