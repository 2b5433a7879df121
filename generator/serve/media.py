"""The media type of a file, the same on every machine."""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import PurePosixPath

# What Python's own table lacks or has another way in some version. The system's are not asked.
_MORE = {
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".opus": "audio/ogg",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_FEEDS = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "feed.xml": "application/rss+xml",
}
_TEXT = ("application/xml", "application/json", "image/svg+xml")
_TYPES = MimeTypes()
UNKNOWN = "application/octet-stream"
PAGES = (".html", ".htm")


def media_type(file: str) -> str:
    """The type for a `Content-Type`, with the character set of text."""
    name = PurePosixPath(file).name.lower()
    ending = PurePosixPath(name).suffix
    kind = _FEEDS.get(name) or _MORE.get(ending)
    if kind is None:
        kind, encoding = _TYPES.guess_type(name)
        # A packed file is sent as it is: the browser shall save it, not unpack it.
        kind = UNKNOWN if kind is None or encoding else kind
    is_text = kind.startswith("text/") or kind in _TEXT or kind.endswith(("+xml", "+json"))
    return f"{kind}; charset=utf-8" if is_text else kind
