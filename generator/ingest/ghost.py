"""Ghost exports, a JSON file: each post and page is an article.

Source: the tables `posts`, `tags`, `users` and those that join them, as Ghost 1 to 5 export them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from generator.ingest.capture import refuse
from generator.ingest.held import Held, Part
from generator.ingest.posts import Post, read_post
from generator.ingest.reading import Finding
from generator.ingest.record import digest

# Its JSON is read whole: bytes.
_LARGEST = 256 << 20
_MARK = re.compile(rb"\A\s*\{\s*\"(?:db\"\s*:|(?:meta|data)\"\s*:\s*\{)")
# Ghost writes this in place of the site's address.
_SITE = "__GHOST_URL__"


def is_ghost(head: bytes) -> bool:
    """Whether a file that begins with `head` may be such an export."""
    return _MARK.match(head) is not None and (b'"exported_on"' in head or b'"posts"' in head)


def read_ghost(file: BinaryIO) -> Iterator[Part]:
    """The articles of an export, in the order of its posts. Never raises for it."""
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        yield Finding("import/damaged", 0, f"larger than {_LARGEST >> 20} MB")
        return
    try:
        export = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Finding("import/damaged", 0, f"not JSON: {error}")
        return
    tables = _tables(export)
    tags = _joined(tables, "posts_tags", "tag_id", "tags")
    authors = _joined(tables, "posts_authors", "author_id", "users")
    people = {str(row.get("id")): str(row.get("name") or "") for row in _rows(tables, "users")}
    for post in _rows(tables, "posts"):
        key = str(post.get("id"))
        names = authors.get(key) or tuple(
            filter(None, [people.get(str(post.get("author_id")), "")])
        )
        slug = str(post.get("slug") or "")
        mark = digest(json.dumps(post, sort_keys=True).encode())
        body = _body(post)
        is_held = not body and not post.get("title")
        read = (
            refuse("empty")
            if is_held
            else read_post(_post(post, slug, names, tags.get(key, ()), body), "ghost")
        )
        yield Held(f"{key} {slug}".strip(), mark, read)


def _post(
    post: Mapping[str, Any], slug: str, authors: Sequence[str], tags: Sequence[str], body: str
) -> Post:
    status = str(post.get("status") or "published")
    return Post(
        title=str(post.get("title") or ""),
        name=slug or f"p{post.get('id')}",
        date=_moment(post.get("published_at")),
        utc="",
        address=f"/{slug}/" if slug else "",
        authors=tuple(authors),
        categories=(),
        # Ghost hides tags that begin with `#`.
        tags=tuple(tag for tag in tags if not tag.startswith("#")),
        description=str(post.get("custom_excerpt") or post.get("meta_description") or ""),
        status="" if status in ("published", "sent", "scheduled") else "draft",
        body=body,
    )


def _moment(value: object) -> str:
    """`2013-05-06T04:00:00.000Z`, or `2013-05-06 04:00:00`, which is UTC too; "" where neither."""
    text = value if isinstance(value, str) else ""
    return text if not text or text.endswith("Z") else f"{text} +0000"


def _body(post: Mapping[str, Any]) -> str:
    body = str(post.get("html") or "") or _markdown(post) or str(post.get("plaintext") or "")
    picture = str(post.get("feature_image") or post.get("image") or "")
    if picture and picture not in body:
        body = f'<figure><img src="{picture.replace(chr(34), "%22")}" alt=""></figure>\n\n{body}'
    # A blank line would end the HTML in a file that is Markdown.
    if post.get("html"):
        body = re.sub(r"\n[ \t]*(?=\n)", "", body)
    return body.replace(_SITE, "")


def _markdown(post: Mapping[str, Any]) -> str:
    """The Markdown of a post that has no HTML: Ghost 0.x kept it so, 1.x in a card."""
    if isinstance(post.get("markdown"), str):
        return str(post["markdown"])
    try:
        cards = json.loads(str(post.get("mobiledoc") or "{}")).get("cards") or ()
        return "\n\n".join(card[1]["markdown"] for card in cards if "markdown" in card[1])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return ""


def _tables(export: object) -> Mapping[str, Any]:
    """The tables of an export, in either of its frames; nothing for other JSON."""
    if isinstance(export, dict) and isinstance(export.get("db"), list) and export["db"]:
        export = export["db"][0]
    data = export.get("data") if isinstance(export, dict) else None
    return data if isinstance(data, dict) else {}


def _rows(tables: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = tables.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _joined(
    tables: Mapping[str, Any], joining: str, key: str, joined: str
) -> dict[str, tuple[str, ...]]:
    """The names in table `joined` that belong to each post, in their order."""
    names = {str(row.get("id")): str(row.get("name") or "") for row in _rows(tables, joined)}
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in _rows(tables, joining):
        name = names.get(str(row.get(key)))
        if name:
            order = row.get("sort_order")
            found[str(row.get("post_id"))].append((order if isinstance(order, int) else 0, name))
    return {
        post: tuple(name for _, name in sorted(pairs, key=lambda pair: pair[0]))
        for post, pairs in found.items()
    }
