"""A whole build, from files to pages."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from building import post, read_tree

from generator.errors import OutputError, SourceError, StrictError, ThemeError


def test_an_article_is_published_at_its_old_address_with_all_its_lists(site):
    site.build(
        {
            "content/2022-02-21-NW1.md": post(
                categories="gannanribao", tags="赣南日报新闻", layout="post"
            )
        }
    )
    files = set(site.tree())
    assert "gannanribao/2022/02/21/NW1.html" in files
    assert files >= {
        "index.html", "404.html", "category/gannanribao.html", "category/index.html",
        "tag/赣南日报新闻.html", "2022/index.html", "2022/02/index.html", "2022/02/21/index.html",
        "date/index.html", "feed.xml", "atom.xml", "feed.json", "sitemap.xml", "robots.txt",
    }  # fmt: skip
    page = site.page("gannanribao/2022/02/21/NW1.html")
    assert "<p>正文。</p>" in page
    assert "赣南日报" in page
    assert (
        '<link rel="canonical" href="https://archive.example/gannanribao/2022/02/21/NW1.html">'
        in page
    )


def test_every_input_has_one_fate(site):
    report = site.build({
        "content/2022-01-01-a.md": post("甲"),
        "content/copy/2022-01-01-a.md": post("甲"),
        "content/d.md": post(draft="true"),
        "content/f.md": post(date="2030-01-01"),
        "content/e.md": post(expires="2022-03-01"),
        "content/empty.md": "",
        "content/picture.md": bytes(range(256)) * 8,
    })  # fmt: skip
    assert (report.inputs, report.published, report.duplicates, report.drafts, report.future, report.expired,
            report.quarantined) == (7, 1, 1, 1, 1, 1, 2)  # fmt: skip


def test_one_bad_article_costs_no_other(site):
    report = site.build({
        "content/good.md": post("好"),
        "content/quotes.md": '---\ntitle: "他说"好""\ndate: 2022-01-01\n---\n正文',
        "content/gb.md": post("国标", body="这是一篇用国标编码保存的文章，我们来看看。").encode("gb18030"),
        "content/cut.md": post("断").encode() + "新".encode()[:2],
        "content/nul.md": post("空\x00字"),
        "content/deep.md": post("深", body=">" * 3000 + " x"),
        "content/unclosed.md": post("未", body="<div><table><tr><td>x"),
    })  # fmt: skip
    assert report.published == 7
    assert report.quarantined == 0
    assert "front-matter/unescaped-quote" in site.codes("content/quotes.md")
    assert "encoding/gb18030" in site.codes("content/gb.md")


def test_old_markup_cannot_run_call_out_or_break_the_page(site):
    site.build({
        "content/2022-01-01-x.md": post(
            "<script>alert(1)</script>",
            body='<p onclick="a()">一<script>document.write("x")</script></p><iframe src="http://v.example/p.html"></iframe>'
            '<img src=x onerror="a()"><a href="javascript:a()">b</a></main></body></html><style>*{display:none}</style>'
            '<p style="display:none">hidden words</p><img src="http://ads.example/1.gif" alt="广告">',
        )
    })  # fmt: skip
    page = (
        site.page("2022/01/01/x.html")
        if (site.output / "2022/01/01/x.html").exists()
        else site.page("2022/02/21/x.html")
    )
    for forbidden in (
        "<script>",
        "onerror",
        "onclick",
        "javascript:",
        "<iframe",
        "hidden words",
        "display:none",
    ):
        assert forbidden not in page
    assert page.count("</main>") == page.count("</body>") == 1
    assert 'src="http' not in page


def test_links_between_articles_work_from_a_usb_stick_and_in_a_subfolder(site):
    site.build(
        {
            "backfile.toml": '[content]\nhosts = ["old.example"]\n',
            "content/2022-02-21-a.md": post("甲", body='<p><a href="http://old.example/x/2022/02/21/b.html#p">乙</a></p>', categories="x"),
            "content/2022-02-21-b.md": post("乙", body="[甲](a.html) [没有](gone.html)", categories="x"),
        },
        base_url="https://host.example/archive",
    )  # fmt: skip
    first, second = site.page("x/2022/02/21/a.html"), site.page("x/2022/02/21/b.html")
    assert 'href="../../../../x/2022/02/21/b.html#a-p"' in first
    assert 'href="../../../../x/2022/02/21/a.html"' in second
    assert "https://host.example/archive/x/2022/02/21/a.html" in first
    assert "link/broken" in site.codes("content/2022-02-21-b.md")
    assert 'href="/archive/' in site.page("404.html")


def test_a_second_build_writes_nothing(site):
    site.build({"content/a.md": post("甲"), "content/b.md": post("乙", date="2022-03-01")})
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*.html")}
    report = site.build()
    assert (report.files_written, report.files_pruned) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*.html")} == before


def test_a_removed_article_is_pruned_with_its_lists(site):
    site.build({"content/2022-02-21-a.md": post("甲", categories="x"), "content/b.md": post("乙")})
    (site.root / "content/2022-02-21-a.md").unlink()
    site.build()
    assert not any("x" in file.split("/")[0] for file in site.tree() if "/" in file)
    assert "category/x.html" not in site.tree()


def test_the_output_depends_on_neither_workers_nor_hash_seed(site, tmp_path):
    site.write({
        f"content/{n:03}.md": post(f"标题{n}", date=f"2022-0{n % 5 + 1}-1{n % 9} 10:00:00", categories=f"c{n % 7}", tags=f"[t{n % 3}, u]")
        for n in range(250)
    })  # fmt: skip
    trees = []
    for jobs, seed in ((1, "0"), (2, "1"), (3, "2")):
        output = tmp_path / f"out{jobs}"
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "-s", site.root, "-d", output, "-j", str(jobs),
             "-b", "https://archive.example", "--clock", "2022-06-01"],
            check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        trees.append(read_tree(output))
    assert trees[0] == trees[1] == trees[2]


def test_a_template_error_names_its_line_and_leaves_the_old_site(site):
    site.build({"content/a.md": post("甲")})
    before = site.tree()
    with pytest.raises(ThemeError) as caught:
        site.build({
            "content/b.md": post("乙"),
            "templates/article.html": '{% extends "default/article.html" %}\n{% block main %}\n{{ article.titel }}\n{% endblock %}\n',
        })  # fmt: skip
    assert caught.value.path.endswith("templates/article.html")
    assert caught.value.line == 3
    assert "title" in caught.value.hint
    assert site.tree() == before


def test_a_file_that_cannot_be_read_stops_the_build_and_the_old_site_stands(site):
    site.build({"content/a.md": post("甲")})
    before = site.tree()
    (site.root / "content/gone.md").symlink_to("nowhere.md")
    with pytest.raises(SourceError) as caught:
        site.build({"content/b.md": post("乙")})
    assert (caught.value.code, caught.value.path) == ("file/unreadable", "content/gone.md")
    assert site.tree() == before


def test_a_folder_that_leads_into_itself_stops_the_build(site):
    site.write({"content/x/a.md": post("甲")})
    (site.root / "content/x/again").symlink_to("..")
    with pytest.raises(SourceError) as caught:
        site.build()
    assert (caught.value.code, caught.value.path) == ("file/loop", "content/x/again")


def test_a_strict_build_stops_at_a_warning_and_the_old_site_stands(site):
    site.build({"content/a.md": post("甲")})
    before = site.tree()
    with pytest.raises(StrictError, match="quotation mark"):
        site.build({"content/b.md": '---\ntitle: "a"b"\ndate: 2022-01-01\n---\nx'}, strict=True)
    assert site.tree() == before


def test_a_build_into_its_own_sources_is_refused(site):
    site.write({"content/a.md": post("甲")})
    with pytest.raises(OutputError, match="sources"):
        site.build(output=site.root / "content")


def test_a_killed_build_leaves_the_old_site_and_the_next_one_completes_it(site):
    site.write({f"content/{n}.md": post(f"标题{n}", body="<p>字</p>" * 50) for n in range(1500)})
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "-s",
        str(site.root),
        "-j2",
        "--clock",
        "2022-06-01",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while (
        not list(site.output.glob(".backfile/stage-*/site/**/*.html"))
        and time.monotonic() < deadline
    ):
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert set(site.tree()) == set(), "nothing is published before everything is rendered"
    subprocess.run(command, check=True, capture_output=True)
    killed = site.tree()
    assert not list(site.output.glob(".backfile/stage-*"))
    clean = site.root / "clean"
    subprocess.run([*command, "-d", str(clean)], check=True, capture_output=True)
    assert killed == read_tree(clean)


def test_drafts_and_future_articles_come_when_asked_for(site):
    site.write(
        {
            "content/d.md": post("草", draft="true"),
            "content/f.md": post("后", date="2030-01-01"),
            "content/a.md": post("甲"),
        }
    )
    assert site.build().published == 1
    assert site.build(drafts=True, future=True).published == 3


def test_static_files_are_published_and_linked(site):
    site.build({
        "static/files/a b.pdf": "pdf",
        "static/.nojekyll": "",
        "content/2022-01-01-a.md": post("甲", date="2022-01-01", body='<p><a href="/files/a%20b.pdf">文件</a></p>'),
    })  # fmt: skip
    assert site.tree()["files/a b.pdf"] == b"pdf"
    assert 'href="../../../files/a%20b.pdf"' in site.page("2022/01/01/a.html")


def test_a_jekyll_site_is_built_as_it_stands(site):
    site.build({
        "_config.yml": "title: 金融消息\nurl: https://finews.example\ntimezone: Asia/Shanghai\n",
        "_posts/2022-02-21-a.md": post("甲", categories="x"),
        "old_post/2021-02-21-b.md": post("乙", date="2021-02-21", categories="x"),
        "_layouts/post.html": "{{ content }}",
        "README.md": "# not an article",
    }, base_url=None)  # fmt: skip
    assert site.report.published == 2
    assert "金融消息" in site.page("index.html")
    assert "https://finews.example/x/2022/02/21/a.html" in site.page("x/2022/02/21/a.html")


def test_the_report_lists_every_input_with_its_fate(site):
    site.write({"content/2022-01-01-a.md": post("甲"), "content/empty.md": ""})
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "-s", site.root, "--json", "--clock", "2022-06-01"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    numbers = json.loads(done.stdout)
    record = json.loads((site.root / ".backfile/report.json").read_text())
    assert numbers["inputs"] == numbers["published"] + numbers["quarantined"] == 2
    assert [(a["path"], a["fate"], a["url"]) for a in record["articles"]] == [
        ("content/2022-01-01-a.md", "published", "/2022/02/21/a.html"),
        ("content/empty.md", "quarantined", ""),
    ]
    assert record["articles"][1]["diagnostics"][0]["code"] == "file/empty"


def test_an_article_on_either_side_of_midnight_is_on_the_sites_own_day(site):
    site.build({"content/2022-02-21-a.md": post("甲", date="2022-02-20 20:00:00 +0000")})
    assert "2022/02/21/a.html" in site.tree()
    assert datetime(2022, 2, 20, 20, tzinfo=UTC).isoformat() not in site.page("2022/02/21/a.html")
