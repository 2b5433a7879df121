"""Starting and stopping the preview, and what happens when something is saved."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from generator.build import BuildOptions
from generator.build.live import Change, LiveSite
from generator.build.place import theme_folders
from generator.errors import UsageError
from generator.model import Diagnostic, Severity
from generator.serve.app import App
from generator.serve.behind import Behind, Word
from generator.serve.channel import Hub
from generator.serve.faults import Fault, show_faults
from generator.serve.guard import Guard, is_public
from generator.serve.patience import PatientServer
from generator.serve.watch import Watcher
from generator.text.address import Address

FIRST_PORT = 8000
_LAST_PORT = 8099
# The browser's own request for the changed page goes first.
_BEHIND = 0.15  # seconds
# Another preview of the same site builds: what it builds is the same.
_PASSING = frozenset(("output/locked", "state/locked"))


class Listener(Protocol):
    """Told what goes on; the command line prints it. Called from several threads."""

    def started(self, url: str, *, is_public: bool) -> None:
        """The preview answers at `url`; `is_public`: to other machines as well."""
        ...

    def opened(self, articles: int, seconds: float) -> None:
        """The site is read, and pages can be made."""
        ...

    def polled(self) -> None:
        """The system has no watch left, so the files are looked at again and again."""
        ...

    def changed(self, paths: Sequence[str], seconds: float) -> None:
        """What was saved is shown."""
        ...

    def found(self, faults: Sequence[Fault]) -> None:
        """All that is wrong now, where that is not what was wrong before."""
        ...

    def built(self, word: Word) -> None:
        """Everything was built behind, or could not be."""
        ...


class PreviewOptions(msgspec.Struct, frozen=True):
    """What `backfile serve` is asked to do. `port` None = 8000 or the next free one."""

    build: BuildOptions
    clock: Callable[[], datetime]
    host: str = "127.0.0.1"
    port: int | None = None
    polls: bool = False


def run_preview(options: PreviewOptions, listener: Listener) -> None:
    """Serve until Ctrl-C. Raises BackfileError where the preview cannot start."""
    bound = bind(options.host, options.port)
    with contextlib.closing(bound):
        asyncio.run(Preview(options, listener).serve(bound))


def bind(host: str, port: int | None) -> socket.socket:
    """Take an address to listen on. Raises UsageError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(FIRST_PORT, _LAST_PORT + 1) if port is None else (port,):
        bound = socket.socket(family, socket.SOCK_STREAM)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((host, candidate))
            # Bound is not enough: two may be bound where only one can listen.
            bound.listen(128)
        except OSError as error:
            bound.close()
            if port is None and error.errno == errno.EADDRINUSE:
                continue
            raise UsageError(
                f"cannot listen on {host}:{candidate}: {error.strerror}",
                hint="choose another --port or --host",
            ) from error
        else:
            return bound
    raise UsageError(
        f"the ports {FIRST_PORT} to {_LAST_PORT} are all taken", hint="choose one with --port"
    )


