"""Which files are articles: content roots, patterns, links that lead in circles."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import translate
from pathlib import Path

import msgspec

from generator.config import ContentConfig
from generator.errors import SourceError
from generator.model import Diagnostic, diagnose
from generator.source.roots import content_roots, page_roots
from generator.source.site_pages import NOT_PAGE_FOLDERS, why_no_page

_PARTS = re.compile(r"(?:_files|\.files)(?:/.*)?$")
_MEDIA = frozenset(
    (
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico", ".tif", ".tiff",
        ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".m4v", ".webm", ".mov", ".avi", ".flv", ".wmv",
        ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar",
    )
)  # fmt: skip
# Where no root is known the whole folder is read, but for what tells of the folder itself.
_NOT_CONTENT = (
    "README*", "LICENSE*", "LICENCE*", "COPYING*", "NOTICE*", "CHANGELOG*", "CONTRIBUTING*",
    "CODE_OF_CONDUCT*", "SECURITY*", "AUTHORS*", "SOURCE.txt", "requirements*.txt", "robots.txt",
)  # fmt: skip
_NOT_FOLDERS = (
    "node_modules", "output", "themes", "templates", "assets", "static", "seeds", "vendor", "venv",
)  # fmt: skip
# What a build leaves in the folder that it writes, from its start on (`generator.publish`). The
# site's own folder has a `.backfile/` too, with neither of them.
_MARKS = (".backfile/manifest", ".backfile/lock")


def is_media_name(name: str) -> bool:
    """Whether a file of this name is a picture, a sound or a document, not an article."""
    return os.path.splitext(name)[1].lower() in _MEDIA  # noqa: PTH122 - once a file


class SourceFile(msgspec.Struct, frozen=True, gc=False):
    """A file to read. `path` and `root` are relative to the site's root, with `/`.

    The root of a page beside `_posts` ends in a slash.
    """

    path: str
    root: str


class Discovery(msgspec.Struct, frozen=True):
    """The files of a site in a stable order, and what was passed over."""

    files: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    roots: tuple[str, ...]


def is_built_site(folder: str) -> bool:
    """Whether builds write a folder, whatever the configuration says: `-d` names any."""
    return any(os.path.exists(f"{folder}/{mark}") for mark in _MARKS)  # noqa: PTH110 - run once a folder


def discover(site: Path, config: ContentConfig, output: Path) -> Discovery:
    """Find the articles of a site. `output` is never read, nor is any other built site.

    Raises SourceError where a stated root is missing, or where there is nothing to read.
    """
    diagnostics: list[Diagnostic] = []
    roots = content_roots(site, config)
    guessed = not roots
    if guessed:
        roots = (".",)
        diagnostics.append(diagnose("content/guessed-root", "."))
    files: list[SourceFile] = []
    seen_folders: dict[tuple[int, int], str] = {}
    # Pages last: a folder that is a root of its own has been seen by then.
    roots += page_roots(roots, config)
    for root in roots:
        walk = _Walk(site, output.resolve(), config, guessed, diagnostics, seen_folders)
        walk.is_beside = root.endswith("/")
        files.extend(SourceFile(path, root) for path in walk.files(root.removesuffix("/")))
    if not files and guessed:
        raise SourceError(
            "there are no articles here",
            path=str(site),
            hint="run it in a site's folder, name one with --source, or start one with `backfile init`",
        )
    return Discovery(tuple(files), tuple(sorted(diagnostics)), roots)


def name_matcher(patterns: Sequence[str]) -> Callable[[str], object]:
    """Give what tells whether a name fits one of the patterns (`fnmatch`); no pattern, no name."""
    joined = "|".join(translate(os.path.normcase(pattern)) for pattern in patterns)
    match = re.compile(joined or r"(?!)").match
    return lambda name: match(os.path.normcase(name))


class _Walk:
    """One walk below a content root."""

    def __init__(
        self,
        site: Path,
        output: Path,
        config: ContentConfig,
        guessed: bool,
        diagnostics: list[Diagnostic],
        seen: dict[tuple[int, int], str],
    ) -> None:
        self.site, self.output, self.config, self.guessed = site, output, config, guessed
        self.diagnostics, self.seen = diagnostics, seen
        self.is_beside = False  # pages are looked for beside `_posts`
        self.includes = name_matcher(config.include)
        self.excludes = name_matcher([pattern.rstrip("/") for pattern in config.exclude])
        self.not_content = name_matcher(_NOT_CONTENT)

    def files(self, root: str) -> Iterator[str]:
        """Paths below `root`, sorted by name folder by folder."""
        yield from self._folder(root, frozenset())

    def _folder(self, path: str, above: frozenset[tuple[int, int]]) -> Iterator[str]:
        folder = self.site / path
        try:
            status = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._note("file/unreadable", path, error.strerror or "")
            return
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            self._note("file/loop", path)
            return
        if identity in self.seen:
            self._note("file/linked-twice", path, f"also {self.seen[identity]}")
            return
        self.seen[identity] = path
        for entry in entries:
            inner = entry.name if path == "." else f"{path}/{entry.name}"
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            if is_folder:
                if self._enters(entry, inner):
                    yield from self._folder(inner, above | {identity})
            elif self._takes(entry.name, inner) and self._can_be_read(entry, inner):
                yield inner

    def _can_be_read(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether it is a file, and has a name that can be told."""
        if not entry.is_file() and (not entry.is_symlink() or Path(entry.path).exists()):
            # To open a pipe would wait for its other end.
            self._note("file/not-an-article", path)
            return False
        if not path.isascii() and (shown := readable_path(path)) != path:
            self._note("file/name-not-utf-8", shown)
            return False
        return True

    def _enters(self, entry: os.DirEntry[str], path: str) -> bool:
        if entry.name.startswith(".") or self._is_excluded(entry.name, path):
            return False
        if self.guessed and (entry.name.startswith("_") or entry.name in _NOT_FOLDERS):
            return False
        if self.is_beside and (entry.name.startswith("_") or path in NOT_PAGE_FOLDERS):
            return False
        return not is_built_site(entry.path) and Path(entry.path).resolve() != self.output

    def _takes(self, name: str, path: str) -> bool:
        if name.startswith(".") or self._is_excluded(name, path):
            return False
        # `_index.md` describes a section in Hugo and Zola; it is no article.
        # Windows wrote `A.HTM`.
        is_named = self.includes(name) or self.includes(name.lower())
        if self.is_beside:
            return bool(is_named) and self._is_page(path)
        if not is_named or name.startswith("_index."):
            if not is_media_name(name):  # those are published as they are
                self._note("file/not-an-article", path)
            return False
        if self._is_part_of_page(path):
            self._note("file/not-an-article", path)
            return False
        if self.guessed and "/" not in path and self.not_content(name):
            self._note("file/not-an-article", path)
            return False
        return True

    def _is_page(self, path: str) -> bool:
        """Whether a file beside `_posts` is a page with text of its own."""
        reason = why_no_page(self.site / path)
        if reason:
            self._note("file/not-an-article", path, reason)
        return not reason

    def _is_part_of_page(self, path: str) -> bool:
        """Whether a browser saved it with a page: frames of `a.html` in `a_files/`."""
        above = path.rpartition("/")[0]
        page = _PARTS.sub("", above)
        return page != above and any(
            (self.site / f"{page}{ending}").is_file() for ending in (".html", ".htm")
        )

    def _is_excluded(self, name: str, path: str) -> bool:
        return bool(self.config.exclude) and bool(self.excludes(path) or self.excludes(name))

    def _note(self, code: str, path: str, detail: str = "") -> None:
        self.diagnostics.append(diagnose(code, readable_path(path), detail=detail))


def readable_path(path: str) -> str:
    r"""A path as it can be told: bytes that are no UTF-8 as `\xd6`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
