"""`import_captures` on disk: what it writes, what it leaves alone, what it tells."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import frontmatter
import msgspec
import pytest

from generator.errors import OutputError, UsageError
from generator.ingest import ImportReport, ImportStatus, import_captures

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = "市政府部署优化营商环境\n市政府昨天召开会议，部署优化营商环境工作，各县区负责人参加。\n"
POST = (
    '---\ntitle: "他说"好""\ndate: 2022-02-21 07:29:31 +0800\n---\n<p>{}</p>\n\n'
    "<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202202212282371475>"
)

Import = Callable[..., ImportReport]


@pytest.fixture
def run(tmp_path: Path) -> Import:
    """Write captures into seeds/ and import the folder."""

    def run(captures: dict[str, str | bytes] | None = None) -> ImportReport:
        for name, data in (captures or {}).items():
            place = tmp_path / "seeds" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data if isinstance(data, bytes) else data.encode())
        return import_captures([tmp_path / "seeds"], root=tmp_path, content=tmp_path / "content")

    return run


def outcomes(report: ImportReport) -> list[tuple[str, str, str]]:
    return [(one.capture, one.status.value, one.article) for one in report.outcomes]


def codes(report: ImportReport) -> list[str]:
    return [one.code for one in report.diagnostics]


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        place.relative_to(folder).as_posix(): (place.read_bytes(), place.stat().st_mtime_ns)
        for place in sorted(folder.rglob("*"))
        if place.is_file()
    }


def test_the_seeds_become_three_posts_under_their_old_names_and_two_undated_articles(
    tmp_path: Path,
) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    report = import_captures([tmp_path / "seeds"], root=tmp_path, content=tmp_path / "content")
    assert [one.article for one in report.outcomes] == [
        "content/posts/2022-02-21-NW202202212282371475.md",
        "content/posts/2022-04-14-NW202204142343475011.md",
        "content/undated/65edc8913c4f96a9.md",
        "content/undated/635f296eb9eac426.md",
        "content/posts/2022-01-03-NW202201032234253198.md",
    ]
    for name, (data, _) in tree(tmp_path / "content").items():
        shipped = SEEDS.parent / "content" / name
        assert shipped.read_bytes() == data, f"{name}: run `backfile import seeds/`"


def test_a_jekyll_seed_is_kept_byte_for_byte_and_the_raw_ones_are_read(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    content = tmp_path / "content"
    import_captures([tmp_path / "seeds"], root=tmp_path, content=content)
    post = content / "posts/2022-02-21-NW202202212282371475.md"
    assert post.read_bytes() == (SEEDS / "000_a43267360e65dd3e.txt").read_bytes()
    first = frontmatter.load(str(content / "undated/65edc8913c4f96a9.md"))
    assert first["title"] == (
        "永吉县优化营商环境三年行动方案(江西省吉安市安福县倾力擦亮营商环境品牌)"
    )
    assert first["source"] == "中国经济导报、中国发展网"
    assert first["authors"] == ["朱伟精", "罗津", "王心武"]
    assert first.content.count("\n## ") == 4
    assert first.content.count("<figure>") == 3
    assert "免责声明" not in first.content
    assert "date" not in first
    second = frontmatter.load(str(content / "undated/635f296eb9eac426.md"))
    assert second["title"] == "中锦华泰是益阳赫山区龙岭产业开发区引入的“湘商回归”项目"
    assert second["title_rule"] == "central-clause"
    assert (second["source"], second["authors"]) == ("国资潇湘融媒", ["熊英"])
    assert second.content.count("\n## ") == 4


def test_a_second_import_writes_nothing(run: Import, tmp_path: Path) -> None:
    run({"001_a.txt": TEXT, "b.txt": POST.format("正文"), "c.html": f"<html><p>{TEXT}</p>"})
    before = tree(tmp_path / "content")
    report = run()
    assert tree(tmp_path / "content") == before
    assert report.count(ImportStatus.UNCHANGED) == 3


def test_an_edited_article_is_never_written_again(run: Import, tmp_path: Path) -> None:
    run({"001_a.txt": TEXT})
    article = tmp_path / "content/undated/a.md"
    article.write_text("改过", "utf-8")
    report = run({"001_a.txt": TEXT + "新的一段话，有句号。\n"})
    assert outcomes(report) == [("seeds/001_a.txt", "kept-edited", "content/undated/a.md")]
    assert codes(report) == ["import/kept-edited"]
    assert article.read_text("utf-8") == "改过"


def test_an_article_that_was_not_edited_follows_its_capture(run: Import, tmp_path: Path) -> None:
    run({"001_a.txt": TEXT})
    report = run({"001_a.txt": "2022-02-21\n" + TEXT + "新的一段话，有句号。\n"})
    assert outcomes(report) == [("seeds/001_a.txt", "updated", "content/undated/a.md")], (
        "the address stays though the date is known now"
    )
    text = (tmp_path / "content/undated/a.md").read_text("utf-8")
    assert "date: 2022-02-21\n" in text
    assert text.endswith("新的一段话，有句号。\n")


def test_a_removed_article_is_imported_again(run: Import, tmp_path: Path) -> None:
    run({"001_a.txt": TEXT})
    (tmp_path / "content/undated/a.md").unlink()
    assert [one.status for one in run().outcomes] == [ImportStatus.IMPORTED]


def test_identical_captures_make_one_article(run: Import, tmp_path: Path) -> None:
    report = run({"001_a.txt": TEXT, "002_b.txt": TEXT})
    assert outcomes(report) == [
        ("seeds/001_a.txt", "imported", "content/undated/a.md"),
        ("seeds/002_b.txt", "duplicate", "content/undated/a.md"),
    ]
    assert report.outcomes[1].reason == "same as seeds/001_a.txt"
    assert not (tmp_path / "content/undated/b.md").exists()


def test_captures_of_one_name_get_numbers_that_stay(run: Import, tmp_path: Path) -> None:
    report = run({"x/001_a.txt": TEXT, "y/002_a.txt": TEXT + "另一段，不同。\n"})
    expected = [
        ("seeds/x/001_a.txt", "content/undated/a.md"),
        ("seeds/y/002_a.txt", "content/undated/a-2.md"),
    ]
    assert [(one.capture, one.article) for one in report.outcomes] == expected
    assert codes(report) == ["import/name-taken"]
    later = run({"a/003_A.txt": TEXT + "第三个，也不同。\n"})
    assert [(one.capture, one.article) for one in later.outcomes] == [
        ("seeds/a/003_A.txt", "content/undated/A-3.md"),
        *expected,
    ], "names that differ in case alone collide on some disks"


def test_a_file_that_is_not_the_import_s_is_not_written_over(run: Import, tmp_path: Path) -> None:
    mine = tmp_path / "content/undated/a.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("我写的", "utf-8")
    report = run({"001_a.txt": TEXT})
    assert report.outcomes[0].article == "content/undated/a-2.md"
    assert mine.read_text("utf-8") == "我写的"


def test_an_import_that_lost_its_records_takes_its_articles_up_again(
    run: Import, tmp_path: Path
) -> None:
    run({"001_a.txt": TEXT})
    record = tmp_path / "content/.import/undated/a.json"
    written = record.read_bytes()
    record.unlink()
    assert [one.status for one in run().outcomes] == [ImportStatus.UNCHANGED]
    assert record.read_bytes() == written


def test_a_broken_record_is_told_and_made_anew(run: Import, tmp_path: Path) -> None:
    run({"001_a.txt": TEXT})
    record = tmp_path / "content/.import/undated/a.json"
    written = record.read_bytes()
    record.write_bytes(b"{")
    report = run()
    assert codes(report) == ["import/record-unreadable"]
    assert report.outcomes[0].status is ImportStatus.UNCHANGED
    assert record.read_bytes() == written


def test_a_moved_capture_keeps_its_article(run: Import, tmp_path: Path) -> None:
    run({"001_a.txt": TEXT})
    (tmp_path / "seeds/001_a.txt").rename(tmp_path / "seeds/009_z.txt")
    assert outcomes(run()) == [("seeds/009_z.txt", "unchanged", "content/undated/a.md")]
    assert outcomes(run()) == [("seeds/009_z.txt", "unchanged", "content/undated/a.md")]


def test_a_new_capture_with_the_former_text_of_another_gets_its_own_article(
    run: Import, tmp_path: Path
) -> None:
    run({"b.txt": TEXT})
    report = run({"b.txt": TEXT + "改了，现在不同。\n", "a.txt": TEXT})
    assert outcomes(report) == [
        ("seeds/a.txt", "imported", "content/undated/a.md"),
        ("seeds/b.txt", "updated", "content/undated/b.md"),
    ]


def test_one_bad_capture_costs_no_other(run: Import, tmp_path: Path) -> None:
    report = run(
        {
            "1_empty.txt": b"",
            "2_picture.jpg": b"\xff\xd8\xff\xe0\0\0",
            "3_deep.html": b"<html><body>" + b"<div>" * 3000 + "<p>深。</p>".encode(),
            "4_good.txt": TEXT.encode("gb18030"),
            ".hidden": "不读。",
        }
    )
    assert [(one.status.value, one.article) for one in report.outcomes] == [
        ("quarantined", ""),
        ("quarantined", ""),
        ("quarantined", ""),
        ("imported", "content/undated/good.md"),
    ]
    assert codes(report) == ["import/not-a-capture"] * 3 + ["encoding/gb18030"]
    assert all(one.path.startswith("seeds/") for one in report.diagnostics)


def test_a_capture_that_cannot_be_read_is_quarantined(run: Import, tmp_path: Path) -> None:
    run({"a.txt": TEXT})
    (tmp_path / "seeds/b.txt").symlink_to("b.txt")
    (tmp_path / "seeds/c.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "seeds/d.txt")
    report = run()
    assert [one.status.value for one in report.outcomes] == ["unchanged"] + ["quarantined"] * 3
    assert codes(report) == ["import/unreadable"] * 3


def test_a_content_folder_that_cannot_be_written_stops_the_import(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "content").write_text("a file")
    with pytest.raises(OutputError):
        import_captures([tmp_path / "a.txt"], root=tmp_path, content=tmp_path / "content")


def test_a_path_that_does_not_exist_is_a_mistake_of_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no"):
        import_captures([tmp_path / "none"], root=tmp_path, content=tmp_path / "content")


def test_captures_outside_the_site_are_named_by_their_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.txt").write_text(TEXT, "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    report = import_captures([tmp_path / "elsewhere"], root=site, content=site / "content")
    assert report.outcomes[0].capture == "elsewhere/a.txt"
    assert str(tmp_path) not in (site / "content/.import/undated/a.json").read_text("utf-8")


def test_no_temporary_file_is_left_and_articles_are_readable(run: Import, tmp_path: Path) -> None:
    run({"a.txt": TEXT})
    files = tree(tmp_path / "content")
    assert list(files) == [".import/undated/a.json", "undated/a.md"]
    assert (tmp_path / "content/undated/a.md").stat().st_mode & 0o444 == 0o444


def test_the_report_can_be_told_as_json(run: Import) -> None:
    report = run({"a.txt": TEXT, "b.txt": b""})
    told = msgspec.json.decode(msgspec.json.encode(report))
    assert [one["status"] for one in told["outcomes"]] == ["imported", "quarantined"]


def test_the_pictures_of_a_saved_page_go_with_its_article(run: Import, tmp_path: Path) -> None:
    text = "央行今天发布公告，决定下调存款准备金率，以支持实体经济。"
    page = f'<html><title>央行宣布降准</title><p>{text}</p><p><img src="a%20b_files/1.png"><img src="../2.png"></p><p>{text}</p>'
    run({"a b.html": page, "a b_files/1.png": b"\x89PNG", "2.png": b"\x89PNG"})
    assert (tmp_path / "content/undated/a b/a b_files/1.png").read_bytes() == b"\x89PNG"
    assert not list((tmp_path / "content").rglob("2.png"))
