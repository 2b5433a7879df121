"""Slugs: the part of an address that names a thing, as Jekyll makes it.

Source: Jekyll's `Utils.slugify`, modes "pretty" (for `:title`) and its own escaping of paths.
"""

from __future__ import annotations

import unicodedata

from generator.text.patterns import late

# What Jekyll's "pretty" mode keeps beside letters, marks and digits.
_NOT_PRETTY = late(r"[^\w.~!$&'()+,;=@]+")
# What a file name or a URL cannot hold on some disk or host: separators, wildcards of Windows,
# and what starts a query or fragment. The rest, Chinese and spaces too, stays as it was.
_NOT_A_NAME = late(r'[\x00-\x1f\x7f/\\:*?"<>|#%]+')
_RESERVED = late(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")

# Most disks allow 255 bytes a name; `.html`, a number against collisions and a temporary ending
# must fit as well.
MAX_BYTES = 200


def slugify_title(text: str) -> str:
    """The `:title` of a permalink: case kept, `pretty` characters kept, the rest one hyphen."""
    slug = _NOT_PRETTY.sub("-", unicodedata.normalize("NFC", text)).strip("-")
    return f"{slug}-" if _RESERVED.fullmatch(slug) else slug


def slugify_name(text: str) -> str:
    """The `:slug` of a category, tag or source page: the name itself, less what no file may hold."""
    slug = _NOT_A_NAME.sub("-", unicodedata.normalize("NFC", text)).strip("-. ")
    return f"{slug}-" if _RESERVED.fullmatch(slug) else slug


def shorten(segment: str, limit: int = MAX_BYTES) -> str:
    """Cut a path segment to `limit` bytes of UTF-8, between characters."""
    if 4 * len(segment) <= limit:  # no character takes more
        return segment
    data = segment.encode()
    if len(data) <= limit:
        return segment
    return data[:limit].decode("utf-8", "ignore").rstrip("-. ")
