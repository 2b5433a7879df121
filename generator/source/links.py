"""Link targets in a raw body that may point into the old site."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from urllib.parse import urlsplit

_TARGET = re.compile(
    r"(?:href|src)\s*=\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s\"'>]+))"  # HTML
    r"|\]\(\s*<?([^)\s>]+)"  # Markdown, inline
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?([^\s>]+)"  # Markdown, reference
    r"|<(https?://[^>\s]+)>",  # Markdown, automatic
    re.MULTILINE | re.IGNORECASE,
)
_MARKS = ("href", "src", "](", "]:", "<http", "HREF", "SRC")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def find_links(body: str, hosts: Collection[str]) -> tuple[str, ...]:
    """Targets that are relative or lead to one of `hosts`, as written but for entities; sorted."""
    if not any(mark in body for mark in _MARKS):
        return ()
    targets = {
        html.unescape(next(filter(None, match), "")).strip() for match in _TARGET.findall(body)
    }
    return tuple(sorted(target for target in targets if leads_inside(target, hosts)))


def leads_inside(target: str, hosts: Collection[str]) -> bool:
    """Whether a target is relative or on one of the old site's hosts."""
    if not target or target.startswith("#") or "{{" in target or "{%" in target:
        return False
    if (
        target.startswith("//")
        or target[:7].lower() == "http://"
        or target[:8].lower() == "https://"
    ):
        try:
            return urlsplit(target).hostname in hosts
        except ValueError:
            return False
    return not _SCHEME.match(target)
