"""A preview that runs in this process, and a browser's side of it without a browser."""

import asyncio
import http.client
import json
import queue
import socket
import threading
from contextlib import contextmanager, suppress

from building import CLOCK, SiteBuilder

from generator.build import BuildOptions
from generator.serve.preview import Preview, PreviewOptions
from generator.serve.server import bind

PATIENCE = 30  # seconds; only a test that fails waits so long


class Heard:
    """What the terminal would show."""

    def __init__(self):
        self.events = queue.SimpleQueue()
        self.is_open = threading.Event()
        self.is_built = threading.Event()
        self.url = ""
        self.is_public = None
        self.is_polled = False
        self.faults = []

    def started(self, url, *, is_public):
        self.url, self.is_public = url, is_public

    def opened(self, articles, seconds):
        self.is_open.set()

    def polled(self):
        self.is_polled = True

    def changed(self, paths, seconds):
        self.events.put(tuple(paths))

    def found(self, faults):
        self.faults.append(faults)

    def built(self, word):
        self.is_built.set()


class Tab:
    """An open event stream."""

    def __init__(self, port, view="/", **headers):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        headers.setdefault("Referer", f"http://127.0.0.1:{port}{view}")
        self._connection.request(
            "GET", f"{headers.pop('base', '/')}_backfile/events", headers=headers
        )
        self.response = self._connection.getresponse()

    def next(self, *names):
        """The data of the next event with one of the names; None at the stream's end."""
        name = ""
        heartbeats = 0
        while line := self.response.readline():
            text = line.decode().rstrip("\n")
            heartbeats += text.startswith(":")
            assert heartbeats < 3, f"no {names} for half a minute"
            if text.startswith("event: "):
                name = text.removeprefix("event: ")
            if text.startswith("data: ") and name in names:
                return json.loads(text.removeprefix("data: "))
        return None

    def close(self):
        self.response.close()
        self._connection.close()


class Served(SiteBuilder):
    """A site whose preview runs. `port` is where."""

    def start(self, *, waits=True, **changes):
        build = {"root": self.root, "clock": CLOCK, "drafts": True, "future": True, "expired": True}
        build |= {
            key: changes.pop(key) for key in list(changes) if key in BuildOptions.__struct_fields__
        }
        self.heard = Heard()
        options = PreviewOptions(BuildOptions(**build), lambda: CLOCK, **changes)
        self.preview = Preview(options, self.heard)
        bound = bind("127.0.0.1", 0)
        self.port = bound.getsockname()[1]
        self._thread = threading.Thread(target=asyncio.run, args=(self.preview.serve(bound),))
        self._thread.start()
        if waits:
            assert self.heard.is_open.wait(PATIENCE)

    def stop(self):
        self.preview.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def get(self, path, method="GET", **headers):
        """A response with its body as `data`. Underscores in names of headers are hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in fields, skip_accept_encoding=True)
        for name, value in fields.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        response.data = response.read()
        connection.close()
        return response

    def text(self, path):
        return self.get(path).data.decode()

    def send(self, data):
        """Send bytes as they are; what comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as raw:
            answer = b""
            with suppress(ConnectionError):  # closed before all was sent
                raw.sendall(data)
                while chunk := raw.recv(65536):
                    answer += chunk
        return answer

    @contextmanager
    def tab(self, view="/", **headers):
        tab = Tab(self.port, view, **headers)
        try:
            yield tab
        finally:
            tab.close()


@contextmanager
def serve(root, files, **changes):
    root.mkdir(parents=True, exist_ok=True)
    site = Served(root)
    site.write(files)
    site.start(**changes)
    try:
        yield site
    finally:
        site.stop()
