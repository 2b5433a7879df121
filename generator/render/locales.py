"""Dates, numbers and plural forms as a language writes them (Unicode CLDR, by Babel).

A theme's messages hold words alone: how a language orders a date, groups digits and counts is
known for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_skeleton,
    get_datetime_format,
    get_day_names,
    get_month_names,
)
from babel.numbers import format_decimal

# Lists name the same days over and over; formatting one takes some 20 us.
_KEPT = 4096


def find_locale(language: str) -> Locale:
    """Give the locale of a language tag (BCP 47); of the language alone, then English, if unknown."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _names(names: Mapping[int, str]) -> dict[int, str]:
    return {number: str(names[number]) for number in names}


class Formats:
    """Writes dates and numbers in one language. Equal values are formatted once."""

    def __init__(self, language: str) -> None:
        self._locale = locale = find_locale(language)
        self.is_rtl = locale.text_direction == "rtl"
        keep = lru_cache(maxsize=_KEPT)
        self.day: Callable[[date], str] = keep(lambda day: format_date(day, "long", locale))
        self.number: Callable[[int], str] = keep(lambda count: format_decimal(count, locale=locale))
        self._skeleton = keep(lambda name, day: format_skeleton(name, day, locale=locale))
        # CLDR's pattern `{1}, {0}`: {0} stands for the time.
        self._together = str(get_datetime_format("medium", locale))
        # Babel looks each name up along a chain of locales.
        self._weekdays = _names(get_day_names("wide", locale=locale))
        self._short_weekdays = _names(get_day_names("narrow", locale=locale))
        self._months = _names(get_month_names("abbreviated", locale=locale))

    def day_and_time(self, moment: datetime) -> str:
        """Write day, hour and minute: `2022年2月21日 07:29`."""
        return self._together.format(f"{moment:%H:%M}", self.day(moment.date()))

    def day_of_year(self, day: date) -> str:
        """Write a day without its year: `2月21日`."""
        text: str = self._skeleton("MMMMd", day)
        return text

    def period(self, year: int, month: int = 0, day: int = 0) -> str:
        """Write a year, a month of a year, or a day: `2022年`, `2022年2月`, `2022年2月21日`."""
        if day:
            return self.day(date(year, month, day))
        text: str = self._skeleton("yMMMM" if month else "y", date(year, month or 1, 1))
        return text

    def weekday(self, day: date) -> str:
        """Name a day of the week: `星期一`."""
        return self._weekdays[day.weekday()]

    def short_weekdays(self) -> tuple[str, ...]:
        """Name the days of the week as briefly as can be, Monday first."""
        return tuple(self._short_weekdays[day] for day in range(7))

    def month(self, month: int) -> str:
        """Name a month alone, briefly: `2月`, `Feb`."""
        return self._months[month]

    def plural(self, count: int) -> str:
        """Give the plural form a count takes: zero, one, two, few, many or other."""
        return str(self._locale.plural_form(count))
