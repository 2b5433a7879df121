"""Link targets in a raw body that may point into the old site."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from generator.text.patterns import late

_VALUE = r"\s*=\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s\"'>]+))"
# One pattern a shape, each starting with a literal: the engine skips to it, which an alternation
# of all does not (100 us a body against 12).
_TARGETS = tuple(
    (mark, re.compile(pattern, re.MULTILINE))
    for mark, pattern in (
        *((name, name + _VALUE) for name in ("href", "src", "HREF", "SRC")),
        ("]", r"\]\(\s*<?([^)\s>]+)"),
        ("]", r"^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?([^\s>]+)"),
        ("<http", r"<(https?://[^>\s]+)>"),
    )
)
_SCHEME = late(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def find_links(body: str, hosts: Collection[str]) -> tuple[str, ...]:
    """Targets that are relative or lead to one of `hosts`, as written but for entities; sorted."""
    targets: set[str] = set()
    for mark, pattern in _TARGETS:
        if mark in body:
            for match in pattern.findall(body):
                target = match if isinstance(match, str) else next(filter(None, match), "")
                targets.add(html.unescape(target).strip())
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
        lowered = target.lower()
        if not any(host in lowered for host in hosts):  # as most are: urlsplit takes 3 us
            return False
        try:
            return urlsplit(target).hostname in hosts
        except ValueError:
            return False
    return not _SCHEME.match(target)
