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
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from browsing import SERVER, Browser
from corpus import make_archive

from generator.search.assets import client_files, client_name
from generator.search.bundle import bundle
from generator.search.document import SearchDocument, SearchSettings
from generator.search.extract import visible_text
from generator.search.runs import write_run
from generator.search.tokens import normal_form
from generator.search.update import plan_search
from generator.search.writing import build_search

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
            page = (site / href).read_bytes().decode()
            body = page.partition("data-pagefind-body>")[2].partition("</div></main>")[0]
            body = body.partition("data-pagefind-body>")[2]
            name = href.rpartition("/")[2]
            yield SearchDocument(href, title, visible_text(body), date=name[:10])

    with tempfile.TemporaryDirectory(dir=site.parent) as work:
        scratch = Path(work)
        runs = [
            write_run(documents(pages[start : start + BATCH]), scratch, f"{start:07}")
            for start in range(0, len(pages), BATCH)
        ]
        wanted = [(href, "") for href, _ in pages]
        settings = SearchSettings()
        plan = plan_search(None, wanted, settings)
        folders: set[str] = set()
        for file in build_search(
            None, plan, wanted, runs, settings=settings, scratch=scratch, client=client_name()
        ):
            folder, _, _ = file.name.rpartition("/")
            if folder not in folders:
                (site / folder).mkdir(parents=True, exist_ok=True)
                folders.add(folder)
            (site / file.name).write_bytes(file.data)


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
