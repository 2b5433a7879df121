"""The archives that benchmarks build, each in the form that the generator reads."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).parent
_POST = re.compile(
    r'---\nlayout: post\ntitle: "(?P<title>.*)"\ndate: (?P<date>.*)\ncategories: (?P<category>.*)\n'
    r"tags: (?P<tags>.*)\n---\n(?P<body>.*)",
    re.DOTALL,
)


def shared_folder() -> Path:
    """Where the archive maker is. Raises SystemExit where it is not."""
    folder = Path(os.environ.get("BACKFILE_SHARED", HERE.parent.parent / "shared"))
    if not (folder / "bench" / "make_corpus.py").is_file():
        raise SystemExit(f"no archive maker in {folder}: set BACKFILE_SHARED")
    return folder


def make_archive(folder: Path, size: int) -> Path:
    """Make an archive of `size` Jekyll posts, as Backfile and Hugo read them."""
    bench = shared_folder() / "bench"
    subprocess.run(
        [sys.executable, bench / "make_corpus.py", "--n", str(size), "--out", folder, "--seed", "1",
         "--categories", "300", "--source", bench / "source-zh.txt.gz"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return folder


def write_pelican(archive: Path, folder: Path) -> Path:
    """The same posts with Pelican's header lines."""
    shutil.copytree(HERE / "pelican", folder)
    (folder / "content").mkdir()
    for path in sorted((archive / "_posts").glob("*.md")):
        post = _read(path)
        head = f"Title: {post['title']}\nDate: {post['date']}\nCategory: {post['category']}\nTags: {post['tags']}\n"
        head += f"Slug: {path.stem[11:]}\n"
        (folder / "content" / path.name).write_text(f"{head}\n{post['body']}", "utf-8")
    return folder


def write_eleventy(archive: Path, folder: Path) -> Path:
    """The same posts for Eleventy, which makes collections of `tags` and wants dates with a `T`."""
    shutil.copytree(HERE / "eleventy", folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(HERE / "eleventy" / "node_modules")
    (folder / "posts").mkdir()
    for path in sorted((archive / "_posts").glob("*.md")):
        post = _read(path)
        day, clock, zone = post["date"].split()
        date = f"{day}T{clock}{zone[:3]}:{zone[3:]}"
        file = f"{day.replace('-', '/')}/{path.stem[11:]}.html"
        head = f'layout: post.njk\ntitle: "{post["title"]}"\ndate: {date}\ncategory: "{post["category"]}"\n'
        head += f'labels: ["{post["tags"]}"]\npermalink: "{file}"\n'
        (folder / "posts" / path.name).write_text(f"---\n{head}---\n{post['body']}", "utf-8")
    return folder


def unpack_lctt(folder: Path) -> Path:
    """The 2,800 articles of LCTT, Markdown throughout."""
    with tarfile.open(shared_folder() / "corpora" / "lctt-2013-2017.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    return folder / "lctt-2013-2017"


def _read(path: Path) -> dict[str, str]:
    match = _POST.fullmatch(path.read_text("utf-8"))
    if match is None:
        raise SystemExit(f"not a post of the archive maker: {path}")
    return match.groupdict()
