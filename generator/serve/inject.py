"""What the preview adds to a page on its way to the browser: its script, and what to know of it."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from generator.model import Article
from generator.plan.selection import PlanOptions, held_back
from generator.serve.words import say

_BODY_START = re.compile(rb"<body(?:\s[^>]*)?>", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)


def mark_of(article: Article, now: datetime) -> str:
    """Why a build would leave an article out: draft, future, expired; "" = it would not."""
    return held_back(article, PlanOptions(now)) or ""


def inject(
    html: bytes,
    base: str,
    session: str,
    version: int,
    *,
    mark: str = "",
    language: str = "",
    reading: str = "",
) -> bytes:
    """Add the script of the preview, and what to know of the page.

    `mark` is why it is not published, `reading` how far the archive is read; "" = neither.
    """
    script = (
        f'<script src="{escape(base)}_backfile/preview.js" data-session="{escape(session)}"'
        f' data-version="{version}" defer></script>'
    ).encode()
    notes = ""
    if mark:
        notes += f'<div data-backfile-draft="{mark}">{escape(say(mark, language))}</div>'
    if reading:
        notes += f'<div data-backfile-reading role="status">{escape(reading)}</div>'
    if notes:
        sheet = f'<link rel="stylesheet" href="{escape(base)}_backfile/preview.css">'.encode()
        html = _insert(html, _HEAD_END, sheet, is_after=False)
        html = _insert(html, _BODY_START, notes.encode(), is_after=True)
    end = html.lower().rfind(b"</body")
    return html + script if end < 0 else html[:end] + script + html[end:]


def _insert(html: bytes, place: re.Pattern[bytes], new: bytes, *, is_after: bool) -> bytes:
    found = place.search(html)
    if found is None:
        return html
    at = found.end() if is_after else found.start()
    return html[:at] + new + html[at:]
