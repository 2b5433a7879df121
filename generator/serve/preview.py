"""One running preview: who is told what when something was saved."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from anyio import to_thread

from generator.build import BuildOptions
from generator.build.place import open_place, theme_folders
from generator.config import Config
from generator.errors import BackfileError
from generator.model import Diagnostic
from generator.serve.app import App
from generator.serve.behind import Behind, Word
from generator.serve.channel import Hub, describe_change
from generator.serve.early import Early
from generator.serve.faults import Fault, show_faults
from generator.serve.guard import Guard, is_public
from generator.serve.listener import Listener
from generator.serve.patience import PatientServer
from generator.serve.watch import Watcher

if TYPE_CHECKING:
    from generator.build.live import LiveSite
    from generator.build.live_change import Change

# The browser's own request for the changed page goes first.
_BEHIND = 0.05  # seconds
# Pages are made one after the other anyway, and each thread that ever made one keeps memory.
_THREADS = 4
# How often the browser is told how far reading is.
_PROGRESS = 0.25  # seconds
# Another preview of the same site builds: what it builds is the same.
_PASSING = frozenset(("output/locked", "state/locked"))


class PreviewOptions(msgspec.Struct, frozen=True):
    """What `backfile serve` is asked to do. `port` None = 8000 or the next free one."""

    build: BuildOptions
    clock: Callable[[], datetime]
    host: str = "127.0.0.1"
    port: int | None = None
    polls: bool = False


class Preview:
    """Serves one site. `serve` is the event loop's; files are read and followed in other threads."""

    def __init__(self, options: PreviewOptions, listener: Listener) -> None:
        """Nothing runs yet."""
        self._options, self._listener = options, listener
        self._hub = Hub()
        self._behind = Behind(self._hear)
        self._behind_fault: Diagnostic | None = None
        self._epoch = 0  # counts what was saved, so that a build of something older is known
        self._reading = threading.Lock()
        self._asking: asyncio.TimerHandle | None = None
        self._is_over = False
        self._start = time.monotonic()
        self._told = self._start  # when progress was told last

    async def serve(self, bound: socket.socket) -> None:
        """Serve on a socket until a signal says stop, or `stop` is called."""
        options = self._options
        self._loop = asyncio.get_running_loop()
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        session = secrets.token_hex(8)
        config, folders = self._glance()
        self._early = Early(folders, config, session, options.clock)
        self._app = App(self._hub, session, options.clock, config, self._early)
        self._server = PatientServer(Guard(self._app, options.host), self._close)
        threading.Thread(target=self._open, name="open", daemon=True).start()
        url = _url(options.host, bound.getsockname()[1], config.site.base_path)
        self._listener.started(url, is_public=is_public(options.host))
        await self._server.serve([bound])

    def stop(self) -> None:
        """Stop serving soon. May be called from any thread."""
        self._server.should_exit = True

    def _glance(self) -> tuple[Config, tuple[Path, ...]]:
        """The configuration, and where there may be a built site; the rest takes its time."""
        try:
            place = open_place(self._options.build)
        except BackfileError:
            return Config(), ()  # told when the site is read
        return place.config, (place.state / "preview", place.output)

    def _close(self) -> None:
        self._is_over = True
        self._hub.close()
        self._behind.stop()

    # In the thread that reads the site, and later in that of the watcher

    def _open(self) -> None:
        """Read the site, then follow its files. What is saved meanwhile waits for its turn."""
        from generator.build.live import LiveSite  # noqa: PLC0415 - the server answers meanwhile

        site = self._app.site = LiveSite(self._options.build)
        shipped = [folder for folder in theme_folders() if not folder.is_relative_to(site.root)]
        watcher = Watcher(
            site.root, shipped, site.is_output, self._follow, polls=self._options.polls
        )
        with self._reading:
            watcher.start()
            if watcher.polls and not self._options.polls:
                self._listener.polled()
            self._look(site)
            self._tell(site, site.open(self._note_progress))
            if not site.is_faulty:
                self._call(self._ask_soon)
        if site.is_open:
            self._listener.opened(site.article_count, time.monotonic() - self._start)

    def _look(self, site: LiveSite) -> None:
        """Find out what can be shown before the articles are read."""
        glimpse = site.look()
        folders = self._early.folders
        outdated = [folder for folder in folders if glimpse and not site.is_as_built(folder)]
        self._early.learn(glimpse, outdated)
        if glimpse and len(outdated) == len(folders):
            self._show_early(site)
        self._call(self._app.has_looked.set)

    def _show_early(self, site: LiveSite) -> None:
        """Have what is shown before the articles are read asked for anew."""
        event = {"version": site.count_up(), "pages": "all", "css": (), "kind": "page"}
        self._call(self._hub.send, "change", event)

    def _note_progress(self, _stage: str, done: int, total: int) -> None:
        early = self._early
        early.progress = (done, total)
        now = time.monotonic()
        if now - self._told > _PROGRESS:
            self._told = now
            event = {"text": early.reading_line, "done": done, "total": total}
            self._call(self._hub.send, "reading", event)

    def _follow(self, paths: frozenset[Path]) -> None:
        """Show what was saved."""
        start = time.monotonic()
        site = self._app.site
        if site is not None and not site.is_open:
            self._show_early(site)
        with self._reading:
            if self._is_over or site is None:
                return
            self._epoch += 1
            fault = self._behind_fault
            if fault is not None and site.root / fault.path in paths:
                self._behind_fault = None  # until it is found again
            views = self._app.views()
            change = site.refresh(paths, views=views, clock=self._options.clock())
            self._tell(site, change)
            took = time.monotonic() - start
            settled = site.settle(views=views)
            if settled.is_visible or settled.findings != change.findings:
                self._tell(site, settled)
            if site.index():
                self._tell_of_search(site)
            if not site.is_faulty:
                self._call(self._ask_soon)
        if change.is_visible:
            names = sorted(_shorten(path, site.root) for path in paths)
            self._listener.changed(names, took)

    def _tell(self, site: LiveSite, change: Change) -> None:
        """Tell the browsers and the terminal."""
        more = [self._behind_fault] if self._behind_fault else []
        faults = show_faults(sorted({*change.findings, *more}), site.root)
        event = describe_change(change, site.config.site.base_path) if change.is_visible else None
        self._call(self._publish, event, faults)

    def _hear(self, word: Word) -> None:
        """What became of a build behind."""
        site = self._app.site
        fault = word.fault
        if site is None or (fault and fault.code in _PASSING):
            return
        if fault is None:
            self._listener.built(word)
        with self._reading:
            if word.epoch != self._epoch:  # something was saved since, and will be built
                if site.index():
                    self._tell_of_search(site)
                return
            if fault is None and not site.search.is_built():
                self._tell_of_search(site)
            if fault != self._behind_fault:
                self._behind_fault = fault
                self._tell(site, site.refresh(()))

    def _tell_of_search(self, site: LiveSite) -> None:
        self._call(self._hub.send, "search", {"version": site.version})

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        """Have something done on the event loop."""
        with contextlib.suppress(RuntimeError):  # it is closed: the preview ends
            self._loop.call_soon_threadsafe(function, *arguments)

    # On the event loop

    def _publish(self, event: dict[str, object] | None, faults: Sequence[Fault]) -> None:
        self._app.is_ready.set()
        if event is not None:
            self._hub.send("change", event)
        if faults != self._app.faults:
            self._app.faults = faults
            self._hub.send("faults", {"faults": faults})
            self._listener.found(faults)

    def _ask_soon(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._loop.call_later(_BEHIND, self._ask)

    def _ask(self) -> None:
        if self._app.site is not None:
            options = msgspec.structs.replace(self._options.build, clock=self._options.clock())
            self._behind.ask(options, self._app.site.preview, self._epoch)


def _shorten(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _url(host: str, port: int, base: str) -> str:
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104 - compared
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}{base}"
