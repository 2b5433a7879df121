"""The answers: pages of the live site, files, and the channel that tells of changes."""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from generator.build.live import LiveSite
from generator.build.live_pages import Made
from generator.errors import BackfileError
from generator.render import NOT_FOUND_FILE
from generator.render.headers import content_policy
from generator.search.assets import client_files
from generator.serve.assets import CLIENT_FILES, read_client
from generator.serve.channel import Hub, pack_event
from generator.serve.faults import Fault, show_faults
from generator.serve.finding import Found, find_file
from generator.serve.guard import OWN
from generator.serve.inject import inject, mark_of
from generator.serve.media import media_type
from generator.serve.shell import fault_page, missing_page, waiting_page
from generator.text.address import quote_path

# Most archives are read within this time; a page that says "wait" would only flash.
_PATIENCE = 1.5  # seconds
_SEARCH = "search/"
_PAGES = (".html", ".htm")


class App:
    """Answers requests. `clock` tells which articles are still to come.

    `faults` are what the overlay shows; `progress` is how many articles of how many are read.
    """

    def __init__(
        self, site: LiveSite, hub: Hub, session: str, clock: Callable[[], datetime]
    ) -> None:
        """Raises BackfileError where the browser's part is not built."""
        self._site, self._hub, self._session, self._clock = site, hub, session, clock
        self._client = read_client()
        self._files = StaticFiles()
        self._search_client: dict[str, bytes] | None = None
        self.is_ready = asyncio.Event()
        self.faults: Sequence[Fault] = ()
        self.progress = (0, 0)

    @property
    def base(self) -> str:
        """The folder the site lives in: `/` or `/folder/`."""
        return self._site.config.site.base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path: str = request.scope["path"]
        own = self.base + OWN.strip("/") + "/"
        if path.startswith(own):
            return self._answer_own(request, path.removeprefix(own))
        if not self._site.is_open and not self.is_ready.is_set():
            found = await run_in_threadpool(self._find_built, path)
            if found is not None:
                return found
            try:
                await asyncio.wait_for(self.is_ready.wait(), _PATIENCE)
            except TimeoutError:
                return self._own_page(waiting_page(*self.progress), 503, {"Retry-After": "1"})
        return await run_in_threadpool(self._answer_page, request, path)

    def _answer_own(self, request: Request, name: str) -> Response:
        if name in CLIENT_FILES:
            return self._bytes(request, self._client[name], CLIENT_FILES[name])
        if name != "events":
            return PlainTextResponse("The preview has no such file.\n", 404)
        if self._hub.is_full:
            return PlainTextResponse("Too many tabs.\n", 503)
        greeting = pack_event("hello", {"session": self._session, "version": self._site.version})
        greeting += pack_event("faults", {"faults": self.faults})
        view = unquote(urlsplit(request.headers.get("referer", "")).path)
        return StreamingResponse(
            self._hub.stream(view, greeting),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def find(self, path: str) -> Found:
        """What a decoded path means."""
        return find_file(path, self.base, self._has)

    def _has(self, file: str) -> bool:
        return self._site.has(file) or self._search_file(file) is not None

    def _search_file(self, file: str) -> bytes | Path | None:
        """A file of the search index, built behind; the client's scripts are always there."""
        if not file.startswith(_SEARCH) or not self._site.config.search.enabled:
            return None
        built = self._site.preview / file
        if built.is_file():
            return built
        if self._search_client is None:
            self._search_client = {made.name: made.data for made in client_files()}
        return self._search_client.get(file)

    def _answer_page(self, request: Request, path: str) -> Response:
        if not self._site.is_open:
            return self._fault_page(show_faults(self._site.findings(), self._site.root))
        version = self._site.version
        found = self.find(path)
        if found.moved:
            query = request.url.query
            return RedirectResponse(quote_path(found.moved) + (f"?{query}" if query else ""))
        try:
            made = self._site.make(found.file) if found.file else None
            if made is None and found.file and (data := self._search_file(found.file)):
                made = Made(data)
            if made is None:
                return self._missing(request, path, version)
        except BackfileError:
            return self._fault_page(show_faults(self._site.findings(), self._site.root))
        return self._show(request, found.file, made, version)

    def _missing(self, request: Request, path: str, version: int) -> Response:
        if Path(path).suffix.lower() not in ("", *_PAGES):
            return PlainTextResponse("There is no such file.\n", 404)
        made = self._site.make(NOT_FOUND_FILE)
        if made is None:
            return self._own_page(missing_page(path), 404)
        return self._show(request, NOT_FOUND_FILE, made, version, 404)

    def _show(
        self, request: Request, file: str, made: Made, version: int, status: int = 200
    ) -> Response:
        kind = media_type(file)
        if not file.lower().endswith(_PAGES):
            if isinstance(made.data, Path):
                return self._file(request, made.data, kind)
            return self._bytes(request, made.data, kind)
        html = made.data.read_bytes() if isinstance(made.data, Path) else made.data
        article = made.article.article if made.article else None
        html = inject(
            html,
            self.base,
            self._session,
            version,
            mark=mark_of(article, self._clock()) if article else "",
            language=self._site.config.site.language,
        )
        response = self._bytes(request, html, kind, status)
        self._protect(response)
        return response

    def _find_built(self, path: str) -> Response | None:
        """A page as it was built behind an earlier preview, until the site is read."""
        home = self._site.preview
        found = find_file(path, self.base, lambda file: (home / file).is_file())
        if not found.file:
            return None
        built = home / found.file
        if not found.file.endswith(_PAGES):
            status = built.stat()
            return self._files.file_response(built, status, {"type": "http", "headers": []})
        html = inject(built.read_bytes(), self.base, self._session, 0)
        response = Response(html, 200, {"Cache-Control": "no-store"}, media_type(found.file))
        self._protect(response)
        return response

    def _file(self, request: Request, path: Path, kind: str) -> Response:
        """A file with its ranges, or that it has not changed."""
        try:
            status = os.stat(path)  # noqa: PTH116 - the result is handed on
        except OSError:
            return PlainTextResponse("There is no such file.\n", 404)
        if not stat.S_ISREG(status.st_mode):
            return PlainTextResponse("There is no such file.\n", 404)
        response = self._files.file_response(path, status, request.scope)
        if response.status_code != 304:
            response.headers["Content-Type"] = kind
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _bytes(self, request: Request, data: bytes, kind: str, status: int = 200) -> Response:
        tag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        known = request.headers.get("if-none-match", "")
        if status == 200 and tag in [part.strip().removeprefix("W/") for part in known.split(",")]:
            return Response(None, 304, headers)
        return Response(data, status, {**headers, "Content-Type": kind})

    def _own_page(
        self, html: bytes, status: int, headers: dict[str, str] | None = None
    ) -> Response:
        response = Response(html, status, headers, "text/html; charset=utf-8")
        response.headers["Cache-Control"] = "no-store"
        self._protect(response)
        return response

    def _fault_page(self, faults: Sequence[Fault]) -> Response:
        html = inject(fault_page(faults), self.base, self._session, self._site.version)
        return self._own_page(html, 500)

    def _protect(self, response: Response) -> None:
        """Let a page do no more than it may where it is published."""
        if policy := content_policy(self._site.config):
            response.headers["Content-Security-Policy"] = policy
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
