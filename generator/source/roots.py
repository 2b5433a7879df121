"""The folders of a site that hold articles: those stated, or those that generators use."""

from __future__ import annotations

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
    folders = [name for name in collections if name != "." and _is_inside(name)]
    for name in (JEKYLL_ROOTS[0], *folders, *JEKYLL_ROOTS[1:]):
        found = [site / name] if (site / name).is_dir() else []
        if name in folders:
            roots += [name] if found else []
            continue
        if name != "old_post":
            found += [
                folder for pattern in ("*", "*/*") for folder in site.glob(f"{pattern}/{name}")
            ]
        for folder in sorted(found):
            path = folder.relative_to(site).as_posix()
            if folder.is_dir() and not path.startswith((".", f"{CONTENT_ROOT}/", "output/")):
                roots.append(path)
    return tuple(dict.fromkeys(roots))


def _is_inside(folder: str) -> bool:
    """Whether a stated folder lies below the site's own."""
    return not folder.startswith(("/", "~")) and ".." not in folder.split("/")
