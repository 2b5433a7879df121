"""Dates as archives write them.

YAML 1.1 leaves `2022-02-21 07:29:31 +0800` as text, Jekyll writes one-digit hours, people write
the 32nd of a month. This reads what can be read and names what cannot; it never guesses.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import msgspec

from generator.text.patterns import late

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_DAY = late(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*(?:日|(?!\d)))"
)
_COMPACT = late(r"(\d{4})(\d{2})(\d{2})(?=$|[T\s])")
_ENGLISH = late(
    r"(?:([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?|(\d{1,2})\s+([a-z]{3,9})\.?,?)\s+(\d{4})",
    re.IGNORECASE,
)
_TIME = late(
    r"(?:(?P<half>上午|早上|凌晨|中午|下午|晚上|晚间|晚間)\s*)?(?P<hour>\d{1,2})[:：时時点點](?P<minute>\d{1,2})分?"
    r"(?:[:：]?(?P<second>(?<=[:：分])\d{1,2})(?:[.,]\d+)?秒?)?\s*(?P<noon>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_WEEKDAY = late(r"[(（]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?\s*")
_AFTERNOON = ("下午", "晚上", "晚间", "晚間")
_OFFSET = late(r"([+-])(\d{1,2}):?(\d{2})?$")
_FIRST_YEAR = 1000
# As nearly all are written: read at once, where the calendar has that moment.
_USUAL = late(
    r"([12]\d{3})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?: ?([+-])(\d\d):?(\d\d))?", re.ASCII
)
_EPOCH = late(r"1\d{9}(\d{3})?")


_PATH_DAY = late(
    r"(?:^|/)((?:19|20)\d{2})(?:[/-](\d{1,2})[/-](\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日)"
    r"(?=/|-|$)"
)
_PATH_MONTH = re.compile(
    r"(?:^|(?<=/))((?:19|20)\d{2})(?:[/-](\d{1,2})|(\d{2})|年/?(\d{1,2})月)(?=/|$)"
)
# `t20130506_4711`: how the websites of China's offices call their pages.
_OFFICE_NAME = late(r"(?:^|/)[a-z]?((?:19|20)\d{2})(\d{2})(\d{2})_\d+(?=\.|$)")


class ParsedDate(msgspec.Struct, frozen=True, gc=False):
    """What could be read. `problem` is the code of a diagnostic, "" = none."""

    value: datetime | None
    has_time: bool = False
    problem: str = ""


def parse_date(raw: str, zone: tzinfo) -> ParsedDate:
    """Read a date, and a time of day if it states one, as a moment in `zone`.

    A date without a zone is one of `zone`. Text that holds no readable date gives no value and a
    problem; a readable day with an unreadable time keeps the day.
    """
    text = raw.strip()
    usual = _USUAL.fullmatch(text)
    moment = _read_usual(usual, zone) if usual else None
    if moment:
        return ParsedDate(moment, True)
    day, rest, problem = _split_day(text)
    if day is None:
        if problem:
            return ParsedDate(None, problem=problem)
        return _parse_moment(text, zone)
    return _add_time(day, rest.strip().removeprefix("T").removeprefix("t").strip(), zone)


def parse_day(year: str, month: str, day: str) -> date | None:
    """A day from its digits; None where the calendar has no such day.

    The first thousand years are none: `0001-01-01` is how Go and Hugo write "no date".
    """
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return value if value.year >= _FIRST_YEAR else None


def day_in_path(path: str) -> tuple[str, str, str] | None:
    """The digits of a day that a path or address names, which need not exist; None without one."""
    match = _PATH_DAY.search(path) or _OFFICE_NAME.search(path)
    if not match:
        return None
    year, month, day = (group for group in match.groups() if group)
    return year, month, day


def month_in_path(folder: str) -> str:
    """The month that a folder names, `2019-05`, the last one if it names several; "" without one."""
    found = ""
    for year, *months in _PATH_MONTH.findall(folder):
        month = int(next(filter(None, months)))
        if 1 <= month <= 12:
            found = f"{year}-{month:02d}"
    return found


def _read_usual(match: re.Match[str], zone: tzinfo) -> datetime | None:
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    try:
        if not match[7]:
            return datetime(year, month, day, hour, minute, second, tzinfo=zone)
        offset = _offset(match[7], match[8], match[9])
        return datetime(year, month, day, hour, minute, second, tzinfo=offset).astimezone(zone)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def _offset(sign: str, hours: str, minutes: str) -> tzinfo:
    """A zone by its distance from UTC. Raises ValueError from 24 hours on."""
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)


def _split_day(text: str) -> tuple[date | None, str, str]:
    """The day at the start of `text`, the rest, and the problem if there is one."""
    match = _DAY.match(text) or _COMPACT.match(text)
    if match:
        year, month, day = (group for group in match.groups() if group)
    else:
        match = _ENGLISH.match(text)
        if not match:
            return None, text, ""
        number = _MONTHS.get((match[1] or match[4]).lower())
        if number is None:
            return None, text, ""
        year, month, day = match[5], str(number), match[2] or match[3]
    value = parse_day(year, month, day)
    return value, text[match.end() :], "" if value else "date/impossible"


def _add_time(day: date, rest: str, zone: tzinfo) -> ParsedDate:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    rest = _WEEKDAY.sub("", rest, count=1) if rest and not rest[0].isdigit() else rest
    if not rest:
        return ParsedDate(midnight)
    match = _TIME.match(rest)
    tail = rest[match.end() :].strip() if match else rest
    written = _parse_zone(tail, zone)
    if match is None:
        # "2021-02-08 +0800" states a day and a zone, no time.
        return ParsedDate(midnight, problem="" if written else "date/unreadable-time")
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if match["noon"]:
        hour = hour % 12 + (12 if match["noon"][0] in "pP" else 0)
    elif match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    is_next_day = hour == 24 and minute == second == 0
    try:
        moment = datetime(
            day.year,
            day.month,
            day.day,
            0 if is_next_day else hour,
            minute,
            min(second, 59),
            tzinfo=zone,
        )
        if written:
            moment = moment.replace(tzinfo=written)
        if is_next_day:
            return ParsedDate((moment + timedelta(days=1)).astimezone(zone), True, "date/hour-24")
        # A leap second is a time that exists; datetime has no room for it.
        if second > 60 or written is None:
            return ParsedDate(midnight, problem="date/unreadable-time")
        # What has no moment in UTC cannot be stored.
        return ParsedDate(moment.astimezone(UTC).astimezone(zone), True)
    except (ValueError, OverflowError):
        return ParsedDate(midnight, problem="date/unreadable-time")


def _parse_zone(text: str, default: tzinfo) -> tzinfo | None:
    """The zone written behind a time; `default` where none is, None where it makes no sense."""
    if not text or (text.upper() == "CST" and "Asia" in str(default)):
        return default
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if match[1] == "-" else offset)


def _parse_moment(text: str, zone: tzinfo) -> ParsedDate:
    """Forms that do not start with a day: RFC 2822 and seconds since 1970."""
    try:
        if _EPOCH.fullmatch(text):
            return ParsedDate(datetime.fromtimestamp(int(text[:10]), zone), True)
        # It takes 6 ms to load, which every command would pay.
        from email.utils import parsedate_to_datetime  # noqa: PLC0415

        moment = parsedate_to_datetime(text)
        moment = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, TypeError, OverflowError):
        return ParsedDate(None, problem="date/unreadable")
    return ParsedDate(moment, True)
