"""What a Jekyll `_config.yml` says of content beside `_posts`: collections, pages and defaults.

Source: Jekyll 4's documentation of collections, pages and front matter defaults, and
`Jekyll::Utils.add_permalink_suffix`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# Collections of Jekyll's own, whose folders are read in any case.
_OWN = ("posts", "drafts")


def read_collections(data: Mapping[str, Any], permalink: str) -> dict[str, str]:
    """The folders of published collections and of pages, each with its pattern of addresses.

    A collection without `output: true` was never published: other pages used its values.
    `permalink` is the site's style, which says how addresses end.
    """
    ending = "/" if permalink == "pretty" or permalink.endswith("/") else ".html"
    folder = str(data.get("collections_dir") or "").strip("/.")
    found = {
        f"{folder}/_{label}".strip("/"): str(stated.get("permalink") or "")
        or f"/:collection/:path{ending}"
        for label, stated in _published(data.get("collections"))
        if label not in _OWN
    }
    if folder:
        # The folder above these posts is no category.
        found[f"{folder}/_posts"] = ""
    included = data.get("include")
    for name in included if isinstance(included, list) else ():
        # `include: [_pages]` is how Jekyll is told to read a folder that it would pass over.
        if str(name).startswith("_") and "." not in str(name):
            path = str(name).strip("/")
            found.setdefault(path, f"/{path}/:path{ending}")
    return {**found, ".": f"/:path{ending}"}


def posts_permalink(data: Mapping[str, Any]) -> str:
    """The permalink that `collections:` states for posts, "" where it does not."""
    collections = data.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    return str(posts.get("permalink") or "") if isinstance(posts, dict) else ""


def read_defaults(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`defaults:` as tables of ours; entries of another shape are Jekyll's to complain of."""
    stated = data.get("defaults")
    found = []
    for entry in stated if isinstance(stated, list) else ():
        values = entry.get("values") if isinstance(entry, dict) else None
        if not isinstance(values, dict):
            continue
        scope = entry.get("scope")
        scope = scope if isinstance(scope, dict) else {}
        found.append(
            {
                "path": str(scope.get("path") or "").strip("/"),
                "type": str(scope.get("type") or ""),
                "values": {str(key): value for key, value in values.items()},
            }
        )
    return found


def _published(collections: object) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(collections, dict):
        for label, stated in collections.items():
            if isinstance(stated, dict) and stated.get("output") is True:
                yield str(label), stated
