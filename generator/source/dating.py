"""When an article was published: by its date, else by its name, address, folder or text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from posixpath import dirname

from generator.config import Config
from generator.source.adapters import Facts
from generator.source.draft import Draft
from generator.source.fields import Field
from generator.source.stated_date import find_stated_date
from generator.source.values import text_of
from generator.text.dates import day_in_path, parse_date, parse_day
from generator.text.patterns import late

_NAME_DATE = late(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+(.+))?"
    r"|(\d{4})(\d{2})(\d{2})(?:[-_ ]+(.+))?"
    r"|(\d{4})年(\d{1,2})月(\d{1,2})日[-_ ]*(.+)?",
    re.DOTALL,
)
DATE_KEYS = ("date", "pubdate", "published_at", "created")
UPDATED_KEYS = ("updated", "last_modified_at", "lastmod", "modified")
EXPIRES_KEYS = ("expires", "expirydate", "expiry")


def split_name(stem: str) -> tuple[str, tuple[str, str, str] | None]:
    """A file's name without its date, and the date's digits: Jekyll's form, YYYYMMDD or 年月日."""
    match = _NAME_DATE.fullmatch(stem)
    if not match:
        return stem, day_in_path(stem) if "_" in stem else None
    year, month, day, *rest = (group for group in match.groups() if group)
    if parse_day(year, month, day) is None:
        return stem, None
    return rest[0] if rest else stem, (year, month, day)


def find_date(
    draft: Draft, name_day: tuple[str, str, str] | None, facts: Facts, config: Config
) -> tuple[datetime | None, bool]:
    """The date by the first rule that gives one, and whether it has a time of day."""
    zone = config.site.zone
    field = date_field(draft)
    raw = text_of(field)
    if raw:
        parsed = parse_date(raw, zone)
        if parsed.problem and not (
            parsed.problem == "date/unreadable" and raw.startswith(("+", "-"))
        ):
            draft.note(parsed.problem, field, raw)
        if parsed.value is not None:
            return parsed.value, parsed.has_time
    for code, year, month, day in _other_days(draft, name_day, facts):
        value = parse_day(year, month, day)
        if value is not None:
            draft.note(code, field, f"{value}")
            return datetime(value.year, value.month, value.day, tzinfo=zone), False
    stated = find_stated_date(draft.body)
    if stated and (found := parse_date(stated, zone)).value is not None:
        draft.note("date/from-text", field, stated)
        return found.value, found.has_time
    return None, False


def date_field(draft: Draft) -> Field | None:
    """The field that states an article's date."""
    return next((draft.fields[key] for key in DATE_KEYS if key in draft.fields), None)


def _other_days(
    draft: Draft, name_day: tuple[str, str, str] | None, facts: Facts
) -> Iterator[tuple[str, str, str, str]]:
    if name_day:
        yield "date/from-file-name", *name_day
    if facts.slug_date:
        yield "date/from-file-name", facts.slug_date[:4], facts.slug_date[4:6], facts.slug_date[6:]
    permalink = text_of(
        draft.fields.get("permalink") or draft.fields.get("url") or draft.fields.get("path")
    )
    for code, text in (
        ("date/from-permalink", permalink),
        ("date/from-folder", dirname(draft.path)),
    ):
        found = day_in_path(text)
        if found:
            yield code, *found


def find_moment(draft: Draft, keys: tuple[str, ...], config: Config) -> datetime | None:
    """The moment that the first of some keys states, if it can be read."""
    field = next((draft.fields[key] for key in keys if key in draft.fields), None)
    raw = text_of(field)
    if not raw:
        return None
    parsed = parse_date(raw, config.site.zone)
    if parsed.problem:
        draft.note(parsed.problem, field, raw)
    return parsed.value
