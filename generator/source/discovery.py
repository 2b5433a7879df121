"""Which files are articles: content roots, patterns, links that lead in circles."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from fnmatch import translate
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.config import ContentConfig
from generator.errors import SourceError
from generator.model import Diagnostic, diagnose
from generator.source.roots import content_roots, page_roots
from generator.source.site_pages import is_other_site, may_hold_pages, why_no_page
from generator.text.patterns import late

_PARTS = late(r"(?:_files|\.files)(?:/.*)?$")
_WILD = re.compile(r"[*?\[]")  # in patterns of names
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
    # What `splitext` would do, which takes five times as long, comes after what tells most names.
    return name[name.rfind(".") :].lower() in _MEDIA and bool(os.path.splitext(name)[1])  # noqa: PTH122 - once a file


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


class Folders:
    """The folders of a site as one look finds them: what asks for one again is told the same."""

    def __init__(self, site: Path) -> None:
        """Read nothing yet."""
        self._site = site
        self._read: dict[str, Folder] = {}

    def read(self, path: str) -> Folder:
        """A folder by its path from the site's root. Raises OSError."""
        if path not in self._read:
            folder = f"{self._site}/{path}"
            status = os.stat(folder)  # noqa: PTH116 - as it is asked for elsewhere
            entries = sorted(os.scandir(folder), key=attrgetter("name"))
            self._read[path] = Folder((status.st_dev, status.st_ino), entries)
        return self._read[path]


class Folder(NamedTuple):
    """What is in a folder, sorted by name; `identity` is the same by whatever path it is reached."""

    identity: tuple[int, int]
    entries: list[os.DirEntry[str]]


def discover(
    site: Path, config: ContentConfig, output: Path, folders: Folders | None = None
) -> Discovery:
    """Find the articles of a site. `output` is never read, nor is any other built site.

    `folders` are those that others look through too.
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
    folders = folders or Folders(site)
    # Pages last: a folder that is a root of its own has been seen by then.
    roots += page_roots(roots, config)
    for root in roots:
        walk = _Walk(site, folders, output.resolve(), config, guessed, diagnostics, seen_folders)
        walk.is_beside = root.endswith("/")
        files.extend([SourceFile(path, root) for path in walk.files(root.removesuffix("/"))])
    if not files and guessed:
        raise SourceError(
            "there are no articles here",
            path=str(site),
            hint="run it in a site's folder, name one with --source, or start one with `backfile init`",
        )
    return Discovery(tuple(files), tuple(sorted(diagnostics)), roots)


def name_matcher(patterns: Sequence[str]) -> Callable[[str], object]:
    """Give what tells whether a name fits one of the patterns (`fnmatch`); no pattern, no name."""
    normal = os.path.normcase
    endings = tuple(normal(pattern.removeprefix("*")) for pattern in patterns)
    if all(pattern.startswith("*") for pattern in patterns) and not _WILD.search("".join(endings)):
        return lambda name: normal(name).endswith(endings)  # a fifth of what a pattern takes
    joined = "|".join(translate(normal(pattern)) for pattern in patterns)
    match = re.compile(joined or r"(?!)").match
    return lambda name: match(normal(name))


class _Walk:
    """One walk below a content root."""

    def __init__(
        self,
        site: Path,
        folders: Folders,
        output: Path,
        config: ContentConfig,
        guessed: bool,
        diagnostics: list[Diagnostic],
        seen: dict[tuple[int, int], str],
    ) -> None:
        self.site, self.folders = site, folders
        self.output, self.config, self.guessed = output, config, guessed
        self.diagnostics, self.seen = diagnostics, seen
        self.is_beside = False  # pages are looked for beside `_posts`
        self.includes = name_matcher(config.include)
        self.excludes = name_matcher([pattern.rstrip("/") for pattern in config.exclude])
        self.not_content = name_matcher(_NOT_CONTENT)

    def files(self, root: str) -> list[str]:
        """Paths below `root`, sorted by name folder by folder."""
        found: list[str] = []
        self._look_through(root, frozenset(), found)
        return found

    def _look_through(self, path: str, above: frozenset[tuple[int, int]], found: list[str]) -> None:
        try:
            identity, entries = self.folders.read(path)
        except OSError as error:
            self._note("file/unreadable", path, error.strerror or "")
            return
        if identity in above:
            self._note("file/loop", path)
            return
        if identity in self.seen:
            self._note("file/linked-twice", path, f"also {self.seen[identity]}")
            return
        self.seen[identity] = path
        is_part = self._is_part_of_page(path)
        base = "" if path == "." else f"{path}/"
        for entry in entries:
            inner = base + entry.name
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            if is_folder:
                if self._enters(entry, inner):
                    self._look_through(inner, above | {identity}, found)
            elif (
                self._takes(entry.name, inner, is_part=is_part)
                and self._can_be_read(entry, inner)
                and (not self.is_beside or self._is_page(inner))
            ):
                found.append(inner)

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
        if self.is_beside:
            if not may_hold_pages(entry.name, path):
                return False
            if is_other_site(Path(entry.path)):
                self._note("file/not-an-article", path, "a site that another program built")
                return False
        return not is_built_site(entry.path) and Path(entry.path).resolve() != self.output

    def _takes(self, name: str, path: str, *, is_part: bool) -> bool:
        if name.startswith(".") or self._is_excluded(name, path):
            return False
        # `_index.md` describes a section in Hugo and Zola; it is no article.
        # Windows wrote `A.HTM`.
        is_named = self.includes(name) or self.includes(name.lower())
        if self.is_beside:
            return bool(is_named)
        if not is_named or name.startswith("_index."):
            if not is_media_name(name):  # those are published as they are
                self._note("file/not-an-article", path)
            return False
        if is_part:
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

    def _is_part_of_page(self, folder: str) -> bool:
        """Whether a browser saved what is in a folder with a page: frames of `a.html` in `a_files/`."""
        page = _PARTS.sub("", folder)
        return page != folder and any(
            (self.site / f"{page}{ending}").is_file() for ending in (".html", ".htm")
        )

    def _is_excluded(self, name: str, path: str) -> bool:
        return bool(self.config.exclude) and bool(self.excludes(path) or self.excludes(name))

    def _note(self, code: str, path: str, detail: str = "") -> None:
        self.diagnostics.append(diagnose(code, readable_path(path), detail=detail))


def readable_path(path: str) -> str:
    r"""A path as it can be told: bytes that are no UTF-8 as `\xd6`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
