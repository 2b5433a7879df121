"""Slugs as Jekyll makes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.slug import MAX_BYTES, shorten, slugify_name, slugify_title


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("NW202202212282371475", "NW202202212282371475"),
        ("a_day_in_the_life_-_18f", "a_day_in_the_life_-_18f"),
        ("$350-$400 laptop!", "$350-$400-laptop!"),
        ("标题 一：二", "标题-一-二"),
        ("ruby-2.0.0-p451", "ruby-2.0.0-p451"),
        ("???", ""),
    ],
)
def test_a_title_keeps_what_jekyll_keeps(text, slug):
    assert slugify_title(text) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("TechWeb", "TechWeb"),
        ("21shijijingjibaodao  nancailicaitong", "21shijijingjibaodao  nancailicaitong"),
        ("anxinguojizhengquan(xianggang)", "anxinguojizhengquan(xianggang)"),
        ("C#/F#", "C-F"),
        ("a: b", "a- b"),
        ("..", ""),
        ("con", "con-"),
    ],
)
def test_a_name_loses_only_what_no_file_may_hold(name, slug):
    assert slugify_name(name) == slug


@given(st.text(max_size=80))
def test_slugs_are_idempotent(text):
    assert slugify_title(slugify_title(text)) == slugify_title(text)
    assert slugify_name(slugify_name(text)) == slugify_name(text)


@given(st.text(alphabet="新a𠀀-", min_size=60, max_size=400))
def test_a_long_segment_fits_a_file_name(text):
    short = shorten(text)
    assert len(short.encode()) <= MAX_BYTES
    assert text.startswith(short)
