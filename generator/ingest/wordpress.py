"""WordPress exports (WXR, an RSS file with more in it): each post and page is an article.

Source: WordPress' `wp-admin/includes/export.php`; the forms 1.0 to 1.2 differ in nothing read here.
An export can be larger than memory and hold characters that XML forbids, so the file is cut into
its items first and each is parsed alone: a broken one costs no other.
"""

from __future__ import annotations

import codecs
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from urllib.parse import unquote

from generator.ingest.capture import Read, refuse
from generator.ingest.held import Held, Part
from generator.ingest.posts import Post, html_of_text, read_post
from generator.ingest.reading import Finding
from generator.ingest.record import digest
from generator.text.address import split_address
from generator.text.decode import remove_controls
from generator.text.patterns import late

_CHUNK = 1 << 20
# Characters of one item; a book has fewer.
_LARGEST = 16 << 20
_MARK = late(rb"xmlns:wp\s*=\s*[\"']https?://(?:\w+\.)?wordpress\.org/export/")
_ENCODING = late(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w-]+)")
_ITEM = late(r"<item(?:\s[^>]*)?>")
# What looks like an end inside a text is followed by text.
_END = late(r"</item\s*>(?=\s*(?:<item[\s>]|</channel))")
_AUTHOR = late(r"<wp:author>(.*?)</wp:author>", re.DOTALL)
_PREFIX = late(r"(?<=[</\s])([A-Za-z][\w.-]*):[A-Za-z]")
_TYPES = ("post", "page")
# Never shown to anybody, or a part of another post.
_UNSEEN = ("auto-draft", "inherit")
_NO_DATE = "0000-00-00"


def is_wordpress(head: bytes) -> bool:
    """Whether a file that begins with `head` is such an export."""
    return _MARK.search(head) is not None


def read_wordpress(file: BinaryIO) -> Iterator[Part]:
    """The articles of an export in their order, then what was passed over. Never raises for it."""
    passed: Counter[str] = Counter()
    names: dict[str, str] = {}
    for number, text in enumerate(_cut(file)):
        if number == 0:
            names = _authors(text)
            continue
        item = _parse(text)
        if item is None:
            mark = digest(text.encode())
            yield Held(f"item {number}", mark, refuse("broken XML"), is_damaged=True)
            continue
        kind, status = item.get("wp:post_type", "post"), item.get("wp:status", "")
        if kind not in _TYPES or status in _UNSEEN:
            passed[status if kind in _TYPES else kind] += 1
            continue
        passed["comment"] += text.count("<wp:comment>")
        link = item.get("link", "")
        name = f"{item.get('wp:post_id') or number} {item.get('wp:post_name') or ''}".strip()
        yield Held(name, digest(text.encode()), _read(item, names), link)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(passed.items()) if count)
    if counts:
        yield Finding("import/passed-over", 0, counts)


def _cut(file: BinaryIO) -> Iterator[str]:
    """What stands before the first item, then the items."""
    found = _ENCODING.search(file.read(200))
    file.seek(0)
    try:
        codec = codecs.lookup(found[1].decode() if found else "utf-8")
    except LookupError:
        codec = codecs.lookup("utf-8")
    decoder = codec.incrementaldecoder("replace")
    text, at, is_head = "", 0, True
    while True:
        data = file.read(_CHUNK)
        text += decoder.decode(data, final=not data)
        pattern = _ITEM if is_head else _END
        while found_end := pattern.search(text, at):
            end = found_end.start() if is_head else found_end.end()
            yield text[:end]
            text, at, is_head = text[end:], 0, False
            pattern = _END
        # The mark of an end may be cut by the end of the chunk.
        at = max(0, len(text) - 4096)
        if len(text) > _LARGEST:
            start = _ITEM.search(text, 1)
            text, at = text[start.start() if start else len(text) :], 0
        if not data:
            break
    if not is_head and _ITEM.search(text):
        yield text.partition("</channel")[0]  # cut off, or the end of another program's file


def _authors(head: str) -> dict[str, str]:
    """The names that authors are shown by, by those they log in with."""
    names = {}
    for text in _AUTHOR.findall(head):
        author = _parse(f"<item>{text}</item>") or {}
        login, name = author.get("wp:author_login", ""), author.get("wp:author_display_name", "")
        if login and name:
            names[login] = name
    return names


def _parse(text: str) -> dict[str, str] | None:
    """The texts of an item by element; of categories by their domain, with NUL between; None = broken.

    Prefixes stand for themselves: what they are bound to differs from version to version.
    """
    clean = remove_controls(text)[0]
    bound = " ".join(f'xmlns:{name}="{name}"' for name in sorted(set(_PREFIX.findall(clean))))
    start = clean.find("<item")
    try:
        root = ET.fromstring(f"<rss {bound}>{clean[start:]}</rss>")  # noqa: S314 - a piece of a document can declare no entity
    except (ET.ParseError, ValueError):
        return None
    item = next(iter(root), ())
    found: dict[str, str] = {}
    for child in item:
        name = re.sub(r"\{([^}]*)\}", r"\1:", child.tag)
        value = (child.text or "").strip()
        if name == "category":
            name = child.get("domain") or name
            found[name] = f"{found[name]}\0{value}" if name in found else value
        else:
            found.setdefault(name, value)
    return found


def _read(item: Mapping[str, str], names: Mapping[str, str]) -> Read:
    stamp, utc = item.get("wp:post_date", ""), item.get("wp:post_date_gmt", "")
    link = split_address(item.get("link", ""))
    creator = item.get("dc:creator", "")
    status = item.get("wp:status", "publish")
    post = Post(
        title=item.get("title", ""),
        name=unquote(item.get("wp:post_name", "")) or f"p{item.get('wp:post_id', '')}",
        date="" if stamp.startswith(_NO_DATE) else stamp,
        utc="" if utc.startswith(_NO_DATE) else utc,
        address="" if link.query or link.path in ("", "/") else link.path,
        authors=(names.get(creator, creator),) if creator else (),
        categories=_terms(item.get("category", "")),
        tags=_terms(item.get("post_tag", "") or item.get("tag", "")),
        description=item.get("excerpt:encoded", ""),
        status="" if status in ("publish", "future") else status,
        body=html_of_text(item.get("content:encoded", "")),
    )
    return read_post(post, "wordpress")


def _terms(text: str) -> tuple[str, ...]:
    terms = dict.fromkeys(part for part in text.split("\0") if part)
    # What WordPress says where nobody chose a category.
    return tuple(
        term for term in terms if term.lower() not in ("uncategorized", "未分类", "未分類")
    )
