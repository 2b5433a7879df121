"""A worker that dies costs the article that killed it, and nobody waits for two builds at once."""

import subprocess
import sys
import threading
from concurrent.futures import BrokenExecutor, Executor, Future

import pytest
from building import SiteBuilder, post, read_tree

from generator.engine import Engine
from generator.errors import OutputError
from generator.model.site import PlannedArticle
from generator.publish import lock_output


class Mortal(Executor):
    """Dies of tasks that render the article at `content/bad.md`, and of every task after."""

    def __init__(self):
        self.is_dead = False

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        items = args[-1] if isinstance(args[-1], list | tuple) else ()
        self.is_dead = self.is_dead or any(
            isinstance(item, PlannedArticle) and item.article.path == "content/bad.md"
            for item in items
        )
        if self.is_dead:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_an_article_that_kills_workers_is_quarantined_and_the_rest_is_built(
    site, monkeypatch, tmp_path
):
    files = {f"content/{number:03}.md": post(f"标题{number}") for number in range(150)}
    monkeypatch.setattr("generator.build.full.open_engine", lambda *_: Engine(Mortal, width=2))
    report = site.build({**files, "content/bad.md": post("坏")})
    assert (report.published, report.quarantined) == (150, 1)
    assert [f.path for f in report.findings if f.code == "article/unrenderable"] == [
        "content/bad.md"
    ]
    assert "bad" not in " ".join(site.tree())
    monkeypatch.undo()
    without = SiteBuilder(tmp_path / "without")
    without.build(files)
    assert site.tree() == without.tree()
    assert site.build().published == 151, "the next build tries again"


def test_a_second_build_is_refused_with_the_holders_process_number(site):
    site.build({"content/a.md": post("甲")})
    with lock_output(site.output), pytest.raises(OutputError, match=r"\(process \d+\)"):
        site.build({"content/b.md": post("乙")})


def test_two_builds_at_once_leave_the_site_of_a_clean_build(site, tmp_path):
    site.write({f"content/{number}.md": post(f"标题{number}") for number in range(60)})
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "-s",
        str(site.root),
        "-j1",
        "--clock",
        "2022-06-01",
    ]
    codes = []

    def run():
        codes.append(subprocess.run(command, check=False, capture_output=True).returncode)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) in ([0, 0], [0, 6])
    subprocess.run([*command, "-d", str(tmp_path / "clean")], check=True, capture_output=True)
    assert site.tree() == read_tree(tmp_path / "clean")
