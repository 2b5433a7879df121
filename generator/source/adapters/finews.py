"""finews (and sites made by the same scripts): Chinese finance news as Jekyll posts, 2021-2022.

Its makers put every value raw into the text: `categories: ` + pinyin of the source, `tags: ` +
source + 新闻, and behind the body a link to the original and links back, in five variants.
"""

from __future__ import annotations

import html
import re
from operator import itemgetter

from generator.source.adapters.base import Facts
from generator.text.patterns import late

_TAG_ENDINGS = ("新闻", "消息")
_KEYS = {"layout", "title", "date", "categories", "tags"}

# The credit at the end: <p class="em_media">（文章来源：上海<span…><a…>证券</a></span>报）</p>
_CREDIT_MARK = "（文章来源："
_CREDIT = late(r'<p class="em_media">（文章来源：(.{1,400}?)）</p>', re.DOTALL)
_MARKUP = late(r"<[^>]*>")
# The link to the original, alone on its line; empty where the maker had none.
_ORIGINAL = late(
    r"^<(|https?://(?:finews\.zning\.xyz/html_News/NewsShare\.html\?infoCode=\w+"
    r"|[\w.]*eastmoney\.com/[^\s<>]*))>[ \t]*$",
    re.MULTILINE,
)
_BACK_MARK = "[返回"
_BACK = late(
    r"^\[返回[^\]\n]*\]\((?:\.\./|//(?:finews\.zning\.me|finews\.withounder\.com)/)[^\n]*\)[ \t]*$",
    re.MULTILINE,
)
# How far from the end the footer can stand, in characters: the longest seen is 310.
_TAIL = 1500
# Names of files: the code starts with the day it was collected.
_CODE = late(r"-?(?:NW)?(20\d{6})\d{6,}$")

_HIDDEN = late(r'<p style="display:none;[^"]*">.{0,80}?</p>', re.DOTALL)
_MARKS = late(r"<!-- EM_StockImg_(?:Start|End) -->")
_QUOTES = late(r'<span id="(?:bk)?quote_[^"]*"></span>')
_WIDGET = late(r'<span id="(?:(?:stock|bk)_[^"]*|Info\.\d+)">(.{0,400}?)</span>', re.DOTALL)
_CONTENT = itemgetter(1)  # written `\1`, it is a function in Python for each match
_STOCK_KEY = late(r'<span web="1"[^>]*class="em_stock_key_common"[^>]*>([^<]*)</span>')


class Finews:
    """The adapter `finews`."""

    hosts = ("finews.withounder.com", "finews.zning.me")

    def recognises(self, metadata: dict[str, str], body: str) -> bool:
        """By the five keys with a tag that ends in 新闻, or by the footer or credit."""
        tag = metadata.get("tags", "")
        if (
            tag.endswith(_TAG_ENDINGS)
            and metadata.get("layout") == "post"
            and metadata.keys() == _KEYS
        ):
            return True
        tail = body[-_TAIL:]
        return (_BACK_MARK in tail and _BACK.search(tail) is not None) or (
            _CREDIT_MARK in tail and "em_media" in tail
        )

    def read(self, metadata: dict[str, str], name: str, body: str) -> Facts:
        """Publisher, original's address, display name of the category, day in the file's name."""
        tail = body[-_TAIL:]
        credit = _CREDIT.search(tail) if _CREDIT_MARK in tail else None
        start = _find_original(tail)
        originals = _ORIGINAL.findall(tail, start) if start >= 0 else ()
        tag = metadata.get("tags", "")
        code = _CODE.fullmatch(name)
        return Facts(
            source=html.unescape(_MARKUP.sub("", credit[1])).strip() if credit else "",
            source_url=html.unescape(originals[-1]) if originals else "",
            category_title=tag.removesuffix("新闻") if tag.endswith("新闻") else "",
            slug_date=code[1] if code else "",
        )

    def split_terms(self, text: str) -> tuple[str, ...]:
        """One category a line: the maker wrote the source's pinyin, spaces and all."""
        return (text,) if text.strip() else ()

    def clean(self, body: str) -> str:
        """Without footer, credit, hidden paragraph and stock widgets; their text stays."""
        head, tail = body[:-_TAIL], body[-_TAIL:]
        # Looking for a few characters first is much cheaper than a pattern that finds nothing.
        if _CREDIT_MARK in tail:
            tail = _CREDIT.sub("", tail)
        start = _find_original(tail)
        if start >= 0:
            tail = tail[:start] + _ORIGINAL.sub("", tail[start:])
        start = tail.find(_BACK_MARK)
        if start >= 0:
            start = tail.rfind("\n", 0, start) + 1
            tail = tail[:start] + _BACK.sub("", tail[start:])
        body = (head + tail).rstrip()
        if '<span id="' in body:
            body = _WIDGET.sub(_CONTENT, _QUOTES.sub("", body))
        if '<span web="' in body:
            body = _STOCK_KEY.sub(_CONTENT, body)
        if "EM_StockImg" in body:
            body = _HIDDEN.sub("", _MARKS.sub("", body))
        return body


def _find_original(tail: str) -> int:
    """Where the first line is that may link to the original; -1 for nowhere.

    Patterns that begin with `^` try every line and every character of it.
    """
    places = [place for place in (tail.find("<http"), tail.find("<>")) if place >= 0]
    return tail.rfind("\n", 0, min(places)) + 1 if places else -1
