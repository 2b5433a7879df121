"""The parts of a live site: each stays as it last could be read, with what is wrong with it now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.build.footing import pack_config
from generator.build.glimpse import Glimpse
from generator.build.live_content import Content, find_files, read_content, reread_content
from generator.build.options import BuildOptions, Progress
from generator.build.place import THEME_PARTS, Place, open_place, theme_folders
from generator.build.scan import reading_settings
from generator.build.site import Site, load_site
from generator.build.stamps import digest_program, digest_theme
from generator.build.static import StaticFile
from generator.config import CONFIG_FILE
from generator.config.load import JEKYLL_FILE
from generator.engine import Engine
from generator.errors import BackfileError, OutputError
from generator.plan import PlanOptions
from generator.render import Theme
from generator.source.discovery import discover, is_built_site
from generator.source.media import is_media
from generator.state import KnownInput, read_facts, read_state, state_file

T = TypeVar("T")
_EMPTIED = 0.1  # seconds


class Touched(msgspec.Struct, frozen=True):
    """What saved paths belong to. `articles` may hold what is no article; `.` stands for all."""

    config: bool = False
    theme: bool = False
    static: bool = False
    articles: frozenset[str] = frozenset()


class Parts:
    """Configuration, theme, content and static files. `faults` are told by part.

    A part is None until it could be read once.
    """

    def __init__(self, options: BuildOptions, preview: Path) -> None:
        """Nothing is read yet. `preview` is the folder that builds behind the preview write."""
        self._options, self._preview = options, preview
        self.root = options.root.resolve()
        self.faults: dict[str, BackfileError] = {}
        self.place: Place | None = None
        self.theme: Theme | None = None
        self.content: Content | None = None
        self.static: Sequence[StaticFile] | None = None

    def sort(self, paths: Iterable[Path]) -> Touched:
        """Say what absolute paths belong to; the site's folder itself stands for everything."""
        content = self.place.config.content if self.place else None
        copied = (*content.static, *content.copy) if content else ()
        theme = config = static = False
        articles: set[str] = set()
        for path in paths:
            if not path.is_relative_to(self.root):
                theme = theme or any(path.is_relative_to(home) for home in theme_folders())
                continue
            if path == self.root:
                return Touched(True, True, True, frozenset((".",)))
            name = path.relative_to(self.root).as_posix()
            config = config or name in (CONFIG_FILE, JEKYLL_FILE)
            theme = theme or name.partition("/")[0] in ("themes", *THEME_PARTS)
            static = static or is_media(name)
            static = static or any(_is_in(name, folder.strip("/")) for folder in copied)
            articles.add(name)
        return Touched(config, theme, static, frozenset(articles))

    def look(self, asked: PlanOptions) -> Glimpse | None:
        """Read all but the articles, and what that alone can show; None where it shows nothing."""
        self._update_frame(Touched(), None)
        place, theme = self.place, self.theme
        if place is None or theme is None:
            return None
        try:
            found = discover(place.root, place.config.content, place.output)
        except BackfileError:
            return None  # found and told again when the articles are read
        site = Site(place.root, place.output, place.config, theme)
        return Glimpse(site, found, self.static or (), asked)

    def is_output(self, path: Path) -> bool:
        """Whether an absolute path lies in a folder that builds write, of this site or another."""
        if self.place is not None and path.is_relative_to(self.place.output):
            return True
        above = [path, *path.parents]
        inside = above[: above.index(self.root)] if self.root in above else ()
        return any(is_built_site(str(folder)) for folder in inside)

    def is_as_built(self, output: Path) -> bool:
        """Whether a folder was built with the program, configuration and theme as they are now."""
        place = self.place
        if place is None:
            return False
        now = {
            "program": digest_program(),
            "config": pack_config(place.config),
            "theme": digest_theme(place),
        }
        try:
            facts = read_facts(state_file(place.state, output), *now)
        except OutputError:
            return False
        return all(facts.get(name) == value for name, value in now.items())

    def update(self, touched: Touched, engine: Engine, progress: Progress) -> bool:
        """Read what was touched and what could not be read before; whether there is all of it."""
        before = self.place
        self._update_frame(touched, before)
        if self.place is None:
            return False
        self._update_content(touched, self.place, before, engine, progress)
        return self.theme is not None and self.content is not None

    def _update_frame(self, touched: Touched, before: Place | None) -> None:
        """Read what is no article."""
        if touched.config or before is None or "config" in self.faults:
            place = self._try("config", self._open_place)
            # The same values stay the same object: what depends on them need not be made anew.
            if place is not None and (before is None or _encode(place) != _encode(before)):
                self.place = place
        place = self.place
        if place is None:
            return
        self._update_theme(touched, place, before)
        if self.static is None or touched.static or _differ(before, place, _static_settings):
            found = find_files(place)
            self.static = self.static if found == self.static else found

    def _open_place(self) -> Place:
        """Open the site's folders. Raises BackfileError."""
        with suppress(OSError):
            if self.place is not None and (self.root / CONFIG_FILE).stat().st_size == 0:
                # Whoever writes into a file empties it first; an empty one means all defaults.
                time.sleep(_EMPTIED)
        return open_place(self._options)

    def _update_theme(self, touched: Touched, place: Place, before: Place | None) -> None:
        if (
            self.theme is None
            or touched.theme
            or "theme" in self.faults
            or _differ(before, place, lambda other: other.config.theme)
        ):
            surveyed = self.theme.pack_survey() if self.theme else b""
            theme = self._try("theme", lambda: load_site(place, surveyed).theme)
            if theme is not None and (self.theme is None or not _is_same(theme, self.theme)):
                self.theme = theme

    def _update_content(
        self,
        touched: Touched,
        place: Place,
        before: Place | None,
        engine: Engine,
        progress: Progress,
    ) -> None:
        known = self.content
        if known is None:
            inputs = self._recall(place)
            read = lambda: read_content(place, engine, inputs, progress)  # noqa: E731 - one of four
        elif _differ(before, place, _reading_settings):
            read = lambda: read_content(place, engine, {}, progress)  # noqa: E731
        elif "content" in self.faults:
            read = lambda: read_content(place, engine, known.inputs, progress)  # noqa: E731
        elif touched.articles:
            read = lambda: reread_content(place, engine, known, touched.articles)  # noqa: E731
        else:
            return
        self.content = self._try("content", read) or known

    def _recall(self, place: Place) -> dict[str, KnownInput]:
        """What the last preview or build read, where it would be read the same now."""
        settings = reading_settings(digest_program(), place.config)
        for output in (self._preview, place.output):
            try:
                state, _ = read_state(state_file(place.state, output))
            except OutputError:
                continue
            if state.facts.get("readings") == settings:
                return state.inputs
        return {}

    def _try(self, part: str, read: Callable[[], T]) -> T | None:
        try:
            value = read()
        except BackfileError as error:
            self.faults[part] = error
            return None
        self.faults.pop(part, None)
        return value


def _encode(place: Place) -> bytes:
    """All of it, the order of tables too: a template may go through them."""
    return msgspec.msgpack.encode(place, enc_hook=repr)


def _is_in(name: str, folder: str) -> bool:
    return name == folder or name.startswith(f"{folder}/")


def _is_same(theme: Theme, known: Theme) -> bool:
    """Whether two readings show the same, and name their files alike in messages."""
    return (theme.digest, theme.name, theme.shown) == (known.digest, known.name, known.shown)


def _differ(before: Place | None, place: Place, setting: Callable[[Place], object]) -> bool:
    return before is not None and before is not place and setting(before) != setting(place)


def _static_settings(place: Place) -> object:
    content = place.config.content
    return content.static, content.copy, content.roots, content.exclude


def _reading_settings(place: Place) -> object:
    return place.config.content, place.config.site.timezone, place.output
