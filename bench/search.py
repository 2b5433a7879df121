"""Backfile's search beside Pagefind (extended), on the same made articles, in one run.

    python bench/search.py [--size 10000] [--queries 40]

Needs the archive maker in the shared folder (`../shared`, or $BACKFILE_SHARED), the packages
`pagefind[extended]` and `playwright`, and a Chromium on the path. Writes `bench/results/search.json`
and `search.md`, and, for 10,000 articles, the table into `docs/search.md`.

Bytes are those a fresh browser receives from a host that compresses text with gzip. Both sides are
asked for the same number of results: as many as our page shows before anybody scrolls, then ten;
what they need of articles' pages or fragments is counted on both.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus import make_archive

from generator.search.assets import client_files, client_name
from generator.search.bundle import bundle
from generator.search.document import SearchDocument, SearchSettings
from generator.search.extract import visible_text
from generator.search.runs import write_run
from generator.search.tokens import normal_form
from generator.search.update import build_search, plan_search

HERE = Path(__file__).parent
DOCUMENTED = 10_000  # articles, in docs/search.md
TABLE_BEGINS, TABLE_ENDS = "<!-- written by bench/search.py -->", "<!-- end -->"
SIZES = (1, 2, 4, 8)
PAIRS = 10  # queries of which each fresh browser asks two
BATCH = 500
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/search/client/search.css"><script defer src="/search/client/search.js" data-root="/"></script>
</head><body><main><h1 data-pagefind-body>{title}</h1>
<div data-search-text data-pagefind-body>{body}</div></main></body></html>"""
SEARCH_PAGE = PAGE.replace("data-search-text data-pagefind-body", "data-search-page").replace(
    " data-pagefind-body", ""
)
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


def write_site(posts: Path, site: Path, limit: int) -> list[tuple[str, str]]:
    """Plain pages of the posts, newest first; returns (href, title) of each."""
    pages = []
    for path in sorted((posts / "_posts").glob("*.md"), reverse=True)[:limit]:
        matter, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        # The one piece of Markdown in the posts, as every generator shows it.
        body = re.sub(r"<(https?://[^>\s]+)>", r'<a href="\1">\1</a>', body)
        title = re.search(r'^title: *"?(.*?)"?$', matter, re.MULTILINE)
        name = html.escape(title[1] if title else "")
        file = site / path.name[:4] / f"{path.stem}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(title=name, body=body), "utf-8")
        pages.append((f"{path.name[:4]}/{path.stem}.html", html.unescape(name)))
    (site / "search").mkdir()
    (site / "search" / "index.html").write_text(SEARCH_PAGE.format(title="搜索", body=""), "utf-8")
    return pages


def index_ours(site: Path, pages: list[tuple[str, str]]) -> None:
    """Read the pages and write the index beside them, as one worker does."""

    def documents(part: list[tuple[str, str]]) -> Iterator[SearchDocument]:
        for href, title in part:
            page = (site / href).read_text("utf-8")
            body = page.partition("data-pagefind-body>")[2].partition("</div></main>")[0]
            body = body.partition("data-pagefind-body>")[2]
            name = href.rpartition("/")[2]
            yield SearchDocument(href, title, visible_text(body), date=name[:10])

    with tempfile.TemporaryDirectory(dir=site.parent) as folder:
        scratch = Path(folder)
        runs = [
            write_run(documents(pages[start : start + BATCH]), scratch, f"{start:07}")
            for start in range(0, len(pages), BATCH)
        ]
        wanted = [(href, "") for href, _ in pages]
        settings = SearchSettings()
        plan = plan_search(None, wanted, settings)
        for file in build_search(
            None, plan, wanted, runs, settings=settings, scratch=scratch, client=client_name()
        ):
            path = site / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)


