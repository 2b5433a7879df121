"""Cells of tables: no cell lies outside its group or on another, no row or column is without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.source.content_model import Span
from generator.source.spans import fit_spans

ONE = Span()


@pytest.mark.parametrize(
    ("rows", "fitted"),
    [
        ([[ONE, ONE], [ONE]], [[ONE, ONE], [ONE]]),
        ([[Span(5, 1)], [ONE, ONE]], [[Span(2, 1)], [ONE, ONE]]),
        ([[Span(1, 9), ONE], [ONE]], [[Span(1, 2), ONE], [ONE]]),
        ([[Span(1, 0), ONE], [ONE], [ONE]], [[Span(1, 3), ONE], [ONE], [ONE]]),
        ([[Span(1, 2), ONE], [], [ONE, ONE]], [[ONE, ONE], [], [ONE, ONE]]),
        ([[ONE, Span(1, 2)], [Span(2, 1)]], [[ONE, ONE], [ONE]]),
        ([[Span(2, 2)], [ONE]], [[Span(1, 2)], [ONE]]),
        ([[Span(99_999, 9999)] * 3] * 9, [[ONE] * 3] * 9),
    ],
    ids=[
        "as it was", "wider than the table", "longer than the table", "to the end", "over a row without cells",
        "one upon another", "a column in which none begins", "monstrous",
    ],
)  # fmt: skip
def test_spans_are_fitted(rows, fitted):
    assert fit_spans([rows]) == [fitted]


def test_a_cell_ends_with_its_row_group():
    assert fit_spans([[[Span(1, 3)]], [[ONE]]]) == [[[ONE]], [[ONE]]]


@given(
    st.lists(
        st.lists(
            st.lists(st.builds(Span, st.integers(1, 4), st.integers(0, 4)), max_size=4), max_size=5
        ),
        max_size=3,
    )
)
def test_a_fitted_table_has_no_fault(groups):
    fitted = fit_spans(groups)
    begins, covered = set(), set()
    for group in fitted:
        rows = [row for row in group if row]
        taken = set()
        for number, row in enumerate(rows):
            column = 0
            for span in row:
                while (number, column) in taken:
                    column += 1
                assert number + span.rows <= len(rows)
                slots = {
                    (number + down, column + right)
                    for down in range(span.rows)
                    for right in range(span.columns)
                }
                assert taken.isdisjoint(slots)
                taken |= slots
                begins.add(column)
                column += span.columns
        covered |= {column for _, column in taken}
    assert covered == begins
