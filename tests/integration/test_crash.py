"""A build that is killed at any moment leaves a whole site, and the next one completes it."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from building import SiteBuilder, post, read_tree, without_search
from selectolax.lexbor import LexborHTMLParser

MEMORY = Path("/dev/shm")
MOMENTS = int(os.environ.get("BACKFILE_CRASHES", "20"))


def command(site, *arguments):
    return [sys.executable, "-m", "generator", "build", "-s", str(site.root), "-b", "https://archive.example",
            "--clock", "2022-06-01", *arguments]  # fmt: skip


def article(number, text):
    return post(f"标题{number}{text}", date=f"2022-0{number % 5 + 1}-1{number % 9}", body=f"<p>{text}</p>" * 20,
                categories=f"c{number % 4}", tags="t")  # fmt: skip


@pytest.fixture
def big():
    """A site in memory that takes a second to build."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        site = SiteBuilder(Path(folder) / "site")
        site.write({f"content/{number}.md": article(number, "旧") for number in range(150)})
        site.write({"static/i.png": "png"})
        yield site


ASSETS = "link[rel=stylesheet], link[rel~=icon], link[rel=preload], link[rel=modulepreload], script[src], img[src]"  # fmt: skip


def check_whole(site):
    """Every page is whole and every asset it names is there."""
    for path in site.output.rglob("*.html"):
        if ".backfile" not in path.parts:
            check_page(site, path)


def check_page(site, path):
    """The same of one page, which a build may replace meanwhile: then the new one is looked at."""
    while True:
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            return
        fault = find_fault(site, path, text)
        if not fault:
            return
        if path.exists() and path.read_text("utf-8") == text:
            pytest.fail(f"{path}: {fault}")


def find_fault(site, path, text):
    if not text.rstrip().endswith("</html>"):
        return "it is not whole"
    page = LexborHTMLParser(text)
    if page.css_first("main") is None:
        return "it has no main part"
    for node in page.css(ASSETS):
        target = node.attributes.get("href") or node.attributes.get("src")
        place = path.parent / re.sub(r"[?#].*", "", target)
        if target.startswith("/"):
            place = site.output / target[1:]
        if not target.startswith(("data:", "http:", "https:")) and not place.exists():
            return f"{target} is missing"
    return ""


def test_a_reader_never_meets_half_a_site(big):
    site = big
    subprocess.run(command(site), check=True, capture_output=True)
    looks = 0
    for step in range(3):
        site.write({f"content/{n}.md": article(n, f"新{step}") for n in range(0, 150, 3)})
        site.write({"assets/extra.css": f"a{{order:{step}}}"})
        (site.root / f"content/{step}.md").unlink()
        process = subprocess.Popen(
            command(site, "-j1"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while process.poll() is None:
            check_whole(site)
            looks += 1
        assert process.returncode == 0
    check_whole(site)
    assert looks >= 3


def test_after_a_kill_at_any_moment_the_next_build_completes_the_site(big, tmp_path):
    site = big
    moments = random.Random(4)
    subprocess.run(command(site), check=True, capture_output=True)
    start = time.monotonic()
    site.write({"content/0.md": article(0, "计时"), "assets/extra.css": "a{}"})
    subprocess.run(command(site), check=True, capture_output=True)
    span = time.monotonic() - start
    killed = 0
    for step in range(MOMENTS):
        changed = moments.sample(range(150), 40)
        site.write({f"content/{number}.md": article(number, f"新{step}") for number in changed})
        site.write(
            {"templates/article.html": f'{{% extends "default/article.html" %}}{{# {step} #}}\n'}
        )
        site.write({"assets/extra.css": f"a{{order:{step}}}"})
        (site.root / f"content/{changed[0]}.md").unlink()
        jobs = f"-j{1 + step % 2}"
        process = subprocess.Popen(
            command(site, jobs),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(0.1, max(span, 0.2)))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        else:  # the machine has become faster since the build that was timed
            span *= 0.8
        process.wait()
        check_whole(site)
        site.write({f"content/{changed[0]}.md": article(changed[0], "又")})
        subprocess.run(command(site, jobs), check=True, capture_output=True)
        check_whole(site)
        if step % 5 == 4:
            clean = tmp_path / f"clean{step}"
            subprocess.run(command(site, "-d", str(clean)), check=True, capture_output=True)
            assert without_search(site.tree()) == without_search(read_tree(clean))
    assert killed > MOMENTS // 4


KILLED = """\
import os, signal, sys
left = int(sys.argv.pop(1))
def watch(event, arguments):
    global left
    if event == "open":
        path, _, flags = arguments
        if not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            return
    elif event not in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect/handle"):
        return
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
from generator.cli import main
sys.argv = ["backfile", "build", *sys.argv[1:]]
main()
"""


def test_a_build_of_one_edit_that_is_killed_at_a_write_is_completed_by_the_next(big, tmp_path):
    site = big
    clock = datetime(2022, 6, 1, tzinfo=UTC)
    site.build({"backfile.toml": "[search]\nlunr_json = false\n"}, clock=clock)
    # Every write of such a build, or some twelve of them.
    step = 1 if MOMENTS > 50 else 5
    killed = 0
    while True:
        text = article(killed % 5, "旧") + f"<p>改{killed}</p>\n"
        site.write({f"content/{killed % 5}.md": text})
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(1 + step * killed), *command(site, "--json")[4:]],
            check=False,
            capture_output=True,
        )
        if done.returncode == 0:
            break
        killed += 1
        check_whole(site)
        site.build(clock=clock)
        if killed % 4 == 0:
            clean = tmp_path / f"clean{killed}"
            site.build(clock=clock, output=clean)
            assert without_search(site.tree()) == without_search(read_tree(clean))
    assert killed > 8
    # No build in full, which would have staged the theme's assets: it was killed where it matters.
    assert "assets" not in json.loads(done.stdout)["seconds"]
