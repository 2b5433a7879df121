"""The filters of templates: dates and numbers for people, dates for machines, pieces of lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from markupsafe import Markup

from generator.errors import ThemeError
from generator.render.locales import Formats
from generator.text.patterns import late
from generator.text.wrap import clip

# The height of a sparkline, whose parts are one unit wide.
_SPARK_HEIGHT = 8
# 　　 and its like: how typists indent.
_BLANKS = ("\u3000", "&nbsp;", "\u2003")
_INDENT = late(r"(<p(?: [^<>]*)?>)(?:[\s\u3000\u2003]|&nbsp;)+")


def make_filters(formats: Formats) -> dict[str, Callable[..., str]]:
    """Give the filters by name. Dates and numbers follow the site's language, not the system's."""

    def format_day(value: object) -> str:
        return formats.day(_dated(value, "date").date())

    def format_datetime(value: object) -> str:
        return formats.day_and_time(_dated(value, "datetime"))

    def format_day_of_year(value: object) -> str:
        return formats.day_of_year(_dated(value, "monthday").date())

    def name_weekday(value: object) -> str:
        return formats.weekday(_dated(value, "weekday").date())

    def name_month(value: int) -> str:
        return formats.month(value)

    def format_number(value: object) -> str:
        if not isinstance(value, int):
            raise ThemeError(f"the filter `number` is given {_kind(value)}", hint="give it a count")
        return formats.number(value)

    return {
        "date": format_day,
        "datetime": format_datetime,
        "monthday": format_day_of_year,
        "weekday": name_weekday,
        "month": name_month,
        "iso": format_iso,
        "number": format_number,
        "rooted": join_pieces,
        "flush": take_indents_out,
        "sparkline": draw_sparkline,
        "clip": clip,
    }


def format_iso(value: object, has_time: bool = True) -> str:
    """Write a date for machines (ISO 8601): with its time and zone, or the day alone."""
    moment = _dated(value, "iso")
    return moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat()


def join_pieces(pieces: Sequence[str], root: str) -> Markup:
    """Put a teaser's pieces together on a page whose way up is `root`."""
    return Markup(root.join(pieces))  # noqa: S704 - a template made them, escaped


def take_indents_out(html: Markup) -> Markup:
    """Take out the blanks that paragraphs begin with: a style sheet indents them."""
    if not any(blank in html for blank in _BLANKS):
        return html
    return Markup(_INDENT.sub(r"\1", str(html)))  # noqa: S704 - it was HTML before


def draw_sparkline(counts: Sequence[int]) -> str:
    """Give the path data of a row of counts, 8 units high, each count one unit wide."""
    most = max(counts, default=0)
    if not most:
        return ""
    # A single article among thousands still shows.
    heights = (count and max(1, round(_SPARK_HEIGHT * count / most)) for count in counts)
    steps = "".join(f"V{_SPARK_HEIGHT - height}h1" for height in heights)
    return f"M0 {_SPARK_HEIGHT}{steps}V{_SPARK_HEIGHT}z"


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
