"""A stand-in for the preview's server: pages of a test's own, and events when it says so."""

from __future__ import annotations

import json
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from generator.config import Config
from generator.render.headers import content_policy
from generator.serve.assets import CLIENT_FILES

FRAME = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
{head}
</head>
<body>
<main id="main" tabindex="-1">
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def frame(body: str, title: str = "一页", head: str = "") -> str:
    return FRAME.format(title=title, body=body, head=head)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.fake.asked.append(self.path)
        name = path.removeprefix("/_backfile/")
        if path in self.server.fake.refused:
            self._send(503, "text/plain", b"")
        elif name == "events":
            self._stream()
        elif name in CLIENT_FILES:
            self._send(200, CLIENT_FILES[name], self.server.fake.client[name])
        elif path.endswith((".css", ".js")) and path in self.server.fake.files:
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            self._send(200, kind, self.server.fake.files[path].encode())
        else:
            status = (
                self.server.fake.status.get(path, 200) if path in self.server.fake.files else 404
            )
            self._send(status, "text/html", self.server.fake.page(path).encode())

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", content_policy(Config()))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        stream = queue.SimpleQueue()
        stream.put(
            ("hello", {"session": self.server.fake.session, "version": self.server.fake.version})
        )
        stream.put(("faults", {"faults": self.server.fake.faults}))
        self.server.fake.streams.append(stream)
        try:
            self._pass_on(stream)
        except OSError:
            pass  # the tab is gone
        finally:
            self.server.fake.streams.remove(stream)

    def _pass_on(self, stream: queue.SimpleQueue) -> None:
        self.wfile.write(b"retry: 50\n\n")
        while True:
            try:
                event = stream.get(timeout=0.1)
            except queue.Empty:
                self.wfile.write(b": still here\n\n")  # fails where the tab is gone
                continue
            if event is None:
                return
            name, data = event
            self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class FakePreview:
    """Serves `files` (path → text) on one port, as often as it is started.

    `client` are the browser client's files by name. `streams` holds a queue for each open event
    stream, `asked` the paths of all requests.
    """

    def __init__(self, files: dict[str, str], client: dict[str, bytes]) -> None:
        self.files = {"/style.css": "h1 { color: rgb(0, 0, 0) } pre { overflow: auto }", **files}
        self.status: dict[str, int] = {}
        self.refused: set[str] = set()
        self.faults: list[dict] = []
        self.session, self.version = "first", 1
        self.asked: list[str] = []
        self.streams: list[queue.SimpleQueue] = []
        self.client = client
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _Handler)
        self._server.fake = self
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End every stream and listen no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for stream in list(self.streams):
            stream.put(None)

    def save(self, files: dict[str, str], **event: object) -> None:
        """Change files and tell every tab; `event` may change what the event says."""
        self.files.update(files)
        self.version += 1
        self.tell(
            "change", {"version": self.version, "pages": "all", "css": [], "kind": "page", **event}
        )

    def fail(self, *faults: dict) -> None:
        self.faults = list(faults)
        self.tell("faults", {"faults": self.faults})

    def tell(self, name: str, data: dict) -> None:
        for stream in list(self.streams):
            stream.put((name, data))

    def page(self, path: str) -> str:
        """A page as it is served now."""
        script = (
            f'<script src="/_backfile/preview.js" data-session="{self.session}"'
            f' data-version="{self.version}" defer></script></body>'
        )
        text = self.files.get(path) or frame("<p>没有这一页。</p>", "找不到")
        return text.replace("</body>", script)


def visit(tab, preview, path="/"):
    tab.goto(preview.url + path)
    until(lambda: len(preview.streams) == 1)


def until(is_true):
    """Wait for what a browser does by itself."""
    for _ in range(2000):
        if is_true():
            return
        time.sleep(0.01)
    raise AssertionError("it never came true")
