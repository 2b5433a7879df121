"""The fields of front matter: their names, and what is known of each."""

from __future__ import annotations

from typing import Any

import msgspec

TEXT_KEYS = frozenset(
    [
        "layout",
        "title",
        "date",
        "categories",
        "category",
        "tags",
        "tag",
        "slug",
        "permalink",
        "url",
        "path",
        "aliases",
        "alias",
        "redirect_from",
        "draft",
        "published",
        "lang",
        "locale",
        "language",
        "author",
        "authors",
        "description",
        "excerpt",
        "summary",
        "updated",
        "last_modified_at",
        "lastmod",
        "modified",
        "expires",
        "expirydate",
        "expiry",
        "source",
        "source_url",
        "original",
        "link",
        "search",
        "status",
    ]
)


# Keys as people write them who know no English.
_CHINESE = {
    "标题": "title", "標題": "title", "题目": "title", "題目": "title",
    "日期": "date", "时间": "date", "時間": "date", "发布时间": "date", "发布日期": "date", "發佈時間": "date",
    "分类": "categories", "分類": "categories", "栏目": "categories", "欄目": "categories",
    "标签": "tags", "標籤": "tags", "关键词": "tags", "關鍵詞": "tags",
    "作者": "author", "记者": "author", "記者": "author",
    "来源": "source", "來源": "source", "摘要": "description", "简介": "description",
    "链接": "source_url", "鏈接": "source_url", "网址": "source_url", "網址": "source_url", "原文链接": "source_url",
}  # fmt: skip


def name_key(text: str) -> str:
    """The name of a key as it is written: in small letters, Chinese ones in English."""
    name = text.strip().lower()
    return name if name.isascii() else _CHINESE.get(name, name)


class Field(msgspec.Struct, frozen=True, gc=False):
    """The value of one key: text, a tuple of texts, or for unknown keys whatever YAML makes of it.

    `line` (inside the front matter) and `column` count from 1; 0 = not known. `raw` is the slice
    as it was written, for values that turn out to be text after all.
    """

    value: Any
    line: int = 0
    column: int = 0
    raw: str = ""
    repeats: int = 0  # how often the key was given before
