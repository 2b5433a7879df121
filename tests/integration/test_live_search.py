"""Search follows a save at once, with the files that the build behind makes later."""

import pytest
from building import CLOCK, SiteBuilder, post
from serving import serve

from generator.build import BuildOptions, build_site
from generator.build.live import LiveSite

POINTER = "search/index.js"
FILES = {
    f"content/2022-01-{1 + number % 28:02}-a{number}.md": post(
        f"第{number}条", f"2022-01-{1 + number % 28:02} 08:00:00 +0800", categories=f"c{number % 3}"
    )
    for number in range(60)
}
ONE = "content/2022-01-06-a5.md"


@pytest.fixture
def site(tmp_path):
    site = SiteBuilder(tmp_path)
    site.write({"backfile.toml": "[pages]\nrelated = 0\n", **FILES})
    site.asked = BuildOptions(root=tmp_path, clock=CLOCK, drafts=True)
    site.live = LiveSite(site.asked)
    site.preview = site.live.preview
    return site


def build_behind(site):
    build_site(BuildOptions(root=site.root, clock=CLOCK, drafts=True, output=site.preview))


def save(site, name, text):
    site.write({name: text})
    site.live.refresh([site.root / name])
    site.live.settle()
    return site.live.index()


def title(text, **fields):
    return post(text, "2022-01-06 08:00:00 +0800", **{"categories": "c2", **fields})


def test_what_is_served_at_once_is_what_is_built_later(site):
    build_behind(site)
    site.live.open()
    before = (site.preview / POINTER).read_bytes()
    for text in (
        title("改过的标题"),
        title("第5条", tags="新标签"),
        title("第5条", categories="c0"),
        post("第5条", "2021-01-01 08:00:00 +0800"),
    ):
        assert save(site, ONE, text)
        made = dict(site.live.search.files)
        assert made[POINTER] != before
        build_behind(site)
        before = (site.preview / POINTER).read_bytes()
        assert made == {name: (site.preview / name).read_bytes() for name in made}
        assert site.live.search.is_built()
        assert not site.live.search.files


def test_a_new_and_a_deleted_article_are_followed(site):
    build_behind(site)
    site.live.open()
    assert save(site, "content/2022-03-01-new.md", post("新来", "2022-03-01"))
    (site.root / ONE).unlink()
    site.live.refresh([site.root / ONE])
    site.live.settle()
    assert site.live.index()
    made = dict(site.live.search.files)
    build_behind(site)
    assert made == {name: (site.preview / name).read_bytes() for name in made}


def test_articles_come_and_go_where_there_are_no_categories_either(site):
    for path in (site.root / "content").iterdir():
        path.write_text(path.read_text("utf-8").replace("categories:", "other:"), "utf-8")
    build_behind(site)
    site.live.open()
    assert save(site, "content/2022-03-01-new.md", post("新来", "2022-03-01"))
    assert save(site, "content/2022-03-02-more.md", post("又来", "2022-03-02"))
    (site.root / ONE).unlink()
    site.live.refresh([site.root / ONE])
    assert site.live.index()


def test_several_saves_are_followed_before_anything_is_built(site):
    build_behind(site)
    site.live.open()
    assert save(site, ONE, title("一改"))
    assert save(site, ONE, title("二改"))
    assert not save(site, ONE, title("二改"))
    assert save(site, ONE, FILES[ONE])
    assert set(site.live.search.files) >= {POINTER}
    assert (site.preview / POINTER).read_bytes() == site.live.search.files[POINTER]


def test_where_nothing_is_built_or_much_has_changed_the_build_behind_does_it(site):
    site.live.open()
    assert not save(site, ONE, title("一改"))
    build_behind(site)
    for number in range(10):
        site.write({f"content/2022-02-{1 + number:02}-b{number}.md": post(f"多{number}")})
    site.live.refresh([site.root])
    assert not site.live.index()


def test_a_site_without_search_has_nothing_to_follow(site):
    site.write({"backfile.toml": "[search]\nenabled = false\n"})
    build_behind(site)
    site.live.open()
    assert not save(site, ONE, title("一改"))


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_browsers_are_told_before_the_build_behind_is_done(tmp_path):
    with serve(tmp_path, FILES) as site, site.tab("/search/") as tab:
        tab.next("search")  # the first build
        site.preview._behind.ask = lambda *_: None
        before = site.get(f"/{POINTER}").data
        site.write({ONE: title("改过的标题")})
        tab.next("search")
        assert site.get(f"/{POINTER}").data != before
