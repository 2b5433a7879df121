"""`sitemap.xml` (sitemaps.org, protocol 0.9) and the `robots.txt` that points to it.

Both name absolute addresses: there are none while `site.base_url` is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.xmlreader import AttributesImpl

from generator.config import Config
from generator.model.article import Article
from generator.model.site import SitePlan

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_URLS = 50_000  # the protocol's limits for one file
_MOST_BYTES = 50 * 1024 * 1024
# An entry stays below this: the protocol cuts URLs at 2,048 characters.
_ROOM = 16 * 1024
_NO_ATTRIBUTES: AttributesImpl[str] = AttributesImpl({})

SITEMAP_FILE = "sitemap.xml"
ROBOTS_FILE = "robots.txt"

Place = tuple[str, str]  # absolute URL, time of the last change in W3C format or ""


def render_sitemaps(config: Config, plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    """Give the sitemap's files, each as its name in the output folder and its content.

    One file where it can hold all; else `sitemap-1.xml` and so on, and at last their index
    `sitemap.xml`. Articles come first, from the oldest, so that a new one changes the last file
    alone. Only articles have a time of change: that of a list is not known.
    """
    base = config.site.base_url
    if not base:
        return
    waiting: bytes | None = None
    count = 0
    for data in _split(_places(base, plan)):
        if waiting is not None:
            count += 1
            yield f"sitemap-{count}.xml", waiting
        waiting = data
    if waiting is None:
        return
    if not count:
        yield SITEMAP_FILE, waiting
        return
    count += 1
    yield f"sitemap-{count}.xml", waiting
    parts = ((f"{base}/sitemap-{number}.xml", "") for number in range(1, count + 1))
    index = _Document("sitemapindex", "sitemap")
    for part in parts:
        index.add(part)
    yield SITEMAP_FILE, index.close()


def render_robots(config: Config) -> bytes | None:
    """Give `robots.txt`: everything may be read, and where the sitemap is."""
    base = config.site.base_url
    if not base:
        return None
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}/{SITEMAP_FILE}\n".encode()


def _places(base: str, plan: SitePlan) -> Iterator[Place]:
    for planned in reversed(plan.articles):
        if not planned.article.is_draft:
            yield base + planned.address.path, _last_change(planned.article)
    for page in plan.lists:
        yield base + page.address.path, ""


def _last_change(article: Article) -> str:
    if article.updated:
        return article.updated.isoformat(timespec="seconds")
    if article.date is None:
        return ""
    if article.has_time:
        return article.date.isoformat(timespec="seconds")
    return article.date.date().isoformat()


def _split(places: Iterable[Place]) -> Iterator[bytes]:
    document: _Document | None = None
    for place in places:
        if document is not None and document.is_full:
            yield document.close()
            document = None
        if document is None:
            document = _Document("urlset", "url")
        document.add(place)
    if document is not None:
        yield document.close()


class _Document:
    """One XML file of places while it is written."""

    def __init__(self, root: str, entry: str) -> None:
        self._root, self._entry = root, entry
        self._count = 0
        self._out = BytesIO()
        # It takes 20 ms to load, and most builds leave the sitemap as it is.
        from xml.sax.saxutils import XMLGenerator  # noqa: PLC0415

        self._xml = XMLGenerator(self._out, "utf-8")
        self._xml.startDocument()
        self._xml.startElement(root, AttributesImpl({"xmlns": _NAMESPACE}))
        self._xml.characters("\n")

    @property
    def is_full(self) -> bool:
        return self._count >= _MOST_URLS or self._out.tell() > _MOST_BYTES - _ROOM

    def add(self, place: Place) -> None:
        url, changed = place
        self._xml.startElement(self._entry, _NO_ATTRIBUTES)
        self._text("loc", url)
        if changed:
            self._text("lastmod", changed)
        self._xml.endElement(self._entry)
        self._xml.characters("\n")
        self._count += 1

    def close(self) -> bytes:
        self._xml.endElement(self._root)
        self._xml.characters("\n")
        self._xml.endDocument()
        return self._out.getvalue()

    def _text(self, name: str, text: str) -> None:
        self._xml.startElement(name, _NO_ATTRIBUTES)
        self._xml.characters(text)
        self._xml.endElement(name)
