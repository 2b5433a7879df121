"""A build on a Dask cluster: a scheduler and two worker processes on this machine.

Everything runs in processes of its own, so that no socket is opened in that of the tests.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import SiteBuilder, post, read_tree

from generator.engine import open_cluster
from generator.errors import UsageError

HERE = Path(__file__).parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), str(HERE)]),
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",  # blame a task for the first death
}
LONGEST = 120  # seconds; nothing here takes a tenth of it


class Cluster:
    """A scheduler with two workers."""

    def __init__(self, folder):
        file = folder / "scheduler.json"
        place = ["--host", "127.0.0.1"]
        self.scheduler = self._start("scheduler", *place, "--port", "0", "--no-dashboard", "--scheduler-file", file)  # fmt: skip
        self.workers = self._start(
            "worker", *place, "--nworkers", "2", "--nthreads", "1", "--no-dashboard",
            "--local-directory", folder / "scratch", "--scheduler-file", file,
        )  # fmt: skip
        deadline = time.monotonic() + LONGEST
        while not file.exists() or not file.read_text():
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]

    def _start(self, command, *options):
        return subprocess.Popen(
            [sys.executable, "-m", "dask", command, *map(str, options)],
            env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def run(self, task, *arguments, folder=HERE):
        """What a task of `cluster_tasks` prints."""
        command = [
            sys.executable,
            HERE / "cluster_tasks.py",
            self.address,
            task,
            folder,
            *map(str, arguments),
        ]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=LONGEST, check=True)  # fmt: skip
        return done.stdout.strip()

    def stop(self):
        """Each with the processes it started."""
        for process in (self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


def build(site, *arguments):
    command = [sys.executable, "-m", "generator", "build", "-s", site.root, "-b", "https://archive.example", "--clock", "2022-06-01"]  # fmt: skip
    return subprocess.run([*command, *arguments], env=ENVIRONMENT, capture_output=True, text=True, timeout=LONGEST, check=False)  # fmt: skip


def article(number):
    return post(f"标题{number}", date=f"2022-0{number % 5 + 1}-1{number % 9}", body=f"<p>第{number}篇</p>" * 9,
                categories=f"c{number % 4}", tags="t")  # fmt: skip


def test_a_cluster_builds_the_bytes_that_one_process_builds(cluster, site, tmp_path):
    files = {f"content/{number}.md": article(number) for number in range(350)}
    site.write(files)
    done = build(site, "--engine", "dask", "--scheduler", cluster.address)
    assert (done.returncode, done.stderr) == (0, "")
    alone = SiteBuilder(tmp_path / "alone")
    alone.write(files)
    assert build(alone, "-j1").returncode == 0
    assert read_tree(site.output) == read_tree(alone.output)
    # And what changed, with a theme that renders everything anew.
    changes = {
        "content/7.md": article(8),
        "templates/article.html": '{% extends "default/article.html" %}\n',
    }
    site.write(changes)
    alone.write(changes)
    done = build(site, "--engine", "dask", "--scheduler", cluster.address)
    assert (done.returncode, done.stderr) == (0, "")
    assert build(alone, "-j1").returncode == 0
    assert read_tree(site.output) == read_tree(alone.output)


def test_a_worker_that_dies_costs_the_item_it_died_of(cluster):
    results = ["lost 13" if item == 13 else 2 * item for item in range(20)]
    assert cluster.run("die") == str(results)
    assert cluster.run("double") == str([2 * item for item in range(20)])


def test_a_folder_that_workers_do_not_see_stops_the_build(cluster):
    assert cluster.run("double", folder="/nowhere") == "engine/other-worker"


def test_a_scheduler_that_dies_stops_the_build_with_one_error(tmp_path):
    cluster = Cluster(tmp_path)
    try:
        assert cluster.run("kill", cluster.scheduler.pid) == "engine/scheduler-lost"
    finally:
        cluster.stop()


def test_a_scheduler_that_does_not_answer_leaves_the_old_site(site):
    site.build({"content/a.md": article(1)})
    before = site.tree()
    site.write({"content/b.md": article(2)})
    done = build(site, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "error[engine/no-scheduler] the Dask scheduler at tcp://127.0.0.1:1"
    )
    assert len(done.stderr.splitlines()) == 2, "the error and the advice"
    assert site.tree() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--engine", "dask"], "`--engine dask` and `--scheduler` need one another"),
        (["--scheduler", "tcp://127.0.0.1:1"], "`--engine dask` and `--scheduler` need"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "-j2"], "processes on this"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(site, options, message):
    done = build(site, *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_missing_package_says_how_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="not installed") as caught:
        open_cluster("tcp://127.0.0.1:1", tmp_path)
    assert 'pip install "backfile[dask]"' in caught.value.hint
