"""Front matter that the short cut takes comes out as YAML would bring it out."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.source.fields import Field
from generator.source.handlers import NotAMapping, YamlFields
from generator.source.plain_fields import read_plain_fields

_KEYS = st.sampled_from(
    ["title", "date", "layout", "tags", "slug", "weight", "Title", "标题", "- a", "<<", "? a"]
)
_MARKS = st.sampled_from([": ", ":  ", ":", " : ", ":\t", "： "])
_PIECES = st.sampled_from(
    [
        "新闻", "a", "012", "2021-02-30", " ", "  ", "\t", ":", ": ", "#", " #", "-", "- ", "?", ",", "[", "]", "{", "}",
        "&", "*", "!", "|", ">", "'", '"', "%", "@", "`", "~", "null", "\\", "\\n", "\n", "\n ", "\x7f", "\x85", "\u2028",
        "\ufeff", "\ufffe", "\ud800", "😀", "\u3000", "\xa0", "“", "：", "yes", "...", "---", "=", "<<",
    ]
)  # fmt: skip
_VALUES = st.one_of(
    st.lists(_PIECES, max_size=5).map("".join),
    st.lists(_PIECES, max_size=4).map(lambda pieces: f'"{"".join(pieces)}"'),
    st.lists(_PIECES, max_size=3).map(lambda pieces: f"新{''.join(pieces)}闻"),
)
_TEXTS = st.lists(st.tuples(_KEYS, _MARKS, _VALUES).map("".join), max_size=4).map("\n".join)


def _by_yaml(text: str) -> dict[str, Field] | None:
    try:
        return YamlFields().load_strictly(text)
    except (yaml.YAMLError, NotAMapping):
        return None


@given(_TEXTS)
def test_front_matter_taken_by_the_short_cut_comes_out_as_by_yaml(text: str) -> None:
    plain = read_plain_fields(text)
    assert plain is None or plain == _by_yaml(text)


@pytest.mark.parametrize(
    "text",
    [
        'layout: post\ntitle: "江西南昌：“云共祭”"\ndate: 2021-12-01 23:35:38 +0800\ncategories: 21caijing\ntags: 21财经新闻',
        "title: 新闻#1\n",
        "title:   a:b\nslug: http://a.example/b#c",
        'title: ""\n',
    ],
)
def test_the_front_matter_it_is_made_for_takes_it(text: str) -> None:
    plain = read_plain_fields(text)
    assert plain is not None
    assert plain == _by_yaml(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: a # b",
        "title: a: b",
        "title: [a, b]",
        "title: null",
        "title: ~",
        "title: a\n  b",
        "title: a\ntitle: b",
        "weight: 012",
        'title: "a\\nb"',
        "title: 'a'",
        "title: a\u2028b",
        "title: \ud800",
    ],
)
def test_anything_else_is_left_to_yaml(text: str) -> None:
    assert read_plain_fields(text) is None
