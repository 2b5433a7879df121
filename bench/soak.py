"""A day of writing with a browser attached: does anything grow?

    python bench/soak.py [--edits 2000]

A preview of some hundred articles, an article open in one tab of Chromium and the front page in
another. Each edit is waited for in the browser. Of the server with all its processes it takes
memory and open files, of the browser the heap, nodes and listeners after collecting garbage: after
a first stretch, and then ten times. Writes `bench/results/soak.md` (from 500 edits on), and fails
where something grew. Linux alone; ends by itself.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from previewing import Preview, find_chromium

HERE = Path(__file__).parent
ARTICLES = 300
CONFIG = '[site]\ntitle = "旧闻"\ndescription = "{}"\n'
TEMPLATE = '{{% extends "default/article.html" %}}\n{{% block main %}}\n<p id="seen">{}</p>\n{{{{ super() }}}}\n{{% endblock %}}\n'
SHEET = '@import "default/style.css";\n#seen {{ order: {} }}\n'
TOUCHED = "content/2022-01-15-a14.md"
STEPS = 10
# What may be more at the end than after the first stretch: caches of fixed size fill up meanwhile.
LIMITS = {
    "server, MB": (1.10, 8.0),
    "server, open files": (1.0, 6.0),
    "server, processes": (1.0, 1.0),
    "heap, MB": (1.15, 1.0),
    "nodes": (1.10, 100.0),
    "listeners": (1.10, 10.0),
    "documents": (1.0, 4.0),
}


def article(number: int, text: str, minute: int = 0) -> str:
    """A post of one day of January."""
    day = f"2022-01-{1 + number % 28:02}"
    return (
        f'---\ntitle: "第{number}条"\ndate: {day} 08:{minute:02}:00 +0800\ncategories: c{number % 5}\n'
        f"tags: t{number % 20}\n---\n<p>{text}</p>\n" + "<p>正文一段，说明情况。</p>\n" * 20
    )


def make_site(folder: Path) -> None:
    """Write the site that is edited."""
    for number in range(ARTICLES):
        save(folder, f"content/2022-01-{1 + number % 28:02}-a{number}.md", article(number, ""))
    save(folder, "templates/article.html", TEMPLATE.format(""))
    save(folder, "assets/style.css", SHEET.format(0))
    save(folder, "backfile.toml", CONFIG.format(""))


def save(folder: Path, name: str, text: str) -> None:
    """Write a file as an editor does."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def edits(folder: Path, count: int) -> Iterator[tuple[int, str]]:
    """Save something, and give its number and what the article's page then fulfils (JavaScript)."""
    shown = "document.querySelector('main').textContent.includes('{}')"
    for number in range(count):
        token = f"〔{number}〕"
        kind = number % 20
        condition = shown.format(token)
        if kind == 5:
            save(folder, "templates/article.html", TEMPLATE.format(token))
        elif kind == 10:
            save(folder, "assets/style.css", SHEET.format(number))
            condition = f"getComputedStyle(document.querySelector('#seen')).order === '{number}'"
        elif kind == 15:
            save(folder, "backfile.toml", CONFIG.format(token))
            condition = (
                f"document.querySelector('meta[name=description]') !== null && ({number} > 0)"
            )
        elif kind == 18:
            save(folder, "templates/article.html", "{% broken")
            condition = "document.querySelector('backfile-preview') !== null"
        elif kind == 19:
            save(folder, "templates/article.html", TEMPLATE.format(token))
            condition += " && document.querySelector('backfile-preview') === null"
        else:
            minute = number // 20 % 60 if kind == 8 else 0
            save(folder, TOUCHED, article(14, token, minute))
        yield number, condition


def measure(preview: Preview, tabs: list[Any]) -> dict[str, float]:
    """What the server and the browser hold now."""
    processes = tree(preview.process)
    memory, files = 0.0, 0
    for process in processes:
        home = Path("/proc", str(process))
        try:
            memory += int(re.findall(r"Pss:\s+(\d+)", (home / "smaps_rollup").read_text())[0])
            files += len(list((home / "fd").iterdir()))
        except (OSError, IndexError):
            continue  # it has just ended
    found = {
        "server, MB": memory / 1024,
        "server, open files": float(files),
        "server, processes": float(len(processes)),
    }
    metrics: dict[str, float] = {}
    for tab in tabs:
        tab.send("HeapProfiler.collectGarbage")
        for metric in tab.send("Performance.getMetrics")["metrics"]:
            metrics[metric["name"]] = metrics.get(metric["name"], 0) + metric["value"]
    return found | {
        "heap, MB": metrics["JSHeapUsedSize"] / 1024 / 1024,
        "nodes": metrics["Nodes"],
        "listeners": metrics["JSEventListeners"],
        "documents": metrics["Documents"],
    }


def tree(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for thread in Path("/proc", str(process), "task").iterdir():
        for child in (thread / "children").read_text().split():
            found += tree(int(child))
    return found


def soak(folder: Path, count: int) -> list[dict[str, float]]:
    """Edit, and measure after the first stretch and ten times more."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - for this alone

    make_site(folder)
    preview = Preview(folder, "--jobs", "1")
    # Whatever hangs, it ends.
    guard = threading.Timer(90 + 2 * count, preview.kill)
    guard.start()
    measured = []
    stretch = max(1, count // (STEPS + 1))
    try:
        preview.wait_for("built behind")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox"]
            )
            context = browser.new_context()
            pages = [context.new_page(), context.new_page()]
            pages[0].goto(preview.url)
            pages[1].goto(f"{preview.url}c4/2022/01/15/a14.html")
            tabs = [context.new_cdp_session(page) for page in pages]
            for tab in tabs:
                tab.send("Performance.enable")
            for number, condition in edits(folder, count):
                pages[1].wait_for_function(f"() => {condition}", timeout=30_000)
                if number % stretch == stretch - 1:
                    time.sleep(1.5)  # what is built behind is built
                    measured.append({"edits": number + 1.0, **measure(preview, tabs)})
            browser.close()
    finally:
        guard.cancel()
        preview.stop()
    return measured


def grown(measured: list[dict[str, float]]) -> list[str]:
    """What is more at the end than it may be."""
    first, last = measured[0], measured[-1]
    return [
        f"{name}: {first[name]:.1f} → {last[name]:.1f}"
        for name, (share, more) in LIMITS.items()
        if last[name] > first[name] * share + more
    ]


def table(measured: list[dict[str, float]]) -> str:
    """The measurements as Markdown."""
    names = list(measured[0])
    lines = ["| " + " | ".join(names) + " |", "|" + " ---: |" * len(names)]
    lines += [
        "| "
        + " | ".join(f"{row[name]:.1f}" if "MB" in name else f"{row[name]:,.0f}" for name in names)
        + " |"
        for row in measured
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run it; exits with 1 where something grew."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--edits", type=int, default=2000)
    options = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        measured = soak(Path(folder), options.edits)
    text = (
        f"A preview of {ARTICLES} articles, edited {options.edits:,} times in"
        f" {(time.perf_counter() - start) / 60:.0f} minutes with two tabs of Chromium attached,"
        f" Python {platform.python_version()}.\n\n{table(measured)}"
    )
    print(text)
    if options.edits >= 500:
        out = HERE / "results"
        out.mkdir(exist_ok=True)
        (out / "soak.md").write_text(text, "utf-8")
        (out / "soak.json").write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    if faults := grown(measured):
        print("grew:", *faults, sep="\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
