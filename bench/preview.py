"""From a save to the changed page in a real browser, in a preview of a made archive.

    python bench/preview.py [--size 10000] [--edits 30] [--pause 1.0] [--large]

Needs the archive maker in the shared folder (`../shared`, or $BACKFILE_SHARED) and a Chromium on
the path. Writes `bench/results/preview.md` and `preview.json`. Times of edits run from before a file is
opened for writing to the change of the page, on one clock of the machine. The pause between edits is
shorter than the build that follows each, so most edits meet one that is running. Search is timed on
its page: until an article is found by a word that was saved in it. `--large` adds an archive of
100,000 articles, which takes some minutes and 2 GB on the disk.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus import make_archive
from previewing import Preview, find_chromium

HERE = Path(__file__).parent
TEMPLATE = """\
{%% extends "default/article.html" %%}
{%% block main %%}
<p>%s</p>
{{ super() }}
{%% endblock %%}
"""
NOW = "performance.timeOrigin + performance.now()"  # milliseconds since 1970
AWAIT_TEXT = f"""token => {{
  window.seen = new Promise(resolve => {{
    const observer = new MutationObserver(() => {{
      if (!document.querySelector("main").textContent.includes(token)) return;
      observer.disconnect();
      resolve({NOW});
    }});
    observer.observe(document, {{ subtree: true, childList: true, characterData: true }});
  }});
}}"""
# The query is typed before the word is saved, and what the last one found is gone by then: the page
# asks again by itself when the index changes.
AWAIT_FOUND = f"""async token => {{
  const pause = () => new Promise(resolve => setTimeout(resolve, 5));
  const isFound = () => [...document.querySelectorAll("main a")].some(link => link.pathname === "/bench.html");
  const field = document.querySelector("[data-search-page] input[type=search]");
  field.value = token;
  field.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
  while (isFound()) await pause();
  window.seen = (async () => {{
    while (!isFound()) await pause();
    return {NOW};
  }})();
}}"""
LARGE = 100_000


def make_site(folder: Path, size: int) -> Path:
    """Make an archive of `size` posts; gives the one in their middle, which lives at /bench.html."""
    make_archive(folder, size)
    (folder / "backfile.toml").write_text('[site]\ntitle = "Archive"\n', "utf-8")
    (folder / "templates").mkdir()
    posts = sorted((folder / "_posts").iterdir())
    post = posts[size // 2]
    text = post.read_text("utf-8").replace("---\n", "---\npermalink: /bench.html\n", 1)
    post.write_text(text, "utf-8")
    return post


def time_edits(
    page: Any, edits: int, pause: float, await_it: str, save: Callable[[str], None]
) -> list[float]:
    """Milliseconds from each save until the page shows it."""
    times = []
    for number in range(edits):
        # Nothing like the others: search is lenient.
        token = hashlib.blake2b(f"{number} {time.time_ns()}".encode(), digest_size=6).hexdigest()
        page.evaluate(await_it, token)
        start = time.time()
        save(token)
        times.append(page.evaluate("window.seen") - 1000 * start)
        time.sleep(pause)
    return times


def bench(site: Path, post: Path, edits: int, pause: float) -> tuple[dict[str, list[float]], float]:
    """All cases, name → milliseconds of each start or edit; and the server's memory in MB."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - for this alone

    text = post.read_text("utf-8")
    template = site / "templates" / "article.html"

    def save_article(token: str) -> None:
        post.write_text(f"{text}\n<p>{token}</p>\n", "utf-8")

    def save_template(token: str) -> None:
        template.write_text(TEMPLATE % token, "utf-8")

    cold = Preview(site)
    cold.wait_for("built behind")
    cold.stop()
    warm = Preview(site)
    results = {
        "front page after the command, never built": [1000 * cold.seconds],
        "any page after the command, never built": [1000 * cold.seconds_to_read],
        "front page after the command, built before": [1000 * warm.seconds],
        "any page after the command, built before": [1000 * warm.seconds_to_read],
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{warm.url}bench.html")
        page.wait_for_timeout(3000)
        results["article edited"] = time_edits(page, edits, pause, AWAIT_TEXT, save_article)
        results["template edited"] = time_edits(page, edits, pause, AWAIT_TEXT, save_template)
        page.goto(f"{warm.url}search/")
        page.wait_for_selector("[data-search-page] input[type=search]")
        results["search, article edited"] = time_edits(
            page, edits, pause, AWAIT_FOUND, save_article
        )
        browser.close()
    memory = warm.memory()
    warm.stop()
    return results, memory


def table(results: dict[str, list[float]]) -> str:
    """The results as Markdown."""
    lines = ["| from | times | median ms | worst ms |", "| --- | ---: | ---: | ---: |"]
    lines += [
        f"| {name} | {len(times)} | {statistics.median(times):.0f} | {max(times):.0f} |"
        for name, times in results.items()
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the benchmark and write its results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    texts, found = [], {}
    for size in (options.size, LARGE) if options.large else (options.size,):
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder)
            post = make_site(site, size)
            results, memory = bench(site, post, options.edits, options.pause)
        texts.append(
            f"A preview of {size:,} made articles, edited every {options.pause:g} s, in Chromium"
            f" on {os.cpu_count()} cores, Python {platform.python_version()}; the server takes"
            f" {memory:.0f} MB.\n\n{table(results)}"
        )
        found[str(size)] = results
    text = "\n".join(texts)
    out = HERE / "results"
    out.mkdir(exist_ok=True)
    (out / "preview.md").write_text(text, "utf-8")
    (out / "preview.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
