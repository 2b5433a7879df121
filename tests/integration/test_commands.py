"""The commands as people run them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import post

BROKEN = (
    '---\ntitle: "他说"好""\ndate: 2022-01-01 10:00:00 +0800\ncategories: @x\n---\n<p>正文</p>\n'
)


def run(*arguments, folder, code=0, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1654041600", **environment},
    )  # fmt: skip
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


def test_a_new_site_builds_at_once(tmp_path):
    run("init", "mysite", "--title", "档案", folder=tmp_path)
    done = run("build", folder=tmp_path / "mysite")
    assert "1 of 1 article published" in done.stdout
    assert "档案" in (tmp_path / "mysite/output/index.html").read_text("utf-8")


def test_a_site_is_never_started_twice(tmp_path):
    run("init", folder=tmp_path)
    done = run("init", folder=tmp_path, code=2)
    assert "there is a site here already" in done.stderr


def test_a_new_article_is_a_draft_with_its_date_in_the_sites_zone(tmp_path):
    run("init", folder=tmp_path)
    run("new", "新文章：一", "-c", "news", folder=tmp_path)
    path = tmp_path / "content/posts/2022-06-01-新文章-一.md"
    assert path.read_text("utf-8") == (
        "---\ntitle: 新文章：一\ndate: 2022-06-01 08:00:00 +0800\ndraft: true\ncategories: news\n---\n"
    )
    assert "1 draft" in run("build", folder=tmp_path).stdout
    assert "there is such an article" in run("new", "新文章：一", folder=tmp_path, code=2).stderr


def test_check_shows_repairs_with_place_before_and_after_and_writes_nothing(tmp_path):
    path = tmp_path / "content/2022-01-01-a.md"
    path.parent.mkdir()
    path.write_text(BROKEN, "utf-8")
    done = run("check", folder=tmp_path)
    assert "content/2022-01-01-a.md:2:1: warning[front-matter/unescaped-quote]" in done.stdout
    assert '    - title: "他说"好""' in done.stdout
    assert '    + title: "他说\\"好\\""' in done.stdout
    assert path.read_text("utf-8") == BROKEN
    run("check", "--strict", folder=tmp_path, code=1)


def test_check_fix_writes_repairs_back_keeps_the_original_and_is_done_then(tmp_path):
    path = tmp_path / "content/2022-01-01-a.md"
    path.parent.mkdir()
    path.write_text(BROKEN, "utf-8")
    good = tmp_path / "content/good.md"
    good.write_text(post(), "utf-8")
    assert "1 file repaired" in run("check", "--fix", folder=tmp_path).stdout
    assert path.read_text("utf-8") == (
        '---\ntitle: "他说\\"好\\""\ndate: 2022-01-01 10:00:00 +0800\ncategories: "@x"\n---\n<p>正文</p>\n'
    )
    assert path.with_name("2022-01-01-a.md.orig").read_text("utf-8") == BROKEN
    assert good.read_text("utf-8") == post()
    assert "0 files repaired" in run("check", "--fix", folder=tmp_path).stdout
    run("check", "--strict", folder=tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        "---\ntitle: 国标\ndate: 2022-01-01\n---\n我们的文章在这里。".encode("gb18030"),
        b"\xef\xbb\xbf---\r\ntitle: a\r\ndate: 2022-01-01\r\n---\r\nx\r\n",
        b"---\ntitle: a\ndate: 2022-01-01\n<p>x</p>\n",
        b"---\ntitle: a\ntitle: b\ndate: 2022-01-01\n---\nx\n",
        b'+++\ntitle = "a "b""\ndate = 2022-01-01\n+++\nx\n',
        b"\n\n---\ntitle: a\ndate: 2022-01-01\n---\nx\n",
        b"---\ntitle: a\x00b\ndate: 2022-01-01\n---\nx\n",
    ],
)
def test_a_fixed_file_reads_the_same_and_needs_no_repair(tmp_path, data):
    path = tmp_path / "content/2022-01-01-a.md"
    path.parent.mkdir()
    path.write_bytes(data)
    before = run("list", folder=tmp_path).stdout
    run("check", "--fix", folder=tmp_path)
    assert run("list", folder=tmp_path).stdout == before
    assert json.loads(run("check", "--json", folder=tmp_path).stdout)["diagnostics"]["warning"] == 0


def test_in_a_git_repository_no_copy_is_kept(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    path = tmp_path / "content/2022-01-01-a.md"
    path.parent.mkdir()
    path.write_text(BROKEN, "utf-8")
    run("check", "--fix", folder=tmp_path)
    assert sorted(p.name for p in path.parent.iterdir()) == ["2022-01-01-a.md"]


def test_list_shows_every_input_with_its_fate_and_address(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/2022-01-01-a.md").write_text(post("甲"), "utf-8")
    (tmp_path / "content/empty.md").write_text("", "utf-8")
    lines = run("list", folder=tmp_path).stdout.splitlines()
    assert lines == [
        "2022-02-21  published    content/2022-01-01-a.md  /2022/02/21/a.html  甲",
        "-           quarantined  content/empty.md  -  ",
    ]
    entries = json.loads(run("list", "--json", folder=tmp_path).stdout)
    assert [entry["fate"] for entry in entries] == ["published", "quarantined"]


def test_clean_takes_the_site_away_and_nothing_else(tmp_path):
    run("init", folder=tmp_path)
    run("build", folder=tmp_path)
    (tmp_path / "output/CNAME").write_text("x")
    run("clean", folder=tmp_path)
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["CNAME"]
    assert not (tmp_path / ".backfile").exists()
    assert (tmp_path / "content/posts").exists()


def test_import_turns_captures_into_articles(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "000_a.txt").write_text(
        '---\nlayout: post\ntitle: "向南迈大步"\ndate: 2022-02-21 07:29:31 +0800\ncategories: gannanribao\ntags: 赣南日报新闻\n---\n'
        "<p>正文</p>\n\n<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202202212282371475>\n",
        "utf-8",
    )
    run("import", "seeds", folder=tmp_path)
    run("build", folder=tmp_path)
    assert (tmp_path / "output/gannanribao/2022/02/21/NW202202212282371475.html").exists()


def test_json_is_one_object_with_every_number(tmp_path):
    run("init", folder=tmp_path)
    data = json.loads(run("build", "--json", folder=tmp_path).stdout)
    assert set(data) >= {
        "inputs", "published", "repaired", "duplicates", "drafts", "future", "expired", "quarantined", "pages",
        "files_written", "files_unchanged", "files_pruned", "seconds", "peak_rss_bytes", "diagnostics",
    }  # fmt: skip
    assert set(data["diagnostics"]) == {"error", "warning", "info"}


def test_an_error_is_json_where_json_is_asked_for(tmp_path):
    (tmp_path / "backfile.toml").write_text("[stie]\n")
    error = json.loads(run("build", "--json", folder=tmp_path, code=3).stdout)["error"]
    assert (error["code"], error["path"], error["line"]) == ("config/invalid", "backfile.toml", 1)


def test_profile_shows_what_each_stage_cost(tmp_path):
    run("init", folder=tmp_path)
    done = run("build", "--profile", folder=tmp_path)
    for stage in ("scan", "plan", "render", "lists", "publish", "memory"):
        assert f"\n  {stage} " in done.stdout


def test_output_that_is_not_a_terminal_has_no_colours(tmp_path):
    run("init", folder=tmp_path)
    done = run("build", folder=tmp_path, FORCE_COLOR="", TERM="xterm-256color")
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments", [["build", "--clock", "yesterday"], ["build", "--jobs", "0"], ["bulid"]]
)
def test_a_slip_of_the_keyboard_is_explained(tmp_path, arguments):
    assert run(*arguments, folder=tmp_path, code=2).stderr


def test_help_names_every_option():
    done = run("build", "--help", folder=Path())
    for option in ("--source", "--destination", "--base-url", "--drafts", "--future", "--expired", "--clock",
                   "--strict", "--jobs", "--json", "--profile"):  # fmt: skip
        assert option in done.stdout
