"""Posts that an export states field by field: nothing has to be found in them, only written down."""

from __future__ import annotations

import html
import re
from datetime import datetime

import msgspec

from generator.ingest.capture import Read, refuse
from generator.ingest.dates import StatedDate, find_date
from generator.ingest.reading import Facts, Reading, write_article
from generator.ingest.record import Field
from generator.text.patterns import late
from generator.text.slug import shorten, slugify_name

# What WordPress' editor leaves in a text for itself.
_EDITOR = late(r"<!--\s*(?:/?wp:.*?|more.*?|nextpage)\s*-->\n?", re.DOTALL)
_VERBATIM = late(r"(<(pre|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_BLANK = late(r"\n[ \t]*\n")
# Such a piece is no paragraph: `wpautop` leaves it alone, too.
_BLOCK = late(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|pre|figure|figcaption|hr|section"
    r"|article|address|center|form|iframe|video|audio|details)\b|\[caption\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 180


class Post(msgspec.Struct, frozen=True):
    """What an export says of a post; "" where it does not. `body` is HTML, or Markdown.

    `date` and `utc` are the same moment where it appeared and in UTC.
    """

    title: str
    name: str
    date: str
    utc: str
    address: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    description: str
    status: str
    body: str


def read_post(post: Post, shape: str) -> Read:
    """The article of a post. A title that is not stated is derived by every build."""
    if not post.body.strip() and not post.title.strip():
        return refuse("empty")
    date = find_date(_with_zone(post.date, post.utc))
    facts = Facts(
        title=" ".join(html.unescape(post.title).split()),
        date=date,
        authors=post.authors,
        address=post.address,
        categories=tuple(map(html.unescape, post.categories)),
        tags=tuple(map(html.unescape, post.tags)),
        description=" ".join(html.unescape(re.sub(r"<[^>]*>", " ", post.description)).split()),
        status=post.status,
    )
    reading = Reading(
        shape,
        write_article(facts, post.body),
        name=shorten(slugify_name(post.name), _LONGEST_NAME),
        day=date.day if date else "",
        fields=tuple(_fields(facts, date)),
    )
    return Read(reading, "utf-8", ())


def _fields(facts: Facts, date: StatedDate | None) -> list[Field]:
    stated = [
        ("title", facts.title),
        ("date", str(date.value) if date else ""),
        ("address", facts.address),
        *(("author", name) for name in facts.authors),
    ]
    return [Field(name, value, "export") for name, value in stated if value]


def _with_zone(local: str, utc: str) -> str:
    """A moment with the zone that follows from the same moment in UTC, where both are stated."""
    try:
        here, there = datetime.fromisoformat(local), datetime.fromisoformat(utc)
        minutes = round((here - there).total_seconds() / 60)
    except (ValueError, TypeError):
        return local or (f"{utc} +0000" if utc else "")
    if abs(minutes) > 14 * 60:
        return local
    sign, minutes = "-" if minutes < 0 else "+", abs(minutes)
    return f"{local} {sign}{minutes // 60:02d}{minutes % 60:02d}"


def html_of_text(text: str) -> str:
    """HTML of a text in which blank lines part paragraphs, as WordPress keeps it.

    No blank line is left, for the article's file is Markdown, in which it would end the HTML.
    """
    text = _EDITOR.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    pieces: list[str] = []
    for number, part in enumerate(_VERBATIM.split(text)):
        if number % 3 == 1:
            pieces.append(part)
        elif number % 3 == 0:
            pieces += map(_paragraph, filter(str.strip, _BLANK.split(part)))
    return "\n".join(pieces)


def _paragraph(piece: str) -> str:
    piece = piece.strip()  # of the wide blanks that indent, too: the theme does that
    if _BLOCK.match(piece):
        return piece
    return f"<p>{piece.replace(chr(10), '<br>' + chr(10))}</p>"
