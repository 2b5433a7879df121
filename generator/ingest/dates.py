"""Dates that a capture states in so many words. A day without a year is no date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import msgspec

from generator.text.dates import parse_date
from generator.text.patterns import late

_DAY = (
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*"
    r"(?:(?P<mark>[-/.])\s*(?P<month>\d{1,2})\s*(?P=mark)\s*(?P<day>\d{1,2})(?!\d)"
    r"|年\s*(?P<cmonth>\d{1,2})\s*月\s*(?P<cday>\d{1,2})\s*日)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_ENGLISH = (
    rf"(?<![A-Za-z\d])(?P<english>(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?"
    rf"|\d{{1,2}}\s+{_MONTH},?)\s+(?:19|20)\d{{2}})(?!\d)"
)
_TIME = (
    r"(?:(?:T|,|\s+at)?\s*(?:星期.|[(（]星期.[)）])?\s*(?P<half>上午|下午|晚上|晚间|凌晨)?\s*"
    r"(?P<hour>[01]?\d|2[0-3])[:：时時](?P<minute>[0-5]\d)分?"
    r"(?:[:：]?(?P<second>[0-5]\d)(?:\.\d+)?秒?)?(?:\s*(?P<noon>[AaPp])\.?[Mm]\b\.?)?"
    r"(?:\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})(?!\w))?)?"
)
_DATE = late(f"(?:{_DAY}|{_ENGLISH}){_TIME}")


class StatedDate(msgspec.Struct, frozen=True, gc=False):
    """A date as front matter takes it, and where in the text it stood.

    `value` is a day, a moment without a zone, or text where the capture states a zone.
    """

    value: date | datetime | str
    day: str  # YYYY-MM-DD
    start: int
    end: int


def find_date(text: str) -> StatedDate | None:
    """The first full date in the text, with its time of day if one follows; None where none is.

    A day that the calendar does not have is none.
    """
    for match in _DATE.finditer(text):
        day = _day(match)
        if day:
            return StatedDate(_value(day, match), day.isoformat(), match.start(), match.end())
    return None


def _day(match: re.Match[str]) -> date | None:
    if match["english"]:
        written = match["english"]
    else:
        month, day = match["month"] or match["cmonth"], match["day"] or match["cday"]
        written = f"{match['year']}-{month}-{day}"
    parsed = parse_date(written, UTC).value
    return parsed.date() if parsed else None


def _value(day: date, match: re.Match[str]) -> date | datetime | str:
    if not match["hour"]:
        return day
    hour = int(match["hour"])
    afternoon = match["half"] in ("下午", "晚上", "晚间") or (match["noon"] or "") in ("P", "p")
    if match["noon"]:
        hour %= 12
    if afternoon and hour < 12:
        hour += 12
    moment = datetime(  # noqa: DTZ001 - the capture states no zone, so none is written
        day.year, day.month, day.day, hour, int(match["minute"]), int(match["second"] or 0)
    )
    zone = (match["zone"] or "").replace(":", "")
    if not zone:
        return moment
    return f"{moment:%Y-%m-%d %H:%M:%S} {zone if zone[0] in '+-' else '+0000'}"