def measured(command: list[str]) -> dict[str, float]:
    """Seconds of wall and CPU and peak megabytes of a program."""
    clock = os.times().elapsed
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return {
        "wall_s": round(os.times().elapsed - clock, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": usage.ru_maxrss // 1024,
    }


def on_disk(folder: Path) -> dict[str, float]:
    """Megabytes and number of files."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return {"disk_mb": round(sum(sizes) / 1e6, 1), "files": len(sizes)}


def substrings(forms: list[str], size: int, count: int, seed: int) -> list[tuple[str, set[int]]]:
    """Substrings of Han that stand in at most 1,000 articles, with those articles."""
    rng = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    found: list[tuple[str, set[int]]] = []
    while len(found) < count:
        form = rng.choice(forms)
        start = rng.randrange(max(1, len(form) - size))
        wanted = form[start : start + size]
        if not re.fullmatch(r"[\u4e00-\u9fff]+", wanted):
            continue
        holders = {i for i, text in enumerate(forms) if wanted in text}
        if len(holders) <= 1000:
            found.append((wanted, holders))
    return found


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


def fragments(site: Path, numbers: dict[str, int]) -> dict[str, int]:
    """Pagefind's fragments: which article each is."""
    found = {}
    for path in (site / "pagefind" / "fragment").iterdir():
        data = gzip.decompress(path.read_bytes())
        url = json.loads(data[data.index(b"{") :])["url"].lstrip("/")
        if url in numbers:
            found[path.name.partition(".")[0]] = numbers[url]
    return found


def quality(expected: set[int], found: set[int]) -> tuple[float, float]:
    """(recall, precision)."""
    both = len(expected & found)
    return both / len(expected), both / len(found) if found else 1.0


def mean(values: list[float]) -> float:
    """Arithmetic mean, three digits."""
    return round(sum(values) / len(values), 3)


def compare(site: Path, pages: list[tuple[str, str]], queries: int) -> dict[str, Any]:
    """Bytes, requests, recall and time of queries of each size."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - for this alone

    forms = [
        normal_form(
            title + "。" + visible_text((site / href).read_text("utf-8").partition("</h1>")[2])
        )
        for href, title in pages
    ]
    (site / "blank.html").write_text(
        '<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,">'
    )
    log = site / "bytes.log"
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(site), str(log)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None  # noqa: S101 - asked for above
    root = f"http://127.0.0.1:{server.stdout.readline().strip()}/"
    numbers = {href: number for number, (href, _) in enumerate(pages)}
    of_fragment = fragments(site, numbers)
    table: dict[str, Any] = {}
    try:
        with sync_playwright() as playwright:
            browser = Browser(playwright, root, log)
            for size in SIZES:
                drawn = substrings(forms, size, queries, seed=size)
                table[str(size)] = compare_size(browser, drawn, of_fragment)
    finally:
        server.terminate()
        server.wait()
    return table


def compare_size(
    browser: Browser, drawn: list[tuple[str, set[int]]], of_fragment: dict[str, int]
) -> dict[str, Any]:
    """Both sides on queries of one size."""
    texts = [text for text, _ in drawn]
    sent: dict[str, list[dict[str, Any]]] = {"backfile": [], "pagefind": []}
    screens: list[int] = []
    for pair in zip(texts[:PAIRS], texts[PAIRS : 2 * PAIRS], strict=True):
        ours, shown = browser.ours(pair)
        sent["backfile"].append(ours)
        sent["pagefind"].append(browser.pagefind(pair, shown))
        screens += shown

    def known(answers: list[dict[str, Any]]) -> list[set[int]]:
        return [{of_fragment[i] for i in one["ids"] if i in of_fragment} for one in answers]

    our_answers, their_answers = browser.found_by_us(texts), browser.found_by_pagefind(texts)
    found = {
        "backfile": [set(answer["ids"]) for answer in our_answers],
        "pagefind": known(their_answers),
        "pagefind quoted": known(browser.found_by_pagefind([f'"{text}"' for text in texts])),
    }
    row: dict[str, Any] = {"results_on_screen": mean(list(map(float, screens)))}
    for name, sets in found.items():
        graded = [quality(true, got) for (_, true), got in zip(drawn, sets, strict=True)]
        row[name] = {
            "recall": mean([grade[0] for grade in graded]),
            "precision_before_reading": mean([grade[1] for grade in graded]),
        }
    for name, all_sent in sent.items():
        row[name]["first_load_kb"] = mean([one["first"] / 1000 for one in all_sent])
        for query in ("query", "next"):
            row[name][f"{query}_requests"] = mean([one[query]["requests"] for one in all_sent])
            for part in ("screen", "ten"):
                row[name][f"{query}_{part}_kb"] = mean(
                    [one[query][part] / 1000 for one in all_sent]
                )
    row["backfile"]["engine_ms"] = mean([answer["ms"] for answer in our_answers])
    row["pagefind"]["engine_ms"] = mean([answer["ms"] for answer in their_answers])
    return row


def table(report: dict[str, Any]) -> str:
    """The report as Markdown."""
    ours, theirs = report["backfile"], report["pagefind"]
    lines = [
        "| | Backfile | Pagefind | share |",
        "| --- | ---: | ---: | ---: |",
    ]

    def add(name: str, one: float, other: float, unit: str) -> None:
        digits = 0 if unit == "MB" and other > 1000 else 1
        lines.append(
            f"| {name} | {one:.{digits}f} {unit} | {other:.{digits}f} {unit} | {one / other:.1%} |"
        )

    add("CPU to index, reading the pages included", ours["cpu_s"], theirs["cpu_s"], "s")
    add("peak memory", ours["peak_mb"], theirs["peak_mb"], "MB")
    add("on disk", ours["disk_mb"], theirs["disk_mb"], "MB")
    lines.append(
        f"| files | {ours['files']:,} | {theirs['files']:,} | {ours['files'] / theirs['files']:.1%} |"
    )
    rows = report["queries"]
    for name, query in (("first query", "query"), ("next query", "next")):
        for part, where in (("screen", "on the screen"), ("ten", "ten results")):
            for size in map(str, SIZES):
                key = f"{query}_{part}_kb"
                label = f"{name}, {size} character{'s' * (size != '1')}, {where}"
                add(label, rows[size]["backfile"][key], rows[size]["pagefind"][key], "KB")
    first = rows["2"]
    add("first load", first["backfile"]["first_load_kb"], first["pagefind"]["first_load_kb"], "KB")
    for size in map(str, SIZES):
        row = rows[size]
        lines.append(
            f"| articles found, {size} character{'s' * (size != '1')} | {row['backfile']['recall']:.0%} "
            f"| {row['pagefind']['recall']:.0%} ({row['pagefind quoted']['recall']:.0%} quoted) | |"
        )
    return "\n".join(lines) + "\n"


def write_report(report: dict[str, Any], size: int) -> None:
    """Results, and the table in the docs where it is the size they speak of."""
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (results / "search.json").write_text(text + "\n", "utf-8")
    made = table(report)
    head = f"{report['articles']:,} made articles, on {report['machine']}.\n\n"
    (results / "search.md").write_text(head + made, "utf-8")
    print(made)
    if size == DOCUMENTED:
        page = HERE.parent / "docs" / "search.md"
        before, rest = page.read_text("utf-8").split(TABLE_BEGINS)
        after = rest.split(TABLE_ENDS)[1]
        page.write_text(f"{before}{TABLE_BEGINS}\n{head}{made}{TABLE_ENDS}{after}", "utf-8")


def main() -> None:
    """Parse, run, write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=DOCUMENTED)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.index:
        index_ours(given.index, json.loads((given.index / "pages.json").read_text("utf-8")))
        return
    memory = Path("/dev/shm")  # noqa: S108 - a RAM disk, so that the disk is not what is measured
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        posts, site = Path(folder) / "posts", Path(folder) / "site"
        site.mkdir()
        make_archive(posts, given.size)
        pages = write_site(posts, site, given.size)
        shutil.rmtree(posts)
        (site / "pages.json").write_text(json.dumps(pages), "utf-8")
        bundle()
        pagefind = version("pagefind")
        report: dict[str, Any] = {
            "articles": len(pages),
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, Pagefind {pagefind}",
        }
        ours = measured([sys.executable, __file__, "--index", str(site)])
        report["backfile"] = {**ours, **on_disk(site / "search")}
        for file in client_files():
            (site / file.name).parent.mkdir(parents=True, exist_ok=True)
            (site / file.name).write_bytes(file.data)
        theirs = measured([sys.executable, "-m", "pagefind", "--site", str(site)])
        report["pagefind"] = {**theirs, **on_disk(site / "pagefind")}
        report["queries"] = compare(site, pages, given.queries)
    write_report(report, given.size)


if __name__ == "__main__":
    main()
