"""A capture's bytes → a `Reading`, by the shape they have. Pure: no disk, no clock."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

import msgspec

from generator.ingest.jekyll import is_jekyll, read_jekyll
from generator.ingest.mhtml import is_mhtml, read_mhtml
from generator.ingest.naming import page_id
from generator.ingest.page import is_page, read_page
from generator.ingest.page_facts import Origin
from generator.ingest.prose import read_prose
from generator.ingest.reading import Finding, Reading
from generator.ingest.record import Field
from generator.text.address import split_address
from generator.text.dates import day_in_path, parse_day
from generator.text.decode import Decoded, decode
from generator.text.patterns import late

# An article of a daily paper has a few kilobytes, a saved page with its pictures inside some
# megabytes.
MAX_BYTES = 16 * 1024 * 1024
_CHARSET = late(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
# Encodings that `decode` cannot tell by itself, so that the page's word is taken. Latin-1 is not
# among them: it is what servers say that know nothing, of Chinese pages too.
_TOLD = late(
    r"big5.*|shift_jis.*|cp932|euc_(?:jp|kr)|cp949|iso8859_(?!1$).*|cp125[013-9]|koi8.*|mac_.*"
)
# What mirrors of sites hold beside pages. Pictures and the like are told by their bytes.
_NO_ARTICLE = late(
    r"\.(?:jsonl?|css|m?js|map|svg|xml|rss|atom|[ct]sv|ya?ml|toml|lock|sql|log|ini|py|sh)$",
    re.IGNORECASE,
)


class Read(msgspec.Struct, frozen=True):
    """What became of a capture's bytes. `reading` is None where they hold no article."""

    reading: Reading | None
    encoding: str
    findings: tuple[Finding, ...]


def read_capture(data: bytes, name: str) -> Read:
    """Read a capture of any shape. Never raises for bad input.

    Of its `name` only the ending counts: `.md` without front matter is Markdown already, and
    `.css` is no capture.
    """
    refusal = _refusal(data, name)
    if refusal:
        return refuse(refusal)
    if is_mhtml(data):
        data = read_mhtml(data) or data
    return _read_bytes(data, name, "", lambda text: _read(text, data, name))


def read_answer(data: bytes, origin: Origin, charset: str) -> Read:
    """Read a page as a server sent it, which said its `charset` ("" = it did not).

    Never raises for bad input.
    """
    if not data.strip():
        return refuse("empty")
    if len(data) > MAX_BYTES:
        return refuse(f"larger than {MAX_BYTES // 1024 // 1024} MB")

    def read(text: str) -> Reading | None:
        page = read_page(text, origin) if is_page(text) else None
        return page and msgspec.structs.replace(page, name=page_id(origin.address))

    return _read_bytes(data, split_address(origin.address).path, charset, read)


def _read_bytes(
    data: bytes, path: str, charset: str, read: Callable[[str], Reading | None]
) -> Read:
    decoded = _decode(data, charset)
    if decoded is None or _is_noise(decoded.text):
        return refuse("not text")
    found = tuple(Finding(one.code, one.line, one.detail) for one in decoded.findings)
    try:
        reading = read(decoded.text)
    except RecursionError:
        return refuse("elements nested too deep", decoded.encoding, found)
    if reading and not reading.day:
        reading = _date_by_path(reading, path)
    if reading is None:
        return refuse("no running text", decoded.encoding, found)
    return Read(reading, decoded.encoding, (*found, *reading.findings))


def _date_by_path(reading: Reading, name: str) -> Reading:
    """A page that states no date has the one in its path: `2013/05/06/4711.html`."""
    digits = day_in_path(name) if reading.shape in ("html", "text") else None
    day = parse_day(*digits) if digits else None
    if day is None:
        return reading
    opening, rest = b"---\n", reading.article.removeprefix(b"---\n")
    closing = rest.index(b"\n---\n") + 1
    return msgspec.structs.replace(
        reading,
        article=opening + rest[:closing] + f"date: {day}\n".encode() + rest[closing:],
        day=day.isoformat(),
        fields=(*reading.fields, Field("date", day.isoformat(), "capture-path", 0)),
    )


def _refusal(data: bytes, name: str) -> str:
    """Why the bytes need not be read at all; "" where they must."""
    ending = _NO_ARTICLE.search(name)
    if ending:
        return f"a {ending[0].lower()} file"
    if len(data) > MAX_BYTES:
        return f"larger than {MAX_BYTES // 1024 // 1024} MB"
    return "" if data.strip() else "empty"


def _read(text: str, data: bytes, name: str) -> Reading | None:
    if is_jekyll(text):
        return read_jekyll(text, data)
    if is_page(text):
        return read_page(text)
    if name.lower().endswith((".md", ".markdown")):
        # The reader of articles finds its title; to escape its marks would spoil it.
        return Reading("markdown", data)
    return read_prose(text)


def refuse(why: str, encoding: str = "", found: tuple[Finding, ...] = ()) -> Read:
    """What is read of bytes that hold no article, and why."""
    return Read(None, encoding, (*found, Finding("import/not-a-capture", 0, why)))


def _decode(data: bytes, charset: str) -> Decoded | None:
    """Decode by the page's own word where it names an encoding that cannot be told from bytes.

    What the page says goes before the server's word, which is often that of all its pages.
    """
    declared = _CHARSET.search(data[:4096])
    word = declared[1].decode("ascii") if declared else charset
    if word:
        try:
            name = codecs.lookup(word).name.replace("-", "_")
        except LookupError:
            name = ""
        if _TOLD.fullmatch(name) and not _is_utf_8(data):
            decoded = decode(data.decode(name, "replace").encode())
            return msgspec.structs.replace(decoded, encoding=name) if decoded else None
    return decode(data)


def _is_noise(text: str) -> bool:
    """Whether more than a twentieth of the text could not be decoded."""
    return text.count("\ufffd") * 20 > len(text)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
