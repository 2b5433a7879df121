"""Headlines as lines: by the rules of Chinese, balanced, and never longer than there is room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.wrap import Style, clip, fit_lines, text_width, wrap

CLOSING = "，。、；：？！）》」』”’】…"
OPENING = "（《「『“‘【"
texts = st.text(
    st.sampled_from("国务院市场监管规划股指收高　A1b9 .%-’" + CLOSING + OPENING), max_size=60
)


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("股市收高", 8, ["股市收高"]),
        ("股市收高开盘", 5, ["股市收", "高开盘"]),
        ("三大股指收高，科创板普涨", 8, ["三大股指收高，", "科创板普涨"]),
        ("三大股指收高，“科创板”个股普涨", 10.4, ["三大股指收高，", "“科创板”个股普涨"]),
        ("国务院印发《规划》，要求各地执行", 10.5, ["国务院印发《规划》，", "要求各地执行"]),
        ("涨3.5%，don’t panic", 7.5, ["涨3.5%，", "don’t panic"]),
        ("北向 资金", 9, ["北向 资金"]),
        ("北向　资金", 3, ["北向", "资金"]),
        ("한국은행 기준금리", 5, ["한국은행", "기준금리"]),
        ("Pneumonoultra", 4.5, ["Pneumo", "noultra"]),
        ("！！！", 9, ["！！！"]),
        ("", 9, []),
        (" \n ", 9, []),
    ],
)
def test_a_headline_is_broken_as_a_sub_editor_would(text, measure, lines):
    assert list(wrap(text, measure)) == lines


@given(texts, st.floats(4, 20))
def test_lines_hold_the_whole_text_within_the_measure_and_break_no_rule(text, measure):
    lines = wrap(text, measure)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= measure + 1e-9 for line in lines)
    for before, after in pairwise(lines):
        # A row of marks that fills a line by itself has to be broken somewhere.
        row = text_width(before.rstrip(CLOSING)[-1:] + before[len(before.rstrip(CLOSING)) :])
        assert after[0] not in CLOSING or row + 1 > measure or " " in text or "　" in text


@given(texts, st.floats(4, 20))
def test_no_two_lines_would_fit_on_one(text, measure):
    lines = wrap(text, measure)
    for before, after in pairwise(lines):
        assert text_width(before + after) > measure or " " in text or "　" in text


def test_type_is_as_large_as_there_is_room_for():
    styles = (Style(90, 5, 1), Style(60, 8, 2), Style(40, 12, 2))
    assert fit_lines("股市收高", styles) == (styles[0], ("股市收高",))
    assert fit_lines("三大股指今天收高", styles)[0] == styles[1]
    assert fit_lines("三大股指收高，科创板普涨六成", styles)[0] == styles[1]
    assert fit_lines("三大股指今天收高，科创板普涨六成半多", styles)[0] == styles[2]


def test_what_has_no_room_at_all_is_cut_with_an_ellipsis():
    style, lines = fit_lines("市" * 30 + "（" + "场" * 30, [Style(40, 10, 2)])
    assert style.size == 40
    assert [line[-1] for line in lines] == ["市", "…"]
    assert all(text_width(line) <= 10 for line in lines)


@pytest.mark.parametrize(
    "text",
    ["市" * 100_000, "i" * 100_000, "a b " * 50_000, "！" * 100_000, " " * 9000 + "市" * 900],
)
def test_a_headline_of_a_book_s_length_is_cut_before_it_is_weighed(text):
    _, lines = fit_lines(text, [Style(80, 13, 3), Style(52, 20, 5)])
    assert len(lines) == 5
    assert lines[-1].endswith("…")
    assert all(text_width(line) <= 20 for line in lines)


@pytest.mark.parametrize(
    ("text", "measure", "short"),
    [("旧闻", 2, "旧闻"), ("旧闻库，", 3, "旧闻…"), ("旧闻，新知", 4, "旧闻…"), ("旧", 0.5, "…")],
)
def test_a_text_is_clipped_to_a_width(text, measure, short):
    assert clip(text, measure) == short
