"""The pictures of a saved page: they go with its article, into a folder of the article's name."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.ingest.disk import read_bytes, write_bytes
from generator.text.address import split_address
from generator.text.patterns import late

# A browser saves a page's pictures beside it; one larger than this is a film.
_LARGEST = 32 * 1024 * 1024
_IMAGE = late(r"<img [^>]*?\bsrc=\"([^\"]+)\"")
# What cannot be in a file's name on some disk.
_UNSAFE = late(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff\ufffd]')
_LONGEST = 200  # bytes
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


def picture_addresses(article: bytes) -> Iterator[str]:
    """The keys of the web addresses of the pictures that an article shows."""
    if b"<img" in article:
        for target in map(html.unescape, _IMAGE.findall(article.decode())):
            if key := address_key(target):
                yield key


def address_key(address: str) -> str:
    """One key for the ways to write a picture's address; "" for what `address_path` knows not."""
    path = address_path(address)
    return f"{split_address(address).netloc.lower()}/{path}" if path else ""


def address_path(address: str) -> str:
    """Where the picture at a web address lies below the content folder: a build publishes it there.

    "" for what is no picture, has a query, or a path that no file should have.
    """
    parts = split_address(address)
    path = unquote(parts.path).strip("/")
    if parts.scheme not in ("http", "https") or parts.query or not _PICTURE.search(path):
        return ""
    is_odd = any(
        not name or name.startswith(".") or len(name.encode("utf-8", "replace")) > _LONGEST
        for name in path.split("/")
    )
    return "" if is_odd or _UNSAFE.search(path) else path


def picture_path(target: str) -> str:
    """The path of a picture beside the page, or below; "" for any other target."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    path = posixpath.normpath(unquote(parts.path)) if parts.path else ""
    is_elsewhere = parts.scheme or parts.netloc or path.startswith(("/", "../"))
    return "" if is_elsewhere or not _PICTURE.search(path) else path
