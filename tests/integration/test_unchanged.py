"""A build with nothing to do writes nothing; what the last build left is trusted only where it may be."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from building import post

from generator.errors import OutputError

WATCHED = """\
import os, sys
writes = []
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            writes.append(str(path))
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.truncate", "os.link"):
        writes.append(f"{event} {arguments[0]}")
sys.addaudithook(watch)
from generator.cli import main
sys.argv = ["backfile", "build", *sys.argv[1:]]
main()
print(writes, file=sys.stderr)
"""


def age(root: Path) -> None:
    """Make a site's files older than the steps of a file system's clock, but for their inodes."""
    for path in root.rglob("*"):
        if path.is_file() and ".backfile" not in path.parts:
            os.utime(path, (1_600_000_000, 1_600_000_000))


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture
def built(site):
    """A site that was built and whose state has seen that its files stand still."""
    site.build({
        "content/2022-02-21-a.md": post("甲", categories="x"),
        "content/2022-02-22-b.md": post("乙", date="2022-02-22", categories="x", tags="t"),
        "static/i.png": "png",
    })  # fmt: skip
    return site


def pretend_old(site, monkeypatch):
    """Let the file system's clock have moved on by ten seconds since the files were written."""
    import time

    now = time.time_ns()
    monkeypatch.setattr("time.time_ns", lambda: now + 10_000_000_000)


def test_a_build_with_nothing_to_do_opens_no_file_for_writing(built, monkeypatch):
    pretend_old(built, monkeypatch)
    built.build()
    built.build()
    command = [sys.executable, "-c", WATCHED, "-s", str(built.root), "-b", "https://archive.example", "--clock", "2022-06-01T12:00:00Z"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)  # writes its report
    before = times(built.root)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stderr.strip() == "[]"
    assert times(built.root) == before


def test_a_build_with_nothing_to_do_loads_neither_templates_nor_parsers(built, monkeypatch):
    pretend_old(built, monkeypatch)
    built.build()
    code = (
        "import sys; from generator.cli import main\n"
        f"sys.argv = ['backfile', 'build', '-s', {str(built.root)!r}, '-b', 'https://archive.example', '--clock', '2022-06-01T12:00:00Z']\n"
        "main(); print(sorted({'jinja2', 'markdown', 'nh3', 'yaml', 'rich', 'multiprocessing'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stderr.strip() == "[]"


def test_the_report_of_an_unchanged_site_is_that_of_the_last_build(built, monkeypatch):
    pretend_old(built, monkeypatch)
    first = built.build()
    second = built.build()
    assert second.is_unchanged
    assert (second.outcomes, second.findings) == (first.outcomes, first.findings)
    assert (second.files_written, second.files_unchanged) == (0, first.files_unchanged)


def test_a_changed_text_renders_its_page_and_the_lists_that_show_it_alone(site):
    site.build(
        {
            f"content/2022-02-{day}-a.md": post(f"第{day}", date=f"2022-02-{day}", categories=f"c{day % 2}")
            for day in range(10, 20)
        }
    )  # fmt: skip
    before = times(site.output)
    site.build(
        {"content/2022-02-15-a.md": post("第15", date="2022-02-15", categories="c1", body="<p>新的正文。</p>")}
    )  # fmt: skip
    written = {
        path.removeprefix(f"{site.output}/")
        for path, time in times(site.output).items()
        if path.endswith(".html") and before.get(path) != time
    }
    assert written == {
        "c1/2022/02/15/a.html", "category/c1.html", "index.html", "2022/02/index.html", "2022/02/15/index.html",
    }  # fmt: skip


def test_a_changed_template_renders_the_pages_that_use_it_alone(site, monkeypatch):
    rendered = []
    site.build(
        {
            f"content/2022-02-{day}-a.md": post(f"第{day}", date=f"2022-02-{day}")
            for day in range(10, 20)
        }
    )
    monkeypatch.setattr(
        "generator.render.Renderer.render_article", lambda *_, **__: rendered.append(1) or b"x"
    )
    site.build({"templates/dates.html": '{% extends "default/dates.html" %}{# new #}'})
    assert rendered == []
    site.build({"templates/article.html": '{% extends "default/article.html" %}{# new #}'})
    assert len(rendered) == 10


def test_a_touched_file_is_not_rendered(built):
    before = times(built.output)
    os.utime(built.root / "content/2022-02-21-a.md", (1, 1))
    report = built.build()
    assert report.files_written == 0
    assert {
        path: time for path, time in times(built.output).items() if ".backfile" not in path
    } == {path: time for path, time in before.items() if ".backfile" not in path}


@pytest.mark.parametrize("damage", ["", "garbage", "cut", "version", "table"])
def test_a_state_that_cannot_be_read_costs_time_only(built, damage):
    before = built.tree()
    state = built.root / ".backfile" / "state.db"
    if damage == "cut":
        state.write_bytes(state.read_bytes()[:5000])
    elif damage in ("version", "table"):
        with sqlite3.connect(state) as database:
            database.execute(
                "PRAGMA user_version = 99" if damage == "version" else "DROP TABLE pages"
            )
        database.close()
    else:
        state.write_text(damage)
    built.build({"content/2022-02-21-a.md": post("改", categories="x")})
    assert "state/set-aside" in built.codes()
    assert "改" in built.page("x/2022/02/21/a.html")
    assert (state.with_name("state.db.bad")).exists()
    built.build({"content/2022-02-21-a.md": post("甲", categories="x")})
    assert "state/set-aside" not in built.codes()
    assert built.tree() == before


def test_a_state_that_another_program_holds_stops_the_build_and_the_old_site_stands(
    built, monkeypatch
):
    monkeypatch.setattr("generator.state.store._PATIENCE", 0.05)
    before = built.tree()
    holder = sqlite3.connect(built.root / ".backfile" / "state.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(OutputError) as caught:
            built.build({"content/2022-02-21-a.md": post("改")})
    finally:
        holder.close()
    assert caught.value.code == "state/locked"
    assert built.tree() == before


def test_the_state_of_one_output_folder_is_not_trusted_for_another(built, tmp_path):
    report = built.build(output=tmp_path / "elsewhere")
    assert report.files_unchanged == 0
    assert (tmp_path / "elsewhere" / "index.html").read_bytes() == (
        built.output / "index.html"
    ).read_bytes()


def test_an_output_folder_that_was_emptied_is_filled_again(built, monkeypatch):
    import shutil

    pretend_old(built, monkeypatch)
    built.build()
    before = built.tree()
    shutil.rmtree(built.output)
    built.build()
    assert built.tree() == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind root")
def test_an_output_folder_that_cannot_be_written_is_named(built):
    built.output.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot write"):
            built.build({"content/2022-02-21-a.md": post("改")})
    finally:
        built.output.chmod(0o700)


def test_the_record_names_the_output_folder_of_the_last_build(built, tmp_path):
    for output in (built.output, tmp_path / "other", built.output):
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "-s", built.root, "-d", output, "--clock", "2022-06-01"],
            check=True, capture_output=True,
        )  # fmt: skip
        record = json.loads((built.root / ".backfile/report.json").read_text("utf-8"))
        assert record["output"] == str(output)
