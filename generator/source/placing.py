"""What a file's place in the site says of it: defaults for its front matter, and its address.

Source: Jekyll's documentation of front matter defaults and of permalinks of collections.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from posixpath import splitext

from generator.config import ContentConfig, DefaultsConfig
from generator.source.fields import Field
from generator.source.handlers import field_of
from generator.text.address import quote_path

# Where the configuration says nothing of pages beside `_posts`.
_PAGES = "/:path.html"
# Keys that stand for one thing: where a file states one of them, no default is wanted.
_SAME = tuple(
    frozenset(names.split())
    for names in (
        "permalink url path", "lang locale language", "author authors", "categories category",
        "tags tag", "date pubdate published_at created", "description excerpt summary",
    )
)  # fmt: skip


def kind_of(root: str) -> str:
    """What Jekyll calls the files of a root: posts, drafts, pages, or the collection's name."""
    if root.endswith("/"):
        return "pages"
    return root.rpartition("/")[2].removeprefix("_")


def with_defaults(
    fields: dict[str, Field], path: str, root: str, config: ContentConfig
) -> dict[str, Field]:
    """The fields of a file, and what the configuration states for its place beside them.

    The longest path that holds for it goes before, then one for its kind, then the last.
    """
    if not config.defaults:
        return fields
    holding = [one for one in config.defaults if _holds(one, path, kind_of(root))]
    holding.sort(key=lambda one: (len(one.path), bool(one.type)))
    values = {name.lower(): value for one in holding for name, value in one.values.items()}
    stated = {name for names in _SAME if not names.isdisjoint(fields) for name in names}
    added = {
        name: field_of(name, value)
        for name, value in values.items()
        if name not in fields and name not in stated
    }
    return {**fields, **added}


def _holds(default: DefaultsConfig, path: str, kind: str) -> bool:
    if default.type not in ("", kind):
        return False
    scope = default.path
    if "*" in scope:
        return fnmatchcase(path, scope) or fnmatchcase(path, f"{scope}/*")
    return not scope or path == scope or path.startswith(f"{scope}/")


def placed_address(path: str, root: str, config: ContentConfig, *, is_copied: bool) -> str:
    """The address, which may hold words of patterns, that a collection or page has by its place.

    "" for all other articles. A page without front matter `is_copied` under its own name.
    """
    pattern = _pattern(root, config.collections)
    if not pattern:
        return ""
    folder = root.removesuffix("/")
    file = path if folder == "." else path.removeprefix(f"{folder}/")
    inner = splitext(file)[0]
    above, _, name = inner.rpartition("/")
    if is_copied and root.endswith("/"):
        return quote_path(f"/{file}")
    if name == "index" and root.endswith("/"):
        return quote_path(f"/{above}/" if above else "/")
    collection = folder.rpartition("/")[2].removeprefix("_")
    for word, value in (
        (":collection", collection), (":path", inner), (":name", name), (":basename", name),
    ):  # fmt: skip
        pattern = pattern.replace(word, quote_path(value))
    return pattern


def _pattern(root: str, collections: Mapping[str, str]) -> str:
    if root.endswith("/"):
        return collections.get(".", _PAGES)
    return collections.get(root, "")
