"""Ten thousand made articles with every known fault: not one is lost, and none says what it does not state."""

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from building import read_tree, without_search

SHARED = Path(os.environ.get("BACKFILE_SHARED", Path(__file__).parents[3] / "shared"))
MAKER = SHARED / "bench" / "make_corpus.py"
SIZE = 10_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The archive built once; its root, the report's record, and the kinds of fault by path."""
    if not MAKER.exists():
        pytest.skip(f"no archive maker in {SHARED}: set BACKFILE_SHARED")
    root = tmp_path_factory.mktemp("made")
    subprocess.run(
        [sys.executable, MAKER, "--n", str(SIZE), "--out", root, "--seed", "7", "--malformed", "0.02",
         "--source", SHARED / "bench" / "source-zh.txt.gz"],
        check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "-s", root, "-b", "https://archive.example", "--clock", "2026-01-01"],
        check=True, capture_output=True,
    )  # fmt: skip
    record = json.loads((root / ".backfile/report.json").read_text("utf-8"))
    with (root / "malformed.tsv").open(encoding="utf-8") as lines:
        faults = {
            row[0]: row[1] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    return root, record, faults


def test_every_input_is_accounted_for(archive):
    root, record, _ = archive
    files = {path.relative_to(root).as_posix() for path in root.glob("*/*.md")}
    assert {article["path"] for article in record["articles"]} == files
    fates = Counter(article["fate"] for article in record["articles"])
    assert sum(fates.values()) == record["inputs"] == len(files)
    assert record["inputs"] == sum(
        record[fate]
        for fate in ("published", "duplicates", "drafts", "future", "expired", "quarantined")
    )


def test_only_empty_files_are_quarantined(archive):
    _, record, faults = archive
    lost = {article["path"] for article in record["articles"] if article["fate"] == "quarantined"}
    assert lost == {path for path, kind in faults.items() if kind == "empty-file"}


def test_copies_in_old_post_are_duplicates_and_nothing_else_is(archive):
    _, record, _ = archive
    copies = {article["path"] for article in record["articles"] if article["fate"] == "duplicate"}
    assert copies == {
        article["path"] for article in record["articles"] if article["path"].startswith("old_post/")
    }


def test_every_well_formed_article_is_published_with_the_metadata_it_states(archive):
    root, record, faults = archive
    listed = subprocess.run(
        [sys.executable, "-m", "generator", "list", "-s", root, "--json", "--clock", "2026-01-01"],
        check=True, capture_output=True,
    )  # fmt: skip
    entries = {entry["path"]: entry for entry in json.loads(listed.stdout)}
    quiet = {article["path"]: article["diagnostics"] for article in record["articles"]}
    checked = 0
    for path, entry in entries.items():
        if path in faults or path.startswith("old_post/"):
            continue
        head = (root / path).read_text("utf-8").split("\n---\n", 1)[0]
        stated = dict(line.split(": ", 1) for line in head.split("\n")[1:])
        assert entry["title"] == " ".join(stated["title"][1:-1].split())
        assert entry["date"] == stated["date"][:10]
        category = "/".join(dict.fromkeys(stated["categories"].lower().split()))
        name = re.sub(r"^\d{4}-\d\d-\d\d-|\.md$", "", path.rpartition("/")[2])
        assert entry["url"] == f"/{category}/{stated['date'][:10].replace('-', '/')}/{name}.html"
        assert [d for d in quiet[path] if d["severity"] != "info"] == []
        assert (root / "output" / entry["url"][1:]).exists()
        checked += 1
    assert checked == SIZE - len(faults)


REPAIRS = {
    "title-raw-quotes": {"front-matter/unescaped-quote"},
    "title-backslash": {"front-matter/backslash"},
    "title-ends-backslash": {"front-matter/backslash"},
    "title-has-dashes": {"front-matter/rule-in-value"},
    "bom": {"encoding/bom"},
    "blank-lines-first": {"front-matter/blank-lines-first"},
    "duplicate-key": {"front-matter/duplicate-key"},
    "missing-title": {"title/missing"},
    "no-front-matter": {"front-matter/missing", "title/missing", "date/from-file-name"},
    "front-matter-not-closed": {"front-matter/unclosed"},
    "html-document-as-md": {
        "front-matter/missing",
        "body/html-document",
        "title/missing",
        "date/from-file-name",
    },
    "gb18030": {"encoding/gb18030"},
    "control-characters": {"text/control-characters"},
    "category-colon": {"front-matter/colon-in-value"},
    "category-at-sign": {"front-matter/reserved-character"},
    "dash-name-empty-date": {"title/missing", "date/from-file-name"},
    "empty-file": {"file/empty"},
    "truncated-utf8": {"encoding/truncated"},
    "title-newline": set(),
    "crlf": set(),
    "tab-after-colon": set(),
    "one-digit-hour": set(),
    "no-zone": set(),
    "category-number": set(),
    "category-bool": set(),
    "category-empty": set(),
    "unclosed-tags": set(),
    "script-and-iframe": {"link/broken"},
    "liquid-braces": set(),
    "front-matter-rule-in-body": set(),
    "dup-old-post": set(),
}


def test_every_fault_is_met_by_its_rule_and_by_no_other(archive):
    _, record, faults = archive
    found = {
        article["path"]: {d["code"] for d in article["diagnostics"]} - {"url/collision"}
        for article in record["articles"]
    }
    for path, kind in faults.items():
        if kind == "bad-date":
            assert found[path] & {"date/impossible", "date/hour-24", "date/unreadable-time"}, path
        else:
            assert found[path] == REPAIRS[kind], (path, kind)


def test_an_incremental_build_equals_a_clean_one(archive, tmp_path):
    """Some articles change, go and come; the output is the same as that of a build from nothing."""
    root, _, _ = archive
    posts = sorted((root / "_posts").glob("20*.md"))
    posts[10].write_text(posts[10].read_text("utf-8").replace('title: "', 'title: "改'), "utf-8")
    posts[20].unlink()
    (root / "_posts" / "2023-01-01-new.md").write_text(
        '---\ntitle: "新"\ndate: 2023-01-01\ncategories: emnews\n---\n<p>新</p>\n', "utf-8"
    )
    for output in (root / "output", tmp_path / "clean"):
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "-s", root, "-d", output, "-b", "https://archive.example",
             "--clock", "2026-01-01"],
            check=True, capture_output=True,
        )  # fmt: skip
    built, clean = read_tree(root / "output"), read_tree(tmp_path / "clean")
    assert without_search(built) == without_search(clean)
