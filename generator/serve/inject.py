"""What the preview adds to a page on its way to the browser: its script, and marks on drafts."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from generator.model import Article
from generator.plan.selection import PlanOptions, held_back

_BODY_START = re.compile(rb"<body(?:\s[^>]*)?>", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_CHINESE = {
    "draft": "草稿：发布时不会生成此页",
    "future": "定时文章：到发布日期之前不会生成此页",
    "expired": "已过期：发布时不会生成此页",
}
_ENGLISH = {
    "draft": "Draft: a build leaves this page out",
    "future": "Dated in the future: a build leaves this page out until then",
    "expired": "Expired: a build leaves this page out",
}


def mark_of(article: Article, now: datetime) -> str:
    """Why a build would leave an article out: draft, future, expired; "" = it would not."""
    return held_back(article, PlanOptions(now)) or ""


def inject(
    html: bytes, base: str, session: str, version: int, *, mark: str = "", language: str = ""
) -> bytes:
    """Add the script of the preview, and the mark of a page that is not published."""
    script = (
        f'<script src="{escape(base)}_backfile/preview.js" data-session="{escape(session)}"'
        f' data-version="{version}" defer></script>'
    ).encode()
    if mark:
        text = (_CHINESE if language.lower().startswith("zh") else _ENGLISH)[mark]
        sheet = f'<link rel="stylesheet" href="{escape(base)}_backfile/preview.css">'.encode()
        note = f'<div data-backfile-draft="{mark}">{escape(text)}</div>'.encode()
        html = _insert(html, _HEAD_END, sheet, is_after=False)
        html = _insert(html, _BODY_START, note, is_after=True)
    end = html.lower().rfind(b"</body")
    return html + script if end < 0 else html[:end] + script + html[end:]


def _insert(html: bytes, place: re.Pattern[bytes], new: bytes, *, is_after: bool) -> bytes:
    found = place.search(html)
    if found is None:
        return html
    at = found.end() if is_after else found.start()
    return html[:at] + new + html[at:]
