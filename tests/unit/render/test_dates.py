"""Calendars and the timeline: days under their weekdays, bars at their months."""

from __future__ import annotations

import calendar

import pytest

from generator.render.context import DateLink
from generator.render.dates import Dates
from generator.render.filters import draw_sparkline
from generator.render.locales import Formats


def make_dates(counts: dict[tuple[int, ...], int]) -> Dates:
    """Make the index of an archive from the articles of its days, months or years."""
    totals: dict[tuple[int, ...], int] = {}
    for key, count in counts.items():
        for length in range(1, len(key) + 1):
            totals[key[:length]] = totals.get(key[:length], 0) + count
    links = [
        DateLink(*(*key, 0, 0)[:3], count, "-".join(map(str, key)))
        for key, count in sorted(totals.items(), reverse=True)
    ]
    return Dates(links, Formats("en"))


@pytest.mark.parametrize("year", [1899, 1900, 1999, 2000, 2021, 2022, 2023, 2024, 2100])
def test_a_calendar_sets_every_day_under_its_weekday(year):
    dates = make_dates({})
    for number in range(1, 13):
        month = dates.month(year, number, 0)
        assert (month.offset, len(month.days)) == calendar.monthrange(year, number)
        assert [day.day for day in month.days] == list(range(1, len(month.days) + 1))


def test_the_fullest_days_of_a_calendar_are_the_darkest():
    dates = make_dates(
        {(2022, 2, day): count for day, count in ((1, 1), (2, 30), (3, 60), (4, 99), (5, 100))}
    )
    assert dates.fullest_day(2022) == dates.fullest_day(2022, 2) == 100
    assert dates.fullest_day(2022, 3) == 0
    shades = [day.shade for day in dates.month(2022, 2, 100).days]
    assert shades[:6] == [1, 2, 3, 4, 4, 0]


def test_the_day_month_and_year_beside_are_the_nearest_that_hold_articles():
    dates = make_dates({(2020, 12, 31): 1, (2022, 2, 1): 1, (2022, 2, 9): 1})
    assert [link and link.href for link in dates.beside(2022, 2, 1)] == ["2020-12-31", "2022-2-9"]
    assert [link and link.title for link in dates.beside(2022, 2)] == ["December 2020", None]
    assert [link and link.title for link in dates.beside(2020)] == [None, "2022"]
    assert [link and link.href for link in dates.beside(2021)] == ["2020", "2022"]


def test_a_timeline_sets_each_month_in_its_place_with_the_fullest_at_full_height():
    timeline = make_dates({(2021, 12): 5, (2022, 1): 10, (2022, 3): 1}).timeline()
    assert [(bar.title, bar.x) for bar in timeline.bars] == [
        ("December 2021", 0), ("January 2022", 25), ("March 2022", 75),
    ]  # fmt: skip
    assert [(bar.y, bar.height) for bar in timeline.bars] == [(42, 42), (0, 84), (75.6, 8.4)]
    assert (timeline.title, timeline.most) == ("December 2021 – March 2022", 10)
    assert [(tick.title, tick.x) for tick in timeline.ticks] == [("2021", 0), ("2022", 25)]


def test_a_timeline_of_a_very_long_archive_has_a_bar_a_year_and_few_labels():
    timeline = make_dates({(year, 6): 1 for year in range(1900, 2000)}).timeline()
    assert len(timeline.bars) == 100
    assert {bar.title for bar in timeline.bars} == {f"{year}" for year in range(1900, 2000)}
    assert all(bar.x >= 0 and bar.x + bar.width <= 100 for bar in timeline.bars)
    assert 2 <= len(timeline.ticks) <= 6


def test_an_archive_of_one_month_has_no_timeline():
    assert make_dates({(2022, 2, 1): 3}).timeline() is None
    assert make_dates({}).timeline() is None


def test_a_first_year_that_leaves_its_label_no_room_gives_way_to_the_next():
    timeline = make_dates({(2021, 12): 1, (2023, 12): 1}).timeline()
    assert [tick.title for tick in timeline.ticks] == ["2022", "2023"]


def test_a_sparkline_shows_a_single_article_and_the_highest_at_full_height():
    assert draw_sparkline((0, 1, 1000)) == "M0 8V8h1V7h1V0h1V8z"
    assert draw_sparkline(()) == draw_sparkline((0, 0)) == ""


@pytest.mark.parametrize(
    ("year", "columns"), [(2021, 53), (2023, 53), (2024, 53), (2028, 53), (2000, 53), (2012, 54)]
)
def test_a_heat_map_holds_every_day_in_its_week_and_under_its_weekday(year, columns):
    heat = make_dates({(year, 1, 2): 3, (year, 12, 31): 1}).heat(year)
    assert len(heat.days) == (366 if calendar.isleap(year) else 365)
    first, last = heat.days[0], heat.days[-1]
    assert (first.x, first.y) == (0, round(calendar.weekday(year, 1, 1) * 100 / 7, 2))
    assert (round(last.x * columns / 100), last.y) == (
        columns - 1, round(calendar.weekday(year, 12, 31) * 100 / 7, 2)
    )  # fmt: skip
    assert last.x + heat.side < 100
    assert len({(day.x, day.y) for day in heat.days}) == len(heat.days)
    assert [(day.count, day.href, day.shade) for day in heat.days if day.count] == [
        (3, f"{year}-1-2", 4), (1, f"{year}-12-31", 2),
    ]  # fmt: skip
    assert [tick.title for tick in heat.ticks][::11] == ["Jan", "Dec"]
