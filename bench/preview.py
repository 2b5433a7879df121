"""From a save to the changed page in a real browser, in a preview of a made archive.

    python bench/preview.py [--size 10000] [--edits 30] [--pause 1.0]

Needs the archive maker in the shared folder (`../shared`, or $BACKFILE_SHARED) and a Chromium on
the path. Writes `bench/results/preview.md` and `preview.json`. Times of edits run from before a file is
opened for writing to the change of the page, on one clock of the machine. The pause between edits is
shorter than the build that follows each, so most edits meet one that is running.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import queue
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from corpus import make_archive

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
AWAIT_INDEX = f"""() => {{
  window.seen = new Promise(resolve => document.addEventListener(
    "backfile-index", () => resolve({NOW}), {{ once: true }}));
}}"""
PATIENCE = 300.0  # seconds for a first build of everything, on a busy machine


class Preview:
    """`backfile serve` on a site.

    `seconds` and `seconds_to_read`: from its start until its front page was there, and any page.
    """

    def __init__(self, site: Path) -> None:
        """Start it."""
        start = time.perf_counter()
        command = [sys.executable, "-u", "-m", "generator", "serve", "--port", "0", "--source"]
        self._process = subprocess.Popen([*command, site], stdout=subprocess.PIPE, text=True)
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
        self.url = self.wait_for(r"preview: (\S+)")[1]
        while not self._is_there():
            time.sleep(0.005)
        self.seconds = time.perf_counter() - start
        self.wait_for(r".* articles read")
        self.seconds_to_read = time.perf_counter() - start

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self._said.put(line)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Give the next line of the terminal that matches. Raises queue.Empty where none comes."""
        while True:
            if found := re.match(pattern, self._said.get(timeout=PATIENCE)):
                return found

    def _is_there(self) -> bool:
        """Whether the front page is the site's own, not one that asks to wait."""
        try:
            with urllib.request.urlopen(self.url) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except urllib.error.HTTPError:
            return False

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


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
        token = f"〔{number}, {time.time_ns()}〕"
        page.evaluate(await_it, token)
        start = time.time()
        save(token)
        times.append(page.evaluate("window.seen") - 1000 * start)
        time.sleep(pause)
    return times


def bench(site: Path, post: Path, edits: int, pause: float) -> dict[str, list[float]]:
    """All cases: name → milliseconds of each start or edit."""
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
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{warm.url}bench.html")
        page.wait_for_timeout(3000)
        results["article edited"] = time_edits(page, edits, pause, AWAIT_TEXT, save_article)
        warm.wait_for("built behind")
        results["search, article edited"] = time_edits(page, 5, pause, AWAIT_INDEX, save_article)
        results["template edited"] = time_edits(page, edits, pause, AWAIT_TEXT, save_template)
        browser.close()
    warm.stop()
    return results


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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        post = make_site(site, options.size)
        results = bench(site, post, options.edits, options.pause)
    text = (
        f"A preview of {options.size:,} made articles, edited every {options.pause:g} s, in Chromium"
        f" on {os.cpu_count()} cores, Python {platform.python_version()}.\n\n{table(results)}"
    )
    out = HERE / "results"
    out.mkdir(exist_ok=True)
    (out / "preview.md").write_text(text, "utf-8")
    (out / "preview.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
