"""The pictures of a saved page: they go with its article, into a folder of the article's name."""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.ingest.disk import read_bytes, write_bytes
from generator.text.patterns import late

# A browser saves a page's pictures beside it; one larger than this is a film.
_LARGEST = 32 * 1024 * 1024
_IMAGE = late(r"<img [^>]*?\bsrc=\"([^\"]+)\"")
_PICTURE = late(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$", re.IGNORECASE)


def copy_pictures(article: bytes, capture: Path, place: Path) -> None:
    """Copy the pictures that an article shows from beside its capture to beside the article.

    `place` is the article's file. A build finds `saved_files/1.png` in the folder `place` without
    its ending. What is not there, lies above the capture or cannot be read stays out. Raises
    OutputError.
    """
    if b"<img" not in article:
        return
    home = place.with_suffix("")
    for target in _IMAGE.findall(article.decode()):
        name = picture_path(html.unescape(target))
        if not name or (home / name).exists():
            continue
        try:
            data = read_bytes(capture.parent / name, _LARGEST)
        except (OSError, ValueError):
            continue
        if data:
            write_bytes(home / name, data)


def picture_path(target: str) -> str:
    """The path of a picture beside the page, or below; "" for any other target."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    path = posixpath.normpath(unquote(parts.path)) if parts.path else ""
    is_elsewhere = parts.scheme or parts.netloc or path.startswith(("/", "../"))
    return "" if is_elsewhere or not _PICTURE.search(path) else path
