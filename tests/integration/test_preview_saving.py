"""What editors do to a file when it is saved, call by call, and what the preview makes of it."""

import os
import shutil
import time

import pytest
from building import post
from serving import serve

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

ONE = "/news/2022/02/21/one.html"
FILES = {
    "content/2022-02-21-one.md": post("第一条", body="<p>旧</p>", categories="news"),
    "content/2022-02-20-two.md": post("第二条", "2022-02-20 08:00:00 +0800"),
    "notes/readme.txt": "not content",
}


def in_place(path, text):
    path.write_text(text, "utf-8")


def in_place_slowly(path, text):
    with path.open("w", encoding="utf-8") as file:
        file.flush()
        time.sleep(0.06)
        file.write(text[:10])
        file.flush()
        time.sleep(0.06)
        file.write(text[10:])


def vim_by_renaming(path, text):
    test = path.with_name("4913")
    test.write_bytes(b"")
    test.unlink()
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        os.fsync(file.fileno())
    path.chmod(0o644)
    backup.unlink()


def vim_by_copying(path, text):
    swap = path.with_name(f".{path.name}.swp")
    swap.write_bytes(b"b0VIM 9.0")
    backup = path.with_name(f"{path.name}~")
    shutil.copy2(path, backup)
    path.write_text(text, "utf-8")
    backup.unlink()
    swap.unlink()


def emacs(path, text):
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("writer@host.1:2")
    path.with_name(f"#{path.name}#").write_text(text[:5], "utf-8")
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text, "utf-8")
    path.with_name(f"#{path.name}#").unlink()
    lock.unlink()


def gnome(path, text):
    beside = path.with_name(".goutputstream-A1B2C3")
    beside.write_text(text, "utf-8")
    beside.rename(path)


def visible_temporary(path, text):
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def temporary_that_looks_like_an_article(path, text):
    beside = path.with_name("zz-new.md")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def from_another_folder(path, text):
    beside = path.parent.parent / "notes" / "unsaved.txt"
    beside.write_text(text, "utf-8")
    beside.replace(path)


def jetbrains(path, text):
    fresh = path.with_name(f"{path.name}___jb_tmp___")
    old = path.with_name(f"{path.name}___jb_old___")
    fresh.write_text(text, "utf-8")
    path.rename(old)
    fresh.rename(path)
    old.unlink()


def delete_and_create(path, text):
    path.unlink()
    path.write_text(text, "utf-8")


def delete_and_link(path, text):
    beside = path.with_name(".unsaved")
    beside.write_text(text, "utf-8")
    path.unlink()
    os.link(beside, path)
    beside.unlink()


def macos(path, text):
    folder = path.with_name(f"{path.name}.sb-1a2b3c4d-AbCdEf")
    folder.mkdir()
    (folder / path.name).write_text(text, "utf-8")
    (folder / path.name).replace(path)
    folder.rmdir()


def copied(path, text):
    beside = path.parent.parent / "notes" / "download.txt"
    beside.write_text(text, "utf-8")
    shutil.copy2(beside, path)


HABITS = [
    in_place,
    in_place_slowly,
    vim_by_renaming,
    vim_by_copying,
    emacs,
    gnome,
    visible_temporary,
    temporary_that_looks_like_an_article,
    from_another_folder,
    jetbrains,
    delete_and_create,
    delete_and_link,
    macos,
    copied,
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("saving") / "site", FILES) as site:
        yield site


def wait_for(tab, site, path, *, shows):
    """Read events until the page shows a text; how many changes were told."""
    changes = 0
    while shows not in site.text(path):
        assert tab.next("change") is not None
        changes += 1
    return changes


@pytest.mark.parametrize("save", HABITS, ids=lambda save: save.__name__)
def test_a_save_is_one_change_and_no_fault(site, save):
    path = site.root / "content/2022-02-21-one.md"
    name = save.__name__.replace("_", "-")
    with site.tab(ONE) as tab:
        tab.next("faults")
        for number in (1, 2):
            save(path, post("第一条", body=f"<p>{name} {number}</p>", categories="news"))
            change = tab.next("change")
            assert ONE in change["pages"] or change["pages"] == "all"
            assert f"<p>{name} {number}</p>" in site.text(ONE)
    assert site.heard.faults == []


def test_a_page_is_fresh_though_nobody_was_told_yet(site):
    path = site.root / "content/2022-02-21-one.md"
    for number in range(20):
        path.write_text(post("第一条", body=f"<p>at once {number}</p>", categories="news"), "utf-8")
        assert f"at once {number}" in site.text(ONE)


