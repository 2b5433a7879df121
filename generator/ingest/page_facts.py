"""What a page's own markup states: headline, day of publication, publisher, author, language."""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser

from generator.ingest.dates import StatedDate, find_date
from generator.ingest.headline import Title
from generator.ingest.main_text import plain_text
from generator.ingest.people import read_names
from generator.ingest.record import Field
from generator.text.patterns import late

# Names under which pages state the day of publication; `updated` and `modified` are not among them.
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "article:create_at", "og:release_date", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "dc.date.issued", "dc.date", "date",
)  # fmt: skip
_SOURCE_NAMES = ("contentsource", "source", "article:source", "mediaid", "og:site_name")
_AUTHOR_NAMES = ("author", "article:author", "dc.creator", "byl")
_JSON_DATE = late(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_SITE_PART = late(r"\s*[_|｜–—]+\s*|\s+-+\s+|-{2,}|\s*-(?=[^-]*(?:网|網|报|報|新闻|新聞|News)$)")
# A first part shorter than this is no headline but a section or the site.
_SHORTEST = 6

_SAVED = late(
    r"<!--\s*(?:saved from url=\(\d+\)(https?://[^\s>]+)|Page saved with SingleFile\s+url:\s*(https?://[^\s>]+)"
    r"|Mirrored from ([\w.-]+/[^\s>]*) by HTTrack)"
)
# Characters at the head of a page within which such a comment stands.
_HEAD = 4000

Meta = dict[str, str]


class Origin(msgspec.Struct, frozen=True):
    """Where and when a page was captured, as the file says that holds it; "" = not said."""

    address: str = ""
    captured: str = ""  # 2013-05-06T12:13:14Z
    home: str = ""  # the address that its article shall have


NOWHERE = Origin()


class PageFacts(msgspec.Struct, frozen=True):
    """What the markup states. `fields` hold publisher, author, date and address with their rules."""

    title: Title | None
    date: StatedDate | None
    fields: tuple[Field, ...]
    address: str  # the page's own, absolute; "" = not stated
    base: str  # what its relative links start from; "" = its own file
    language: str


def read_page_facts(page: LexborHTMLParser, saved_from: str, origin: Origin) -> PageFacts:
    """Read what the page states of itself. Its scripts must still be there: they can hold the date.

    `saved_from` is the address that the program left which saved the page, "" = none.
    """
    meta = read_meta(page)
    stated = read_date(page, meta)
    # Where it was found goes before what the page says: that may be another page, or a new host.
    address, rule = (origin.address, "capture-address") if origin.address else ("", "")
    if not address:
        address, rule = read_address(page, meta)
    if not address:
        address, rule = saved_from, "saved-from" if saved_from else ""
    language = page.root.attrs.get("lang") if page.root else ""
    return PageFacts(
        read_title(page, meta),
        stated[0] if stated else None,
        (
            *read_publisher(meta),
            *(stated[1:] if stated else ()),
            *([Field("address", address, rule)] if address else ()),
            *([Field("captured", origin.captured, "capture-date")] if origin.captured else ()),
        ),
        address,
        # Programs that save pages make links to the files they save.
        "" if saved_from and not origin.address else address,
        language or "",
    )


def read_meta(page: LexborHTMLParser) -> Meta:
    """The page's `<meta>` values by lower-cased name; the first of each name holds."""
    meta: Meta = {}
    for node in page.css("meta"):
        name = node.attrs.get("property") or node.attrs.get("name") or node.attrs.get("itemprop")
        content = " ".join((node.attrs.get("content") or "").split())
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    return meta


def find_saved_address(text: str) -> str:
    """The address that browsers, SingleFile and HTTrack write into the pages they save; "" = none."""
    match = _SAVED.search(text[:_HEAD])
    if not match:
        return ""
    return match[1] or match[2] or f"http://{match[3]}"


def read_title(page: LexborHTMLParser, meta: Meta) -> Title | None:
    """The headline: the `<h1>` that begins the page's title, `og:title`, a lone `<h1>`, `<title>`."""
    node = page.css_first("title")
    document = plain_text(node) if node else ""
    social = meta.get("og:title", "")
    headings = list(dict.fromkeys(filter(None, map(plain_text, page.css("h1")))))
    for heading in headings:
        if len(heading) >= 2 and (document.startswith(heading) or social.startswith(heading)):
            return Title(heading, "h1", 0)
    if social:
        return Title(_without_site(social, meta), "og:title", 0)
    if len(headings) == 1 and (not document or len(headings[0]) >= _SHORTEST + 4):
        return Title(headings[0], "h1", 0)
    if document:
        return Title(_without_site(document, meta), "title-element", 0)
    return None


def _without_site(title: str, meta: Meta) -> str:
    """`headline_section_site` without what stands behind the headline."""
    site = meta.get("og:site_name", "")
    if site and title.endswith(site) and len(title) > len(site):
        title = title.removesuffix(site).rstrip(" _|｜–—-") or title
    first = _SITE_PART.split(title)[0].strip()
    return first if len(first) >= _SHORTEST else title


def read_date(page: LexborHTMLParser, meta: Meta) -> tuple[StatedDate, Field] | None:
    """The day of publication, where the page's markup states it."""
    for name in _DATE_NAMES:
        stated = find_date(meta.get(name, ""))
        if stated:
            return stated, Field("date", meta[name], f"meta:{name}")
    for script in page.css('script[type="application/ld+json"]'):
        match = _JSON_DATE.search(script.text())
        stated = find_date(match[1]) if match else None
        if match and stated:
            return stated, Field("date", match[1], "json-ld")
    times = {node.attrs.get("datetime") or "" for node in page.css("time[datetime]")}
    # Lists of other articles carry times as well: only a lone one speaks of this article.
    if len(times) == 1 and (stated := find_date(value := times.pop())):
        return stated, Field("date", value, "time-element")
    return None


def read_publisher(meta: Meta) -> tuple[Field, ...]:
    """Publisher and author as stated in `<meta>`; an author that is no name (`admin`) is left out."""
    fields: list[Field] = []
    for name in _SOURCE_NAMES:
        if name in meta and len(meta[name]) <= 40 and not meta[name].isdigit():
            fields.append(Field("source", re.sub(r"^来源[:：]", "", meta[name]), f"meta:{name}"))
            break
    for name in _AUTHOR_NAMES:
        names = read_names(meta.get(name, ""))
        if names:
            fields += (Field("author", person, f"meta:{name}") for person in names)
            break
    return tuple(fields)


def read_address(page: LexborHTMLParser, meta: Meta) -> tuple[str, str]:
    """The page's own address and where it is stated; ("", "") where it is not."""
    node = page.css_first("link[rel=canonical]")
    for address, rule in (
        (node.attrs.get("href") or "" if node else "", "link:canonical"),
        (meta.get("og:url", ""), "meta:og:url"),
    ):
        if address.startswith(("http://", "https://")):
            return address, rule
    return "", ""
