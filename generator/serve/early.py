"""What is shown until the site is read: pages as they were built last, and what names lead to.

Either may be out of date or incomplete for as long as reading takes; then the browser is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from generator.config import Config
from generator.errors import BackfileError
from generator.serve.finding import find_file
from generator.serve.inject import inject, mark_of
from generator.serve.media import PAGES, media_type
from generator.serve.replies import protect, reply_data, reply_file, reply_own
from generator.serve.shell import waiting_page
from generator.serve.words import say
from generator.text.address import quote_path

if TYPE_CHECKING:
    # It takes 0.2 s to load, and the server answers before.
    from generator.build.glimpse import Glimpse

# Only a folder that a build of ours wrote is shown.
_MANIFEST = ".backfile/manifest"


class Early:
    """Built sites, the freshest first, and the glimpse of the site once there is one.

    `progress` is how many articles of how many are read.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        config: Config,
        session: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Look for built sites in `folders`."""
        self._folders = [folder for folder in folders if (folder / _MANIFEST).is_file()]
        self._outdated: Collection[Path] = ()
        self._glimpse: Glimpse | None = None
        self._config, self._session, self._clock = config, session, clock
        self.progress = (0, 0)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Built sites that are shown."""
        return tuple(self._folders)

    @property
    def reading_line(self) -> str:
        """How far reading is, for the reader; "" where it is not known."""
        done, total = self.progress
        language = self._config.site.language
        return say("reading", language, done=done, total=total) if total else ""

    def learn(self, glimpse: Glimpse | None, outdated: Collection[Path]) -> None:
        """Take a glimpse of the site; `outdated` are built sites that look otherwise than it."""
        self._outdated = outdated
        self._glimpse = glimpse
        if glimpse and not self.progress[1]:
            self.progress = (0, glimpse.article_count)

    def answer(self, request: Request, path: str, version: int) -> Response | None:
        """A file of a built site, or of the glimpse; None where there is none."""
        folders = [folder for folder in self._folders if folder not in self._outdated]
        for folder in folders:
            if response := self._answer(request, path, folder, version, ""):
                return response
        if response := self._glimpse_at(request, path, version):
            return response
        for folder in self._outdated:
            if response := self._answer(request, path, folder, version, self.reading_line):
                return response
        return None

    def ask_to_wait(self, version: int) -> Response:
        """A page that becomes the one that was asked for."""
        language = self._config.site.language
        html = waiting_page(language, self.reading_line, *self.progress)
        html = inject(html, self._config.site.base_path, self._session, version)
        return reply_own(html, self._config, 503)

    def _answer(
        self, request: Request, path: str, folder: Path, version: int, line: str
    ) -> Response | None:
        base = self._config.site.base_folder
        file = find_file(path, base, lambda name: (folder / name).is_file()).file
        if not file:
            return None
        if not file.lower().endswith(PAGES):
            return reply_file(request, folder / file, media_type(file))
        try:
            html = (folder / file).read_bytes()
        except OSError:
            return None
        return self._show(html, file, version, line)

    def _glimpse_at(self, request: Request, path: str, version: int) -> Response | None:
        glimpse = self._glimpse
        if glimpse is None:
            return None
        try:
            found = find_file(path, self._config.site.base_folder, glimpse.has)
            made = glimpse.make(found.file) if found.file else None
        except BackfileError:
            return None  # told when everything is read
        if found.moved:
            query = request.url.query
            return RedirectResponse(quote_path(found.moved) + (f"?{query}" if query else ""))
        if made is None:
            return None
        if not found.file.lower().endswith(PAGES):
            return reply_data(request, found.file, made.data)
        html = made.data.read_bytes() if isinstance(made.data, Path) else made.data
        mark = mark_of(made.article.article, self._clock()) if made.article else ""
        return self._show(html, found.file, version, self.reading_line, mark)

    def _show(self, html: bytes, file: str, version: int, line: str, mark: str = "") -> Response:
        site = self._config.site
        html = inject(
            html,
            site.base_path,
            self._session,
            version,
            mark=mark,
            language=site.language,
            reading=line,
        )
        response = Response(html, media_type=media_type(file))
        response.headers["Cache-Control"] = "no-store"
        return protect(response, self._config)
