"""The answers: pages of the live site, files, and the channel that tells of changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from generator.config import Config
from generator.errors import BackfileError
from generator.search.assets import client_files
from generator.serve.assets import CLIENT_FILES, read_client
from generator.serve.channel import Hub, pack_event
from generator.serve.early import Early
from generator.serve.faults import Fault, show_faults
from generator.serve.finding import Found, find_file
from generator.serve.guard import OWN
from generator.serve.inject import inject, mark_of
from generator.serve.media import PAGES, media_type
from generator.serve.replies import protect, reply_bytes, reply_data, reply_missing, reply_own
from generator.serve.shell import fault_page, missing_page
from generator.text.address import quote_path

if TYPE_CHECKING:
    # It takes 0.2 s to load, and the server answers before.
    from generator.build.live import LiveSite
    from generator.build.live_pages import Made

# Most sites are read within this time; a page that says "wait" would only flash.
_PATIENCE = 0.5  # seconds
# Looking at the names of a hundred thousand files takes half a second.
_LOOKING = 3.0  # seconds
_SEARCH = "search/"


class App:
    """Answers requests; `clock` tells which articles are still to come.

    `site` is None until it is made. `faults` are what the overlay shows.
    """

    def __init__(
        self, hub: Hub, session: str, clock: Callable[[], datetime], config: Config, early: Early
    ) -> None:
        """Raises BackfileError where the browser's part is not built."""
        self._hub, self._session, self._clock = hub, session, clock
        self._config, self._early = config, early
        self._client = read_client()
        self._search_client: dict[str, bytes] | None = None
        self.site: LiveSite | None = None
        self.has_looked = asyncio.Event()  # at the site's names: there is a glimpse, if any
        self.is_ready = asyncio.Event()
        self.faults: Sequence[Fault] = ()

    @property
    def config(self) -> Config:
        """The configuration as it is now."""
        return self.site.config if self.site and self.site.is_open else self._config

    @property
    def version(self) -> int:
        """The site's, 0 until it is read."""
        return self.site.version if self.site else 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path: str = request.scope["path"]
        own = self.config.site.base_folder + OWN.strip("/") + "/"
        if path.startswith(own):
            return self._answer_own(request, path.removeprefix(own))
        if not self.is_ready.is_set():
            early = await self._answer_early(request, path)
            if early is not None:
                return early
        site = self.site
        if site is None or not site.is_open:
            return self._fault_page()
        return await run_in_threadpool(self._answer_page, site, request, path)

    async def _answer_early(self, request: Request, path: str) -> Response | None:
        """Answer before the site is read; None where it is meanwhile."""
        early = self._early
        for event, patience in ((self.has_looked, _LOOKING), (self.is_ready, _PATIENCE)):
            response = await run_in_threadpool(early.answer, request, path, self.version)
            if response is not None:
                return response
            if not await _comes(event, patience):
                break
        return None if self.is_ready.is_set() else early.ask_to_wait(self.version)

    def _answer_own(self, request: Request, name: str) -> Response:
        if name in CLIENT_FILES:
            return reply_bytes(request, self._client[name], CLIENT_FILES[name])
        if name != "events":
            return reply_missing()
        if self._hub.is_full:
            return PlainTextResponse("Too many tabs.\n", 503)
        greeting = pack_event("hello", {"session": self._session, "version": self.version})
        greeting += pack_event("faults", {"faults": self.faults})
        view = unquote(urlsplit(request.headers.get("referer", "")).path)
        return StreamingResponse(
            self._hub.stream(view, greeting),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def views(self) -> frozenset[str]:
        """The files of the pages in the open tabs."""
        site = self.site
        if site is None:
            return frozenset()
        return frozenset(self._find(site, view).file for view in self._hub.views) - {""}

    def _find(self, site: LiveSite, path: str) -> Found:
        def has(file: str) -> bool:
            return site.has(file) or self._search_file(site, file) is not None

        return find_file(path, site.config.site.base_folder, has)

    def _search_file(self, site: LiveSite, file: str) -> bytes | Path | None:
        """A file of the search index, built behind; the client's scripts are always there."""
        if not file.startswith(_SEARCH) or not site.config.search.enabled:
            return None
        if (live := site.search.files.get(file)) is not None:
            return live
        built = site.preview / file
        if built.is_file():
            return built
        if self._search_client is None:
            self._search_client = {made.name: made.data for made in client_files()}
        return self._search_client.get(file)

    def _answer_page(self, site: LiveSite, request: Request, path: str) -> Response:
        version = site.version
        found = self._find(site, path)
        if found.moved:
            query = request.url.query
            return RedirectResponse(quote_path(found.moved) + (f"?{query}" if query else ""))
        try:
            made = site.make(found.file) if found.file else None
            if made is not None:
                return self._show(site, request, found.file, made, version)
            data = self._search_file(site, found.file)
            if data is not None:
                return reply_data(request, found.file, data)
            return self._miss(site, request, path, version)
        except BackfileError:
            return self._fault_page()

    def _miss(self, site: LiveSite, request: Request, path: str, version: int) -> Response:
        if PurePosixPath(path).suffix.lower() not in ("", *PAGES):
            return reply_missing()
        made = site.make(site.missing_page)
        if made is None or not path.startswith(site.config.site.base_folder):
            return reply_own(missing_page(path), site.config, 404)
        return self._show(site, request, site.missing_page, made, version, 404)

    def _show(
        self,
        site: LiveSite,
        request: Request,
        file: str,
        made: Made,
        version: int,
        status: int = 200,
    ) -> Response:
        if not file.lower().endswith(PAGES):
            return reply_data(request, file, made.data)
        html = made.data.read_bytes() if isinstance(made.data, Path) else made.data
        article = made.article.article if made.article else None
        site_config = site.config.site
        html = inject(
            html,
            site_config.base_path,
            self._session,
            version,
            mark=mark_of(article, self._clock()) if article else "",
            language=site_config.language,
        )
        return protect(reply_bytes(request, html, media_type(file), status), site.config)

    def _fault_page(self) -> Response:
        """Why there is no page, and the script that comes back when there is one."""
        site = self.site
        faults = show_faults(site.findings(), site.root) if site else ()
        html = fault_page(faults)
        html = inject(html, self.config.site.base_path, self._session, self.version)
        return reply_own(html, self.config, 500)


async def _comes(event: asyncio.Event, patience: float) -> bool:
    """Wait for an event; whether it came."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), patience)
    return event.is_set()
