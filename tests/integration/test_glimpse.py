"""What a preview shows of a site that it has not read yet."""

import threading
from contextlib import contextmanager

import pytest
from building import CLOCK, SiteBuilder, post
from serving import PATIENCE, serve

from generator.build import BuildOptions, build_site
from generator.build.live import LiveSite

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PLAIN = '[site]\ntitle = "旧闻"\n[pages]\nrelated = 0\n'
FRONT = "index.html"


def day(number):
    return f"20{10 + number // 28:02}-03-{1 + number % 28:02}"


def many(count, name="content/{day}-a{number}.md"):
    """Articles of as many days, the highest number the newest."""
    return {
        name.format(day=day(number), number=number): post(
            f"第{number}条", f"{day(number)} 08:00:00 +0800", categories=f"c{number % 3}"
        )
        for number in range(count)
    }


def glimpse(root, files):
    SiteBuilder(root).write(files)
    return LiveSite(BuildOptions(root=root, clock=CLOCK, drafts=True)).look()


def text(made):
    return made.data.decode()


def test_of_a_small_site_the_front_page_and_articles_are_as_built(tmp_path):
    seen = glimpse(tmp_path / "site", {"backfile.toml": PLAIN, **many(30)})
    build_site(BuildOptions(root=tmp_path / "site", clock=CLOCK, output=tmp_path / "out"))
    for file in (FRONT, "c1/2010/03/02/a1.html"):
        # Where the list goes on is not known yet.
        assert seen.make(file).data == (tmp_path / "out" / file).read_bytes()


def test_the_front_page_of_a_large_site_has_its_newest_articles_and_no_others_after_it(tmp_path):
    seen = glimpse(tmp_path, {"backfile.toml": PLAIN, **many(150)})
    page = text(seen.make(FRONT))
    assert "第149条" in page
    assert "第20条" not in page
    assert 'class="pager"' not in page
    assert seen.article_count == 150


@pytest.mark.parametrize("style", ["date", "pretty", "/n/:title.html"])
def test_an_older_article_is_found_by_its_address(tmp_path, style):
    config = f'{PLAIN}[permalinks]\narticle = "{style}"\n'
    seen = glimpse(tmp_path, {"backfile.toml": config, **many(150)})
    file = {
        "date": "c2/2010/03/03/a2.html",
        "pretty": "c2/2010/03/03/a2/index.html",
        "/n/:title.html": "n/a2.html",
    }[style]
    assert seen.has(file)
    assert "第2条" in text(seen.make(file))
    assert not seen.has(file.replace("a2", "b2"))


def test_what_takes_the_whole_archive_is_not_made(tmp_path):
    static = {"static/own.txt": "own"}
    seen = glimpse(tmp_path, {"backfile.toml": PLAIN, **static, **many(30)})
    for file in ("category/c1.html", "2010/index.html", "feed.xml", "sitemap.xml", "404.html"):
        assert not seen.has(file)
        assert seen.make(file) is None
    assert seen.make("own.txt").data.read_text() == "own"


def test_where_names_tell_no_day_what_was_saved_last_is_shown(tmp_path):
    seen = glimpse(tmp_path, {"backfile.toml": PLAIN, **many(150, "content/a{number}.md")})
    (tmp_path / "content/a3.md").touch()
    assert "第3条" in text(seen.make("c0/2010/03/04/a3.html"))
    assert 'href="c' in text(seen.make(FRONT))


def test_a_saved_article_is_shown_as_it_is_now(tmp_path):
    seen = glimpse(tmp_path, {"backfile.toml": PLAIN, **many(30)})
    assert "第29条" in text(seen.make(FRONT))
    (tmp_path / f"content/{day(29)}-a29.md").write_text(post("改过的标题", day(29)), "utf-8")
    assert "改过的标题" in text(seen.make(FRONT))


def test_a_broken_site_shows_nothing_early(tmp_path):
    assert glimpse(tmp_path, {"backfile.toml": "[site"}) is None


@contextmanager
def unread(monkeypatch, root, files):
    """A preview that has looked at its site and reads it only when `go_on` is called."""
    gate = threading.Event()
    read = LiveSite.open

    def wait_and_read(site, progress):
        progress("scan", 7, 1234)
        assert gate.wait(PATIENCE)
        return read(site, progress)

    with monkeypatch.context() as patch:
        patch.setattr(LiveSite, "open", wait_and_read)
        with serve(root, files, waits=False) as site:
            site.go_on = gate.set
            try:
                yield site
            finally:
                gate.set()
                assert site.heard.is_open.wait(PATIENCE)


def test_the_first_page_says_how_far_reading_is_and_is_told_when_it_is_done(monkeypatch, tmp_path):
    with unread(monkeypatch, tmp_path, many(150)) as site, site.tab("/") as tab:
        page = site.text("/")
        assert "第149条" in page
        assert 'role="status">正在读取全部文章：7 / 1,234</div>' in page
        before = tab.next("hello")["version"]
        site.go_on()
        while (change := tab.next("change"))[
            "version"
        ] <= before or not site.heard.is_open.is_set():
            assert site.heard.is_open.wait(PATIENCE)
        assert change["pages"] == "all"
        page = site.text("/")
        assert "data-backfile-reading" not in page
        assert 'class="pager"' in page


def test_a_page_that_cannot_be_made_yet_asks_to_wait(monkeypatch, tmp_path):
    files = {"backfile.toml": '[site]\nlanguage = "en"\n', **many(30)}
    with unread(monkeypatch, tmp_path, files) as site:
        page = site.get("/category/c1.html")
        assert page.status == 503
        shown = page.data.decode()
        assert '<progress data-backfile-reading value="7" max="1234">' in shown
        assert "Reading the archive: 7 of 1,234" in shown
        assert 'preview.js"' in shown
        site.go_on()
        assert site.heard.is_open.wait(PATIENCE)
        assert site.get("/category/c1.html").status == 200


def test_what_is_saved_while_the_archive_is_read_is_shown(monkeypatch, tmp_path):
    with unread(monkeypatch, tmp_path, many(150)) as site, site.tab("/") as tab:
        assert "第149条" in site.text("/")
        site.write({f"content/{day(149)}-a149.md": post("改过的标题", day(149))})
        assert tab.next("change")["pages"] == "all"
        assert "改过的标题" in site.text("/")


def test_a_site_that_was_built_is_shown_whole_until_it_looks_otherwise(monkeypatch, tmp_path):
    site = SiteBuilder(tmp_path)
    site.build(many(150), base_url=None)
    with unread(monkeypatch, tmp_path, {}) as preview:
        page = preview.text("/")
        assert 'class="pager"' in page
        assert "data-backfile-reading" not in page
    changed = {"messages/zh-CN.toml": 'menu = "新总目录"'}
    with unread(monkeypatch, tmp_path, changed) as preview, preview.tab("/") as tab:
        while "新总目录" not in preview.text("/"):
            assert tab.next("change")
        # What names do not lead to stays as it was built, and says that it may be old.
        assert "data-backfile-reading" in preview.text("/category/c1.html")


def test_a_draft_is_marked_before_the_archive_is_read(monkeypatch, tmp_path):
    draft = {"content/2022-01-01-d.md": post("草稿", "2022-01-01", draft="true")}
    with unread(monkeypatch, tmp_path, {**many(30), **draft}) as site:
        assert 'data-backfile-draft="draft"' in site.text("/2022/01/01/d.html")
