"""The archive's days, months and years: what links to them, their calendars, their timeline."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from calendar import isleap, monthrange
from collections.abc import Sequence

from generator.render.context import (
    Bar,
    DateLink,
    Day,
    HeatDay,
    HeatMap,
    Link,
    Month,
    Tick,
    Timeline,
)
from generator.render.locales import Formats

_SHADES = 4
# The part of a timeline's height that its bars may take; below stand the years.
_PLOT = 84.0
# A month with one article beside one with thousands still shows.
_LEAST = 1.5
# A bar of a month is narrower than a hair where the archive is longer.
_MOST_MONTHS = 360
# Labels of years that fit on a phone side by side, and the room one needs, in per cent.
_MOST_TICKS = 6
_LABEL = 12

Key = tuple[int, int, int]


def _shade(count: int, most: int) -> int:
    return min(_SHADES, 1 + count * _SHADES // (most + 1))


class Dates:
    """Finds the years, months and days that hold articles. Made once a process."""

    def __init__(self, dates: Sequence[DateLink], formats: Formats) -> None:
        self._formats = formats
        self._at = {(date.year, date.month, date.day): date for date in dates}
        keys = sorted(self._at)
        self._levels: tuple[list[Key], ...] = (
            [key for key in keys if not key[1]],
            [key for key in keys if key[1] and not key[2]],
            [key for key in keys if key[2]],
        )
        self.years = tuple(date for date in dates if not date.month)
        self.months = tuple(date for date in dates if date.month and not date.day)

    def find(self, year: int, month: int = 0, day: int = 0) -> DateLink | None:
        """Give a year, month or day that holds articles."""
        return self._at.get((year, month, day))

    def href(self, year: int, month: int = 0, day: int = 0) -> str:
        """Give the link to the page of a year, month or day, "" where there is none."""
        date = self._at.get((year, month, day))
        return date.href if date else ""

    def beside(self, year: int, month: int = 0, day: int = 0) -> tuple[Link | None, Link | None]:
        """Give the nearest earlier and later year, month or day that holds articles."""
        keys = self._levels[bool(month) + bool(day)]
        key = (year, month, day)
        at = bisect_left(keys, key)
        after = at + 1 if keys[at : at + 1] == [key] else at
        return (
            self._link(keys[at - 1]) if at else None,
            self._link(keys[after]) if after < len(keys) else None,
        )

    def month(self, year: int, month: int, most: int) -> Month:
        """Give a month's calendar. `most` articles a day and more are the darkest shade."""
        offset, length = monthrange(year, month)
        head = self._at.get((year, month, 0))
        days = []
        for number in range(1, length + 1):
            found = self._at.get((year, month, number))
            if found is None:
                days.append(Day(number, 0, "", 0))
            else:
                days.append(Day(number, found.count, found.href, _shade(found.count, most)))
        return Month(
            year,
            month,
            head.count if head else 0,
            head.href if head else "",
            offset,
            tuple(days),
        )

    def fullest_day(self, year: int, month: int = 0) -> int:
        """Count the articles of the fullest day of a year or month."""
        return max(
            (self._at[key].count for key in self._levels[2]
             if key[0] == year and month in (0, key[1])),
            default=0,
        )  # fmt: skip

    def timeline(self) -> Timeline | None:
        """Draw the whole archive; None where there is only one month, which would be no picture."""
        if len(self.months) < 2:
            return None
        first, last = self._levels[1][0], self._levels[1][-1]
        span = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
        by_month = span <= _MOST_MONTHS
        start = first[0] * 12 + (first[1] - 1 if by_month else 0)
        length = span if by_month else (last[0] - first[0] + 1) * 12
        shown = self.months if by_month else self.years
        most = max(date.count for date in shown)
        unit = (1 if by_month else 12) * 100 / length
        bars = []
        for date in sorted(shown, key=lambda date: (date.year, date.month)):
            height = max(_LEAST, _PLOT * date.count / most)
            place = (date.year * 12 + max(date.month - 1, 0) - start) * 100 / length
            bars.append(
                Bar(
                    self._formats.period(date.year, date.month),
                    date.href,
                    date.count,
                    round(place, 2),
                    round(_PLOT - height, 1),
                    round(unit * 0.84, 2),
                    round(height, 1),
                )
            )
        ends = [self._formats.period(*key[:2]) for key in (first, last)]
        return Timeline(tuple(bars), self._ticks(start, length), " – ".join(ends), most)

    def heat(self, year: int) -> HeatMap:
        """Draw a year day by day."""
        first, most = dt.date(year, 1, 1), self.fullest_day(year)
        offset, length = first.weekday(), 366 if isleap(year) else 365
        side = 100 / ((offset + length + 6) // 7)
        days, ticks = [], []
        for at in range(length):
            day = first + dt.timedelta(at)
            week, weekday = divmod(offset + at, 7)
            found = self._at.get((year, day.month, day.day))
            x, y = round(week * side, 2), round(weekday * 100 / 7, 2)
            if found is None:
                days.append(HeatDay("", "", 0, 0, x, y))
            else:
                shade = _shade(found.count, most)
                title = self._formats.day(day)
                days.append(HeatDay(title, found.href, found.count, shade, x, y))
            if day.day == 1:
                title = self._formats.month(day.month)
                ticks.append(Tick(title, self.href(year, day.month), x))
        return HeatMap(
            tuple(days), tuple(ticks), self._formats.period(year), most, round(side * 0.84, 2)
        )

    def _ticks(self, start: int, length: int) -> tuple[Tick, ...]:
        """Name some of the years that begin inside the chart; the first one may have begun before."""
        first, last = start // 12, (start + length - 1) // 12
        places = {year: (year * 12 - start) * 100 / length for year in range(first, last + 1)}
        if places[first] < 0:
            places[first] = 0
            if len(places) > 1 and places[first + 1] < _LABEL:
                del places[first]
        step = -(-len(places) // _MOST_TICKS)
        return tuple(
            Tick(f"{year}", self.href(year), round(place, 2))
            for year, place in list(places.items())[::step]
            if place <= 100 - _LABEL / 2
        )

    def _link(self, key: Key) -> Link | None:
        href = self._at[key].href
        return Link(self._formats.period(*key), href) if href else None
