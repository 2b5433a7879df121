"""The spans of table cells, made to fit their table.

Conforming tables (https://html.spec.whatwg.org/multipage/tables.html#table-model-error) have no
cell beyond its row group, none upon another, and no row or column in which no cell begins.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.source.content_model import Block, Span

# Slots that may be looked at; a table with more loses its spans. The largest real one seen has 900.
_MOST_SLOTS = 200_000


_SINGLE = Span()


def fit_spans(groups: Sequence[Sequence[Sequence[Span]]]) -> list[list[list[Span]]]:
    """Fit the cells of a table, given by row groups, rows and cells; the same shape comes back.

    Rows without cells are not counted: the caller leaves them out of the page. Spans are clipped
    first; where cells still lie upon one another, all cells of the table become single.
    """
    fitted = _fit(groups)
    return [[[_SINGLE] * len(row) for row in rows] for rows in groups] if fitted is None else fitted


def write_spans(out: list[str], table: Block) -> None:
    """Write the start tags of a table's cells anew where the table has spans."""
    spans = [[[cell.span for cell in row] for row in rows] for rows in table.groups]
    if all(span == _SINGLE for rows in spans for row in rows for span in row):
        return
    for rows, fitted_rows in zip(table.groups, fit_spans(spans), strict=True):
        for row, fitted_row in zip(rows, fitted_rows, strict=True):
            for cell, span in zip(row, fitted_row, strict=True):
                columns = f' colspan="{span.columns}"' if span.columns > 1 else ""
                lines = f' rowspan="{span.rows}"' if span.rows > 1 else ""
                out[cell.start] = f"<{cell.name}{cell.attributes}{columns}{lines}>"


def _fit(groups: Sequence[Sequence[Sequence[Span]]]) -> list[list[list[Span]]] | None:
    slots = 0
    begins: set[int] = set()  # columns in which a cell begins
    placed: list[list[list[tuple[int, Span]]]] = []
    for rows in groups:
        taken: dict[int, set[int]] = {}  # row → columns that cells from above reach into
        placed_rows: list[list[tuple[int, Span]]] = []
        for number, row in enumerate(rows):
            column = 0
            placed_row = []
            occupied = taken.pop(number, set())
            for span in row:
                while column in occupied:
                    column += 1
                reach = _rows_with_cells(rows, number, span.rows)
                slots += span.columns * max(len(reach), 1)
                columns = range(column, column + span.columns)
                if slots > _MOST_SLOTS or not occupied.isdisjoint(columns):
                    return None
                for below in reach[1:]:
                    taken.setdefault(below, set()).update(columns)
                begins.add(column)
                placed_row.append((column, Span(span.columns, len(reach))))
                column += span.columns
            placed_rows.append(placed_row)
        placed.append(placed_rows)
    return [
        [[_narrow(column, span, begins) for column, span in row] for row in rows] for rows in placed
    ]


def _rows_with_cells(rows: Sequence[Sequence[Span]], first: int, count: int) -> list[int]:
    """The rows a cell of row `first` reaches, those without cells left out."""
    last = min(first + count, len(rows)) if count else len(rows)
    return [number for number in range(first, last) if rows[number]]


def _narrow(column: int, span: Span, begins: set[int]) -> Span:
    """Only columns in which a cell begins are columns."""
    if span.columns == 1:
        return span
    count = sum(number in begins for number in range(column, column + span.columns))
    return Span(count, span.rows)
