"""What the search stage takes: one document an article; and its settings."""

from __future__ import annotations

import msgspec

FORMAT_VERSION = 3
FIELDS = ("title", "body")
# A standard Lunr index of more articles is of no use to anybody (`generator.search.lunr_json`).
MOST_IN_LUNR = 500
# Bytes of their files; lunr.py takes 2 s a megabyte.
MOST_BYTES = 8 * 1024 * 1024


class SearchDocument(msgspec.Struct, frozen=True, gc=False):
    """An article as search sees it.

    `href` names it: the page's address from the site's root, encoded (`Address.href`). `text` is
    the visible text of its body (`generator.search.extract.visible_text`). `date` is ISO 8601
    with as much as is known (`2022-02-21T07:29:31`, `2022-02-21`, ``), in the site's zone.
    """

    href: str
    title: str
    text: str
    date: str = ""
    category: str = ""  # key
    category_title: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    language: str = ""  # "" = the site's


class SearchSettings(msgspec.Struct, frozen=True):
    """`[search]` of the configuration, as far as the index depends on it.

    Boosts are Lunr's field boosts. `shard_size` is in bytes and grows where the index would
    have more than `file_budget` files. `k1` and `b` are BM25's, Lunr's defaults.
    """

    title_boost: float = 5
    body_boost: float = 1
    k1: float = 1.2
    b: float = 0.75
    shard_size: int = 4096
    file_budget: int = 4000
