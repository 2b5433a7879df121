"""The output folder is written atomically, and nothing of others is lost."""

import os

import pytest

from generator.errors import OutputError
from generator.publish import Stage, check_output, lock_output, publish, read_manifest, remove_site


def put(output, files, known=None, start=0, *, left_over=()):
    """Publish files; `left_over` are staged and not to be published."""
    with lock_output(output):
        stage = Stage(output, "b", "w")
        staged = [stage.put(file, data.encode()) for file, data in files.items()]
        for file in left_over:
            stage.put(file, b"left over")
        return publish(output, "b", staged, known or {}, start, is_exact=not left_over)


def tree(output):
    return {
        path.relative_to(output).as_posix(): path.read_text()
        for path in output.rglob("*")
        if path.is_file() and ".backfile" not in path.parts
    }


def test_files_are_written_and_recorded(tmp_path):
    result = put(tmp_path, {"a/b.html": "1", "index.html": "2"})
    assert (result.written, result.unchanged, result.pruned) == (2, 0, 0)
    assert tree(tmp_path) == {"a/b.html": "1", "index.html": "2"}
    assert set(read_manifest(tmp_path)) == {"a/b.html", "index.html"}
    assert not list((tmp_path / ".backfile").glob("stage-*"))


def test_a_first_build_takes_whole_folders_and_leaves_alone_what_stands_in_the_way(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "theirs.txt").write_text("keep")
    (tmp_path / "index.html").write_text("keep")
    files = {"a/b/c.html": "1", "d/e/f.html": "2", "d/g.html": "3", "index.html": "4"}
    result = put(tmp_path, files)
    assert result.written == len(files)
    assert tree(tmp_path) == files | {"a/theirs.txt": "keep", "index.html.orig": "keep"}
    assert [(d.code, d.path) for d in result.diagnostics] == [
        ("output/foreign-replaced", "index.html"),
        ("output/foreign-file", "a/theirs.txt"),
        ("output/foreign-file", "index.html.orig"),
    ]


def test_what_was_staged_for_a_page_that_is_not_to_be_is_not_published(tmp_path):
    put(tmp_path, {"a/b.html": "1"}, left_over=["a/c.html", "d/e.html"])
    assert tree(tmp_path) == {"a/b.html": "1"}


def test_an_unchanged_file_keeps_its_inode_and_time(tmp_path):
    put(tmp_path, {"a.html": "1", "b.html": "1"})
    os.utime(tmp_path / "a.html", (1, 1))
    before = (tmp_path / "a.html").stat()
    result = put(tmp_path, {"a.html": "1", "b.html": "2"})
    assert (result.written, result.unchanged) == (1, 1)
    after = (tmp_path / "a.html").stat()
    assert (before.st_ino, before.st_mtime) == (after.st_ino, after.st_mtime)


def test_only_our_own_files_are_pruned_and_others_are_named(tmp_path):
    put(tmp_path, {"a/x.html": "1", "b.html": "1"})
    (tmp_path / "a" / "theirs.txt").write_text("keep")
    (tmp_path / "CNAME").write_text("keep")
    result = put(tmp_path, {"b.html": "1"})
    assert result.pruned == 1
    assert tree(tmp_path) == {"b.html": "1", "a/theirs.txt": "keep", "CNAME": "keep"}
    assert [(d.code, d.path) for d in result.diagnostics] == [
        ("output/foreign-file", "CNAME"),
        ("output/foreign-file", "a/theirs.txt"),
    ]


