"""A site in memory that follows its files: the plan is kept, pages are made when they are asked for.

What a page holds is what `build_site` would publish. A part that cannot be read (configuration,
theme, content) stays as it last could, and is tried again when anything is saved.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import count
from pathlib import Path

import msgspec

from generator.build.glimpse import Glimpse
from generator.build.live_change import (
    Change,
    Files,
    Sheets,
    changed_sheets,
    edited,
    gather,
    keeps_plan,
    merge,
)
from generator.build.live_content import Content
from generator.build.live_making import Maker
from generator.build.live_pages import Made, Pages, plan_grounds
from generator.build.live_parts import Parts, Touched
from generator.build.live_patch import Late, patch_pages
from generator.build.live_search import LiveSearch
from generator.build.options import PRELOAD, BuildOptions, Progress, no_progress
from generator.build.planning import plan_options
from generator.build.site import Site
from generator.config import Config
from generator.engine import open_engine
from generator.errors import BackfileError
from generator.model import Diagnostic
from generator.render import NOT_FOUND_FILE


class LiveSite:
    """One site. Everything may be called from any thread; `refresh` goes by turns."""

    def __init__(self, options: BuildOptions) -> None:
        """Nothing is read yet."""
        self._options = options
        self._parts = Parts(options, self.preview)
        self._turn = threading.RLock()
        self._pages: Pages | None = None
        self._untold: list[tuple[Files, Sheets]] = []
        self._edited: set[str] = set()  # articles saved since the start: what is wrong is told
        self._maker = Maker(self.root, self._catch_up)
        self._late = Late.NOTHING
        self.search = LiveSearch(self.preview)
        self._versions = count(1)
        self.version = 0

    @property
    def preview(self) -> Path:
        """The folder that builds behind the preview write."""
        return self._options.root.resolve() / ".backfile" / "preview"

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self._parts.root

    def is_output(self, path: Path) -> bool:
        """Whether an absolute path lies where a build publishes the site, this one or another."""
        return self._parts.is_output(path)

    @property
    def is_open(self) -> bool:
        """Whether there are pages."""
        return self._pages is not None

    @property
    def is_faulty(self) -> bool:
        """Whether a part of the site could not be read, so that a build would fail."""
        return bool(self._parts.faults)

    @property
    def config(self) -> Config:
        """The configuration, as far as it is known."""
        return self._parts.place.config if self._parts.place else Config()

    @property
    def missing_page(self) -> str:
        """The file that is shown at addresses without a page."""
        return NOT_FOUND_FILE

    @property
    def article_count(self) -> int:
        """How many articles the site has."""
        return len(self._pages.grounds.plan.articles) if self._pages else 0

    def look(self) -> Glimpse | None:
        """What can be shown before the articles are read; None where there is nothing."""
        with self._turn:
            return self._parts.look(plan_options(self._options))

    def is_as_built(self, output: Path) -> bool:
        """Whether a folder was built with program, configuration and theme as they are now."""
        return self._parts.is_as_built(output)

    def count_up(self) -> int:
        """A new version of what is shown before the articles are read."""
        self.version = next(self._versions)
        return self.version

    def open(self, progress: Progress = no_progress) -> Change:
        """Read the site. What stands in the way is among the findings."""
        return self.refresh((), progress=progress)

    def refresh(
        self,
        paths: Iterable[Path],
        *,
        views: Collection[str] = (),
        clock: datetime | None = None,
        progress: Progress = no_progress,
    ) -> Change:
        """Follow saved files. `views` are the files of the pages that somebody looks at.

        Where an edit moves articles about, its own page is shown at once and the rest is as it
        was until `settle` is called; so are the related articles of other pages. `clock` is the
        moment at which the site is planned, should it be planned anew.
        """
        with self._turn:
            if clock is not None:
                self._options = msgspec.structs.replace(self._options, clock=clock)
            self._advance(self._parts.sort(paths), progress)
            return self._sum_up(views)

    def index(self) -> bool:
        """Have search follow; whether its files differ from those before."""
        pages = self._pages
        return pages is not None and self.search.update(pages)

    def settle(self, *, views: Collection[str] = ()) -> Change:
        """Do what `refresh` left for later so that it could be quick; `views` as there."""
        with self._turn:
            if self._late is Late.PLAN:
                self._turn_to(guesses=False)
            elif self._late is Late.RELATED and self._pages is not None:
                self._late = Late.NOTHING
                self._pages, files = self._pages.relate_anew()
                if files:
                    self.count_up()
                    self._untold.append((files, ()))
            return self._sum_up(views)

    def _sum_up(self, views: Collection[str]) -> Change:
        """What changed since the last time, with the faults of the pages somebody looks at."""
        files, css = merge(self._untold)
        self._untold.clear()
        failed = self._maker.take_failed()
        looked_at = {*views, *failed} if files is None or files else failed
        for file in looked_at:
            self._maker.make(file, self._now)
        return Change(self.version, files, css if files is not None else (), self.findings())

    def findings(self) -> tuple[Diagnostic, ...]:
        """All that is wrong now: with the site's parts, edited articles, and pages looked at."""
        return gather(self._parts, self._maker.failed(), self._pages, self._edited)

    def has(self, file: str) -> bool:
        """Whether the site has a file, or had it while it could be made."""
        pages = self._pages
        return pages is not None and (
            pages.has(file) or bool(self._maker.find_lost(file, self._parts.content))
        )

    def make(self, file: str) -> Made | None:
        """A file of the site; one that cannot be made now as it last could; None where there is none.

        What stood in the way is then among the findings. Raises BackfileError for a file that
        never could be made.
        """
        made = self._maker.make(file, self._now)
        if isinstance(made, BackfileError):
            raise made
        return made

    def _now(self) -> tuple[Pages | None, Content | None]:
        return self._pages, self._parts.content

    def _catch_up(self, path: Path) -> None:
        """Follow a file that was saved without the preview having heard of it yet."""
        with self._turn:
            self._advance(self._parts.sort([path]), no_progress)

    def _advance(self, touched: Touched, progress: Progress) -> None:
        """Bring everything up to date with the files."""
        parts = self._parts
        with open_engine(self._options.jobs, PRELOAD) as engine:
            is_whole = parts.update(touched, engine, progress)
        if not is_whole:
            return
        if parts.content is not None and self._pages is not None:
            before = self._pages.grounds.content
            self._edited.update(edited(before, parts.content, touched))
        self._turn_to(guesses=True)

    def _turn_to(self, *, guesses: bool) -> None:
        """Make the pages of the parts as they are now, and note what changed."""
        try:
            change = self._remake(guesses=guesses)
        except BackfileError as error:
            self._parts.faults["theme"] = error
            return
        if change is not None:
            self.count_up()
            self._untold.append(change)

    def _remake(self, *, guesses: bool) -> tuple[Files, Sheets] | None:
        """Make the pages of the parts as they are now; what changed, None = nothing."""
        parts, before, options = self._parts, self._pages, self._options
        place, theme, content, static = parts.place, parts.theme, parts.content, parts.static
        if place is None or theme is None or content is None or static is None:
            return None
        site = Site(place.root, place.output, place.config, theme)
        if before is not None and before.grounds.static is static and self._late is not Late.PLAN:
            same_look = place.config is before.site.config and theme is before.site.theme
            if content is not before.grounds.content:
                if same_look and (files := self._patch(before, content, guesses=guesses)):
                    return files, ()
            elif same_look:
                return None
            elif keeps_plan(before.site.config, place.config):
                self._pages = Pages(site, before.grounds, before)
                css = changed_sheets(before.site, site)
                return (frozenset(), css) if css else (None, ())
        self._pages = Pages(
            site, plan_grounds(site, content, static, plan_options(options)), before
        )
        self._late = Late.NOTHING
        return None, ()

    def _patch(self, before: Pages, content: Content, *, guesses: bool) -> Files:
        """Change single articles; the files that show them, nothing where that cannot be done."""
        found = patch_pages(before, content, guesses=guesses)
        if found is None:
            return frozenset()
        self._pages, files, late = found
        self._late = self._late if late is Late.NOTHING else late
        return files
