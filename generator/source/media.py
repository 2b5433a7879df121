"""Pictures, sounds and documents that lie among the articles, and where they are published.

Bundles of Hugo, asset folders of Hexo and pages saved by a browser keep them beside the text;
Jekyll and Hexo publish whatever else lies in their folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.config import ContentConfig
from generator.errors import SourceError
from generator.source.discovery import (
    Folders,
    is_media_name,
    name_matcher,
    readable_path,
)
from generator.source.roots import content_roots, page_roots
from generator.source.site_pages import is_other_site, may_hold_pages


class MediaFile(msgspec.Struct, frozen=True, gc=False):
    """A file below the site's root at `path`, which is published at `file`."""

    path: str
    file: str


def find_media(
    site: Path, config: ContentConfig, output: Path, folders: Folders | None = None
) -> Iterator[MediaFile]:
    """The files that articles may show, at their path from the content root they lie in.

    `folders` are those that others look through too.
    """
    try:
        roots = content_roots(site, config)
    except SourceError:
        return  # the search for articles tells of it
    walk = _Walk(folders or Folders(site), config, output.resolve())
    for root in roots or (".",):
        # `_articles/a.png` is published as `articles/a.png`.
        prefix = f"{root.lstrip('_')}/" if root in config.collections and "/" not in root else ""
        yield from walk.files(root, root, prefix)
    # Beside `_posts` lies all else that Jekyll publishes, and in Hexo's `source` too.
    for folder in page_roots(roots, config):
        yield from walk.files(folder.removesuffix("/"), folder.removesuffix("/"))


def is_media(name: str) -> bool:
    """Whether a file of this name may be one, or the folder of some."""
    return is_media_name(name) or "." not in name.rpartition("/")[2]


class _Walk:
    def __init__(self, folders: Folders, config: ContentConfig, output: Path) -> None:
        self._folders, self._output = folders, output
        self._excludes = name_matcher([pattern.rstrip("/") for pattern in config.exclude])
        self._seen: set[tuple[int, int]] = set()

    def files(self, folder: str, root: str, prefix: str = "") -> Iterator[MediaFile]:
        """Files below a folder, sorted by name folder by folder; each folder once."""
        try:
            identity, entries = self._folders.read(folder)
        except OSError:
            return  # the search for articles tells of it
        if identity in self._seen:
            return
        self._seen.add(identity)
        for entry in entries:
            if is_media_name(entry.name):
                path = _join(folder, entry.name)
                if entry.is_file() and self._takes(entry.name, path):
                    file = prefix + path.removeprefix(f"{root}/")
                    yield MediaFile(path, readable_path(file))
            elif entry.is_dir() and self._enters(entry, _join(folder, entry.name), root):
                yield from self.files(_join(folder, entry.name), root, prefix)

    def _takes(self, name: str, path: str) -> bool:
        return not name.startswith(".") and not self._is_excluded(name, path)

    def _enters(self, entry: os.DirEntry[str], path: str, root: str) -> bool:
        if entry.name.startswith(".") or self._is_excluded(entry.name, path):
            return False
        if root in (".", "source") and (
            not may_hold_pages(entry.name, path) or is_other_site(Path(entry.path))
        ):
            return False
        return Path(entry.path).resolve() != self._output

    def _is_excluded(self, name: str, path: str) -> bool:
        return bool(self._excludes(path) or self._excludes(name))


def _join(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"
