"""`_headers`: what hosts that read this file (Cloudflare Pages, Netlify) send with each page.

Other hosts publish it as a file like any other, which does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.config import Config
from generator.config.policy import content_policy
from generator.render.assets import Asset
from generator.text.address import quote_path

HEADERS_FILE = "_headers"
# Where the search stage puts what carries a hash in its name.
SEARCH_KEPT = "search/kept/"

# Cloudflare Pages reads 100 rules and no more.
_MOST_RULES = 100
# A year: the longest that caches heed (RFC 9111 leaves it open, RFC 2616 named it).
_FOREVER = "public, max-age=31536000, immutable"


def render_headers(config: Config, assets: Sequence[Asset]) -> bytes:
    """Write `_headers`. Files whose names carry their content's hash may be kept for ever."""
    folder = config.site.base_path
    common = ["X-Content-Type-Options: nosniff", "Referrer-Policy: strict-origin-when-cross-origin"]
    if policy := content_policy(config):
        common.insert(0, f"Content-Security-Policy: {policy}")
    rules = [(f"{folder}*", common)]
    if config.search.enabled:
        rules.append((f"{folder}{SEARCH_KEPT}*", [f"Cache-Control: {_FOREVER}"]))
    rules += [
        (folder + quote_path(asset.file), [f"Cache-Control: {_FOREVER}"])
        for asset in assets[: _MOST_RULES - len(rules)]
    ]
    lines = [line for path, fields in rules for line in (path, *(f"  {field}" for field in fields))]
    return "\n".join((*lines, "")).encode()