def test_what_did_not_change_is_not_told(tmp_path):
    with serve(tmp_path / "site", FILES) as site, site.tab() as tab:
        path = site.root / "content/2022-02-21-one.md"
        version = tab.next("hello")["version"]
        tab.next("faults")
        os.utime(path)
        path.write_bytes(path.read_bytes())
        (site.root / "content/picture.xcf").write_bytes(b"not an article")
        (site.root / "content/.hidden.md").write_text(post("隐"), "utf-8")
        (site.root / "notes/readme.txt").write_text("other", "utf-8")
        (site.root / ".git").mkdir()
        (site.root / ".git/index").write_bytes(b"DIRC")
        site.build()
        path.write_text(post("第一条", body="<p>told</p>", categories="news"), "utf-8")
        assert tab.next("change")["version"] == version + 1
        told = site.heard.events.get()
        assert site.heard.events.empty()
        assert set(told) <= {"content/2022-02-21-one.md", "content/picture.xcf", "notes/readme.txt"}


def test_articles_come_go_and_move(site):
    new = site.root / "content/2022-03-03-new.md"
    with site.tab() as tab:
        tab.next("faults")
        new.write_text(post("新来的", "2022-03-03 08:00:00 +0800"), "utf-8")
        wait_for(tab, site, "/", shows="新来的")
        assert site.get("/2022/03/03/new.html").status == 200
        new.rename(new.with_name("2022-03-03-moved.md"))
        wait_for(tab, site, "/", shows="/2022/03/03/moved.html"[1:])
        assert site.get("/2022/03/03/new.html").status == 404
        new.with_name("2022-03-03-moved.md").unlink()
        while site.get("/2022/03/03/moved.html").status == 200:
            assert tab.next("change")
        assert "新来的" not in site.text("/")


def test_folders_come_go_and_move(site):
    with site.tab() as tab:
        tab.next("faults")
        beside = site.root.parent / "deep"
        (beside / "er").mkdir(parents=True)
        (beside / "er/2022-04-04-deep.md").write_text(post("深处", "2022-04-04 08:00:00"), "utf-8")
        beside.rename(site.root / "content/deep")
        wait_for(tab, site, "/", shows="深处")
        (site.root / "content/deep/er/2022-04-05-deeper.md").write_text(
            post("更深", "2022-04-05 08:00:00"), "utf-8"
        )
        wait_for(tab, site, "/", shows="更深")
        shutil.rmtree(site.root / "content/deep")
        while "深处" in site.text("/"):
            assert tab.next("change")


def test_folders_at_the_top_are_followed_from_their_first_file_on(site):
    with site.tab() as tab:
        tab.next("faults")
        site.write({"static/a.txt": "first"})
        while site.get("/a.txt").status == 404:
            assert tab.next("change")
        site.write({"static/b.txt": "second"})
        while site.get("/b.txt").status == 404:
            assert tab.next("change")
        site.write({"assets/site.css": "p { color: red }"})
        assert tab.next("change")


def test_a_checkout_of_many_files_is_told_as_one(site):
    with site.tab() as tab:
        tab.next("faults")
        while not site.heard.events.empty():
            site.heard.events.get()
        for number in range(600):
            beside = site.root / f"content/.tmp_{number}"
            beside.write_text(post(f"检出{number}", "2020-01-01 08:00:00 +0800"), "utf-8")
            beside.rename(site.root / f"content/2020-01-01-out{number}.md")
        while site.get("/2020/01/01/out599.html").status == 404:
            assert tab.next("change")
    told = 0
    while not site.heard.events.empty():
        site.heard.events.get()
        told += 1
    assert told <= 3
    assert site.get("/2020/01/01/out0.html").status == 200


def test_linked_folders_are_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/content").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with serve(tmp_path / "site", FILES) as site, site.tab() as tab:
        tab.next("faults")
        path = tmp_path / "elsewhere/2022-02-21-one.md"
        path.write_text(post("经由链接", categories="news"), "utf-8")
        assert tab.next("change")
        assert "经由链接" in site.text(ONE)


def test_a_disk_that_tells_nothing_is_looked_at(tmp_path):
    with serve(tmp_path / "site", FILES, polls=True) as site, site.tab() as tab:
        tab.next("faults")
        site.write({"content/2022-02-21-one.md": post("看到了", categories="news")})
        assert tab.next("change")
        assert "看到了" in site.text(ONE)
