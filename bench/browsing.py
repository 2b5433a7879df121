"""A browser that asks both searches, and a host that counts what it sends."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.search.assets import client_name

# Compresses text, and writes down the bytes of every body: a browser's own count leaves out
# what its workers fetch.
SERVER = """
import functools, gzip, http.server, io, os, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def send_head(self):
        path = self.translate_path(self.path)
        try:
            data = open(path, "rb").read()
        except OSError:
            return self.send_error(404)
        is_text = path.endswith((".js", ".html", ".css", ".json"))
        data = gzip.compress(data, 6) if is_text else data
        os.write(log, f"{len(data)}\\n".encode())
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if path.endswith(".js") else self.guess_type(path))
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)
    def log_message(self, *arguments):
        pass
log = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Handler, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
"""


class Browser:
    """A fresh Chromium context each time; `log` is where the server counts."""

    def __init__(self, playwright: Any, root: str, log: Path) -> None:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        self._browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        self._root = root
        self._log = log

    def fresh(self, path: str) -> Any:
        """A page in a new context; the count of bytes begins anew."""
        page = self._browser.new_context().new_page()
        self._log.write_bytes(b"")
        page.goto(self._root + path)
        return page

    def received(self) -> tuple[int, int]:
        """(bytes, requests) since the page was fresh."""
        sizes = [int(line) for line in self._log.read_text("ascii").split()]
        return sum(sizes), len(sizes)

    def ours(self, texts: tuple[str, str]) -> tuple[dict[str, Any], list[int]]:
        """First load and two queries typed into the search page; and the results on the screen."""
        page = self.fresh("search/index.html")
        page.fill("input[type=search]", "——")
        page.wait_for_function(
            "document.querySelector('.search-status').textContent.includes('没有')"
        )
        shown: list[int] = []

        def ask(text: str) -> None:
            page.evaluate("scrollTo(0, 0)")
            page.fill("input[type=search]", text)
            page.wait_for_timeout(300)  # the client waits for the next key
            self._settled(page)
            shown.append(page.locator(".search-results li").count())

        def read_on(_: str) -> None:
            count = -1
            while count < (count := page.locator(".search-results li").count()) and count < 10:
                page.evaluate("scrollTo(0, document.body.scrollHeight)")
                page.wait_for_timeout(200)
                self._settled(page)

        return self._counted(page, texts, ask, read_on), shown

    @staticmethod
    def _settled(page: Any) -> None:
        page.wait_for_function(
            "document.querySelector('.search-status').textContent.match(/找到|没有找到/) &&"
            "!document.querySelector('.search-results').hasAttribute('aria-busy')"
        )
        page.wait_for_timeout(200)
        page.wait_for_function(
            "!document.querySelector('.search-results').hasAttribute('aria-busy')"
        )

    def pagefind(self, texts: tuple[str, str], shown: list[int]) -> dict[str, Any]:
        """The same with Pagefind's own script: search, the data of as many results, then of ten."""
        page = self.fresh("blank.html")
        page.evaluate(
            "async () => { window.pf = await import('/pagefind/pagefind.js'); await pf.init(); }"
        )
        counts = iter(shown)

        def ask(text: str) -> None:
            page.evaluate(
                "async ([text, count]) => { window.found = await pf.search(text);"
                "await Promise.all(found.results.slice(0, count).map((result) => result.data())); }",
                [text, next(counts)],
            )

        def read_on(_: str) -> None:
            page.evaluate(
                "() => Promise.all(found.results.slice(0, 10).map((result) => result.data()))"
            )

        return self._counted(page, texts, ask, read_on)

    def _counted(
        self,
        page: Any,
        texts: tuple[str, str],
        ask: Callable[[str], None],
        read_on: Callable[[str], None],
    ) -> dict[str, Any]:
        page.wait_for_timeout(200)
        before, requests = self.received()
        counted: dict[str, Any] = {"first": before}
        for name, text in zip(("query", "next"), texts, strict=True):
            ask(text)
            page.wait_for_timeout(200)
            on_screen, more = self.received()
            read_on(text)
            page.wait_for_timeout(200)
            ten, _ = self.received()
            counted[name] = {
                "screen": on_screen - before,
                "ten": ten - before,
                "requests": more - requests,
            }
            before, requests = self.received()
        page.context.close()
        return counted

    def found_by_us(self, queries: list[str]) -> list[dict[str, Any]]:
        """All documents the engine gives, the best thousand at most."""
        page = self.fresh("blank.html")
        page.add_script_tag(url=f"{self._root}search/kept/{client_name()}/search-engine.js")
        page.evaluate("() => { window.call = backfileEngine(new URL('/', location).href); }")
        answers = page.evaluate(
            "async (queries) => { const all = []; for (const text of queries) {"
            "const start = performance.now();"
            "const answer = await call('search', { text, order: 'relevance', filters: {} });"
            "all.push({ ids: [...answer.documents], ms: performance.now() - start }); } return all; }",
            queries,
        )
        page.context.close()
        return list(answers)

    def found_by_pagefind(self, queries: list[str]) -> list[dict[str, Any]]:
        """Fragments of all results."""
        page = self.fresh("blank.html")
        answers = page.evaluate(
            "async (queries) => { const pf = await import('/pagefind/pagefind.js'); await pf.init();"
            "const all = []; for (const text of queries) { const start = performance.now();"
            "const found = await pf.search(text);"
            "all.push({ ids: found.results.map(({ id }) => id), ms: performance.now() - start }); }"
            "return all; }",
            queries,
        )
        page.context.close()
        return list(answers)
