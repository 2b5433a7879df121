"""Single articles of a live site in their new state: exact where nothing moved, else a good guess."""

from __future__ import annotations

from enum import Enum

from generator.build.live_content import Content
from generator.build.live_pages import Pages


class Late(Enum):
    """What a quick answer left for later."""

    NOTHING = "nothing"
    RELATED = "related"  # pages may name an article as related that is none any more
    PLAN = "plan"  # articles stand where they stood


def patch_pages(
    before: Pages, content: Content, *, guesses: bool
) -> tuple[Pages, frozenset[str], Late] | None:
    """The pages with changed articles, the files that show them, and what is not right yet.

    None where the site must be planned anew: an article came or went or, unless `guesses` are
    wanted, moved.
    """
    had = before.grounds.content
    if content.found is not had.found:
        return None
    plan, patcher = before.grounds.plan, before.grounds.patcher
    late = Late.NOTHING
    places = []
    for path, reading in content.readings.items():
        old = had.readings[path]
        if reading is old or (reading.article is None and old.article is None):
            continue
        at = patcher.find(path)
        if at is None or reading.article is None:
            return None
        patched = patcher.patch(plan, reading.article) if late is not Late.PLAN else None
        if patched is None:
            patched = patcher.guess(plan, reading.article) if guesses else None
            late = Late.PLAN
        if patched is None:
            return None
        is_renamed = patched.articles[at].article.title != plan.articles[at].article.title
        if is_renamed and late is Late.NOTHING and before.knows_related:
            late = Late.RELATED
        plan = patched
        places.append(at)
    pages = before.patched(content, plan)
    return pages, frozenset(file for at in places for file in pages.files_showing(at)), late
