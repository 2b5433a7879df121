"""Whole HTML documents: their title, language and body."""

from __future__ import annotations

import html
import re

import msgspec

from generator.text.patterns import late

_DOCUMENT = late(
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--(?>.*?-->)\s*)*)<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = late(r"<title[^>]*>(.*?)</title\s*>", re.IGNORECASE | re.DOTALL)
_LANGUAGE = late(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z-]+)", re.IGNORECASE)
_BODY = late(r"<body(?:\s[^>]*)?>", re.IGNORECASE)
_HEAD_END = late(r"</head\s*>", re.IGNORECASE)


_HTML_NAME = late(r".*\.[sx]?html?(?:\?[^/]*)?", re.IGNORECASE | re.DOTALL)


def is_html_name(path: str) -> bool:
    """Whether a file's name says that it holds HTML; mirrors keep `show.html?id=3` under that name."""
    return _HTML_NAME.fullmatch(path) is not None


class HtmlDocument(msgspec.Struct, frozen=True, gc=False):
    """What a document states, and where its body starts in the text, in characters."""

    title: str
    language: str
    body_start: int


def find_document(text: str) -> HtmlDocument | None:
    """Read the frame of an HTML document; None where the text is none."""
    if not _DOCUMENT.match(text):
        return None
    title = _TITLE.search(text)
    language = _LANGUAGE.search(text)
    body = _BODY.search(text) or _HEAD_END.search(text) or title
    return HtmlDocument(
        " ".join(html.unescape(title[1]).split()) if title else "",
        language[1] if language else "",
        body.end() if body else 0,
    )
