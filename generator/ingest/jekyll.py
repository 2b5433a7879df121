"""Captures that are Jekyll posts: kept byte for byte, under the file name they had.

Nothing in them is read but what names the file: the day in `date:` and the code in the link to
the original, which the makers of the archive used as file name. Broken front matter is left to
the reader of articles, which repairs it and says so.
"""

from __future__ import annotations

import re

from generator.ingest.reading import Reading
from generator.ingest.record import Field
from generator.text.dates import parse_day
from generator.text.patterns import late

_OPENING = late(r"\s*(?P<rule>---|\+\+\+)[ \t]*\n")
_KEY = late(r"[A-Za-z_][\w-]*\s*[:=]")
_DATE = late(r"^date\s*[:=]\s*[\"']?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.MULTILINE)
# The link to the original, alone on its line, in either of its two forms:
# <http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202202212282371475>
# <http://finance.eastmoney.com/news/1344,202112082206704122.html>
_LINK = late(r"^<(https?://[^\s<>]{1,400})>[ \t]*$", re.MULTILINE)
_CODE = late(r"[?&]infoCode=(\w{6,64})|\beastmoney\.com/.*(?:,|/a/)(\d{12,24})\.html")


def is_jekyll(text: str) -> bool:
    """Whether the text begins with front matter, sound or broken."""
    opening = _OPENING.match(text)
    if not opening:
        return False
    following = text[opening.end() :].lstrip("\n").split("\n", 1)[0]
    return _KEY.match(following) is not None


def read_jekyll(text: str, data: bytes) -> Reading:
    """Name a Jekyll post. `data` are the capture's bytes: they are the article."""
    day, line = _day(text)
    # The maker's footer stands last; a link before it belongs to the article.
    links = [
        (found[1] or found[2], link.start())
        for link in _LINK.finditer(text)
        if (found := _CODE.search(link[1]))
    ]
    code, start = links[-1] if links else ("", 0)
    fields: list[Field] = []
    if day:
        fields.append(Field("date", day, "front-matter", line))
    if code:
        fields.append(Field("code", code, "source-link", text.count("\n", 0, start) + 1))
    return Reading("jekyll", data, name=code, day=day, fields=tuple(fields))


def _day(text: str) -> tuple[str, int]:
    """The day in the front matter as written, and its line; "" where none is readable."""
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    closing = re.compile(r"^(?:---|\+\+\+)[ \t]*$", re.MULTILINE).search(text, start)
    match = _DATE.search(text, start, closing.start() if closing else len(text))
    if not match:
        return "", 0
    day = parse_day(match[1], match[2], match[3])
    if day is None:
        return "", 0
    return day.isoformat(), text.count("\n", 0, match.start()) + 1
