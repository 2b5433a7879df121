"""The filters of templates: dates in the words of the theme's messages, dates for machines, numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from generator.errors import ThemeError
from generator.render.messages import MonthName, Translator


def make_filters(translate: Translator) -> dict[str, Callable[..., str]]:
    """Give the filters by name.

    `date` and `datetime` follow the messages of the same name, texts with `{year}`, `{month}`,
    `{day}`, `{hour}`, `{minute}` and `{month_name}`. No locale of the system is used.
    """

    def format_date(value: object) -> str:
        return _write("date", _dated(value, "date"), translate)

    def format_datetime(value: object) -> str:
        return _write("datetime", _dated(value, "datetime"), translate)

    return {
        "date": format_date,
        "datetime": format_datetime,
        "iso": format_iso,
        "number": format_number,
    }


def _write(key: str, value: datetime, translate: Translator) -> str:
    return translate(
        key,
        year=value.year,
        month=value.month,
        day=value.day,
        hour=value.hour,
        minute=value.minute,
        month_name=MonthName(translate, value.month),
    )


def format_iso(value: object, has_time: bool = True) -> str:
    """Write a date for machines (ISO 8601): with its time and zone, or the day alone."""
    moment = _dated(value, "iso")
    return moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat()


def format_number(value: object) -> str:
    """Write a whole number with a comma at every third digit: `12,345`."""
    if not isinstance(value, int):
        raise ThemeError(f"the filter `number` is given {_kind(value)}", hint="give it a count")
    return f"{value:,}"


def _dated(value: object, name: str) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):  # front matter and params may hold bare days
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
    raise ThemeError(
        f"the filter `{name}` is given {_kind(value)}",
        hint="an article may be undated: ask `{% if article.date %}` first",
    )


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
