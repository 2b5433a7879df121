"""The folders of a site that hold articles: those stated, or those that generators use."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from generator.config import ContentConfig
from generator.errors import SourceError

CONTENT_ROOT = "content"
JEKYLL_ROOTS = ("_posts", "old_post", "_drafts")


def content_roots(site: Path, config: ContentConfig) -> tuple[str, ...]:
    """The folders that hold articles, () where none is known. Raises SourceError."""
    return _stated_roots(site, config.roots) or _known_roots(site, tuple(config.collections))


def page_roots(roots: tuple[str, ...], config: ContentConfig) -> tuple[str, ...]:
    """The folders in which pages lie beside the posts of `roots`, with a slash at the end."""
    if config.roots or not roots:
        return ()
    found = ["./"] if "_posts" in roots or not config.collections.keys().isdisjoint(roots) else []
    return (*found, *(("source/",) if "source/_posts" in roots else ()))


def _stated_roots(site: Path, stated: tuple[str, ...]) -> tuple[str, ...]:
    roots = []
    for root in stated:
        name = str(PurePosixPath(root))
        if not (site / name).is_dir():
            raise SourceError(
                f"the content folder `{root}` does not exist",
                path="backfile.toml",
                hint="make it, or mend `[content] roots`",
            )
        roots.append(name)
    return tuple(dict.fromkeys(roots))


def _known_roots(site: Path, collections: Sequence[str]) -> tuple[str, ...]:
    """content/, then the folders of a Jekyll site, in subfolders too; newer posts before old ones."""
    roots = [CONTENT_ROOT] if (site / CONTENT_ROOT).is_dir() else []
    homes = [""]
    for name in _list_folders(site):
        # Those that have thousands of folders, of which none is one of these, are left alone.
        if not name.startswith(".") and name not in (CONTENT_ROOT, "output"):
            homes += [f"{name}/", *(f"{name}/{inner}/" for inner in _list_folders(site / name))]
    folders = [name for name in collections if name != "." and _is_inside(name)]
    for name in (JEKYLL_ROOTS[0], *folders, *JEKYLL_ROOTS[1:]):
        is_top = name == "old_post" or name in folders
        found = [f"{home}{name}" for home in (homes[:1] if is_top else homes)]
        roots += [path for path in sorted(found, key=_parts) if (site / path).is_dir()]
    return tuple(dict.fromkeys(roots))


def _list_folders(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return []


def _parts(path: str) -> list[str]:
    return path.split("/")


def _is_inside(folder: str) -> bool:
    """Whether a stated folder lies below the site's own."""
    return not folder.startswith(("/", "~")) and ".." not in folder.split("/")