class Preview:
    """One running preview."""

    def __init__(self, options: PreviewOptions, listener: Listener) -> None:
        """Nothing runs yet."""
        self._options, self._listener = options, listener
        self.site = LiveSite(options.build)
        self._hub = Hub()
        self._session = secrets.token_hex(8)
        self._behind = Behind(self._hear)
        self._behind_fault: Diagnostic | None = None
        self._reading = threading.Lock()
        self._asking: asyncio.TimerHandle | None = None
        self._is_over = False
        self._start = time.monotonic()

    async def serve(self, bound: socket.socket) -> None:
        """Serve on a socket until a signal says stop, or `stop` is called."""
        self._loop = asyncio.get_running_loop()
        self._app = App(self.site, self._hub, self._session, self._options.clock)
        self._server = PatientServer(Guard(self._app, self._options.host), self._close)
        threading.Thread(target=self._open, name="open", daemon=True).start()
        self._listener.started(
            self._url(bound.getsockname()[1]), is_public=is_public(self._options.host)
        )
        await self._server.serve([bound])

    def stop(self) -> None:
        """Stop serving soon. May be called from any thread."""
        self._server.should_exit = True

    def _close(self) -> None:
        self._is_over = True
        self._hub.close()
        self._behind.stop()

    def _url(self, port: int) -> str:
        host = self._options.host
        shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104 - compared
        shown = f"[{shown}]" if ":" in shown else shown
        return f"http://{shown}:{port}"

    # In the thread that reads the site, and later in that of the watcher

    def _open(self) -> None:
        """Read the site, then follow its files. What is saved meanwhile waits for its turn."""
        watcher = Watcher(
            self.site.root,
            [folder for folder in theme_folders() if not folder.is_relative_to(self.site.root)],
            self._is_output,
            self._follow,
            polls=self._options.polls,
        )
        with self._reading:
            watcher.start()
            if watcher.polls and not self._options.polls:
                self._listener.polled()
            change = self.site.open(self._note_progress)
            self._tell(change)
        if self.site.is_open:
            self._listener.opened(self.site.article_count, time.monotonic() - self._start)

    def _is_output(self, path: Path) -> bool:
        output = self.site.output
        return output is not None and path.is_relative_to(output)

    def _note_progress(self, _stage: str, done: int, total: int) -> None:
        self._app.progress = (done, total)

    def _follow(self, paths: frozenset[Path]) -> None:
        """Show what was saved."""
        start = time.monotonic()
        with self._reading:
            if self._is_over:
                return
            views = {self._app.find(view).file for view in self._hub.views} - {""}
            change = self.site.refresh(paths, views=views, clock=self._options.clock())
            self._tell(change)
        if change.files is None or change.files or change.css:
            names = sorted(_shorten(path, self.site.root) for path in paths)
            self._listener.changed(names, time.monotonic() - start)

    def _tell(self, change: Change) -> None:
        """Tell the browsers and the terminal, and have everything built behind."""
        is_changed = change.files is None or bool(change.files or change.css)
        if is_changed:
            self._behind_fault = None
        findings = {*change.findings, *([self._behind_fault] if self._behind_fault else ())}
        faults = show_faults(sorted(findings), self.site.root)
        event = _pack_change(change, self.site.config.site.base_path) if is_changed else None
        self._call(self._publish, event, faults)
        if is_changed and not self.site.is_faulty:
            self._call(self._ask_soon)

    def _hear(self, word: Word) -> None:
        """What became of a build behind."""
        if word.is_built:
            self._listener.built(word)
            self._call(self._hub.send, "search", {"version": self.site.version})
            return
        if word.code not in _PASSING:
            self._behind_fault = Diagnostic(
                path=word.path,
                line=word.line,
                column=word.column,
                code=word.code,
                severity=Severity.ERROR,
                message=word.message,
                action="",
                hint=word.hint,
            )
            with self._reading:
                self._tell(Change(self.site.version, findings=self.site.findings()))

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        """Have something done on the event loop."""
        with contextlib.suppress(RuntimeError):  # it is closed: the preview ends
            self._loop.call_soon_threadsafe(function, *arguments)

    # On the event loop

    def _publish(self, event: dict[str, object] | None, faults: Sequence[Fault]) -> None:
        if self.site.is_open or faults:
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
        options = msgspec.structs.replace(self._options.build, clock=self._options.clock())
        self._behind.ask(options, self.site.preview)


def _pack_change(change: Change, base: str) -> dict[str, object]:
    """The event `change`: paths as the address bar has them."""
    pages: object = "all"
    if change.files is not None:
        pages = [base.rstrip("/") + Address(file).path for file in sorted(change.files)]
    kind = "css" if change.css and not change.files and change.files is not None else "page"
    return {"version": change.version, "pages": pages, "css": change.css, "kind": kind}


def _shorten(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
