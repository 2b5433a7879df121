"""Pagination that does not shift: pages are numbered from the oldest.

Page 1 holds the oldest articles and never changes when newer ones come. What does not fill a page
of its own stands on the newest page, which lives at the list's own address and holds between
`per_page` and `2 * per_page - 1` articles (all of them where there are fewer).
"""

from __future__ import annotations

from collections.abc import Sequence


def paginate(items: Sequence[int], per_page: int) -> list[Sequence[int]]:
    """Cut a list, newest first, into pages from the oldest (first) to the newest (last).

    Every item is on exactly one page; there is always at least one page.
    """
    total = len(items)
    full = max(0, (total - per_page) // per_page)
    newest = total - full * per_page
    pages: list[Sequence[int]] = [items[:newest]]
    pages.extend(items[start : start + per_page] for start in range(newest, total, per_page))
    return pages[::-1]