def test_a_folder_that_has_not_changed_is_not_looked_through_again(tmp_path):
    put(tmp_path, {"a/x.html": "1", "b/y.html": "1"})
    (tmp_path / "a" / "theirs.txt").write_text("keep")
    for folder in (tmp_path, tmp_path / "a", tmp_path / "b"):
        os.utime(folder, ns=(1000, 1000))
    first = put(tmp_path, {"a/x.html": "1", "b/y.html": "1"}, start=2000)
    assert set(first.folders) == {"", "a/", "b/"}
    # Unseen, for the folder's time is what it was; in life it would not be.
    (tmp_path / "b" / "new.txt").write_text("theirs")
    os.utime(tmp_path / "b", ns=(1000, 1000))
    same = put(tmp_path, {"a/x.html": "1", "b/y.html": "1"}, first.folders, start=2000)
    assert [d.path for d in same.diagnostics] == ["a/theirs.txt"]
    os.utime(tmp_path / "b", ns=(3000, 3000))
    changed = put(tmp_path, {"a/x.html": "1", "b/y.html": "1"}, first.folders, start=2000)
    assert [d.path for d in changed.diagnostics] == ["a/theirs.txt", "b/new.txt"]
    assert set(changed.folders) == {"", "a/"}  # a fresh folder may change within its own time


def test_folders_that_are_empty_after_pruning_go(tmp_path):
    put(tmp_path, {"a/b/c.html": "1", "d.html": "1"})
    put(tmp_path, {"d.html": "1"})
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_stands_in_the_way_of_a_page_is_kept_beside_it(tmp_path, kind):
    place, outside = tmp_path / "out" / "a", tmp_path / "outside"
    place.parent.mkdir()
    outside.mkdir()
    if kind == "file":
        place.write_text("theirs")
    elif kind == "folder":
        place.mkdir()
        (place / "x").write_text("theirs")
    else:
        place.symlink_to(outside)
    wanted = "a" if kind == "folder" else "a/index.html"
    result = put(tmp_path / "out", {wanted: "ours"})
    assert (tmp_path / "out" / wanted).read_text() == "ours"
    assert (tmp_path / "out" / "a.orig").exists()
    assert list(outside.iterdir()) == []
    assert "output/foreign-replaced" in [d.code for d in result.diagnostics]


def test_a_lost_manifest_costs_no_file(tmp_path):
    put(tmp_path, {"a.html": "1", "gone.html": "1"})
    (tmp_path / ".backfile" / "manifest").unlink()
    result = put(tmp_path, {"a.html": "1"})
    assert result.unchanged == 1
    assert tree(tmp_path) == {"a.html": "1", "gone.html": "1"}
    assert [d.path for d in result.diagnostics] == ["gone.html"]


def test_a_stage_left_by_a_killed_build_is_swept(tmp_path):
    Stage(tmp_path, "dead", "w").put("a.html", b"1")
    put(tmp_path, {"b.html": "1"})
    assert not list((tmp_path / ".backfile").glob("stage-*"))
    assert tree(tmp_path) == {"b.html": "1"}


def test_a_second_build_is_refused_and_told_who_writes(tmp_path):
    with lock_output(tmp_path), pytest.raises(OutputError) as caught, lock_output(tmp_path):
        pass
    assert f"process {os.getpid()}" in caught.value.message
    assert caught.value.code == "output/locked"


@pytest.mark.parametrize("output", [".", "..", "content", "content/.."])
def test_a_folder_that_holds_sources_is_refused(tmp_path, output):
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    with pytest.raises(OutputError, match="sources"):
        check_output(root / output, (root, root / "content"))


def test_a_full_disk_is_named_and_the_old_site_stands(tmp_path, monkeypatch):
    put(tmp_path, {"a.html": "old"})

    def full(*_):
        raise OSError(28, "No space left on device")

    with lock_output(tmp_path):
        stage = Stage(tmp_path, "b", "w")
        monkeypatch.setattr(os, "write", full)
        with pytest.raises(OutputError) as caught:
            stage.put("a.html", b"new")
        monkeypatch.undo()
    assert "make room on the disk" in caught.value.hint
    assert tree(tmp_path) == {"a.html": "old"}


def test_cleaning_removes_ours_and_leaves_others(tmp_path):
    put(tmp_path, {"a/b.html": "1"})
    (tmp_path / "theirs").write_text("keep")
    with lock_output(tmp_path):
        assert remove_site(tmp_path) == 1
    assert tree(tmp_path) == {"theirs": "keep"}
