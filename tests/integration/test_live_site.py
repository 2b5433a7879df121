"""A live site shows what a clean build publishes, whatever was edited, byte for byte."""

from itertools import count

import pytest
from building import CLOCK, SiteBuilder, post, read_tree
from editing import EDITS, Editor, start_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import BuildOptions, build_site
from generator.build.live import LiveSite


def options(root, **changes):
    return BuildOptions(
        **{"root": root, "clock": CLOCK, "drafts": True, "future": True, "expired": True, **changes}
    )


def assert_shows_a_clean_build(live, root, output, **changes):
    build_site(options(root, output=output, **changes))
    tree = {
        file: data
        for file, data in read_tree(output).items()
        if not file.startswith("search/") or file == "search/index.html"
    }
    shown = {}
    for file in tree:
        made = live.make(file)
        assert made is not None, f"{file} is missing from the live site"
        shown[file] = made.data if isinstance(made.data, bytes) else made.data.read_bytes()
    assert shown == tree
    return tree


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    numbers = count()
    return lambda: tmp_path_factory.mktemp(f"live{next(numbers)}")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 30)), min_size=4, max_size=8),
       burst=st.integers(1, 3))  # fmt: skip
def test_after_any_edits_every_page_is_that_of_a_clean_build(folders, edits, burst):
    home = folders()
    site = SiteBuilder(home / "site")
    site.write(start_files())
    live = LiveSite(options(site.root))
    live.open()
    editor = Editor(site.root)
    for at, (kind, which) in enumerate(edits):
        editor.edit(kind, which)
        if at % burst == burst - 1:
            live.refresh(editor.take())
            live.make("index.html")
            if which % 2:
                live.settle()
    live.refresh(editor.take())
    live.settle()
    assert_shows_a_clean_build(live, site.root, home / "out")


@pytest.fixture(scope="module")
def unedited(folders):
    """The files of the site before any edit."""
    home = folders()
    site = SiteBuilder(home / "site")
    site.write(start_files())
    live = LiveSite(options(site.root))
    live.open()
    return assert_shows_a_clean_build(live, site.root, home / "out")


@pytest.mark.parametrize("kind", EDITS)
def test_each_kind_of_edit_alone(folders, unedited, kind):
    home = folders()
    site = SiteBuilder(home / "site")
    site.write(start_files())
    live = LiveSite(options(site.root))
    live.open()
    for file in unedited:
        live.make(file)
    editor = Editor(site.root)
    editor.edit(kind, 4)
    saved = editor.take()
    changes = [live.refresh(saved), live.settle()]
    after = assert_shows_a_clean_build(live, site.root, home / "out")
    # What differs was told.
    if all(change.files is not None for change in changes):
        told = {file for change in changes for file in change.files}
        both = unedited.keys() & after.keys()
        differ = {file for file in both if unedited[file] != after[file] and file.endswith(".html")}
        assert differ <= told or any(change.css for change in changes)


def test_the_page_of_search_is_that_of_a_build(tmp_path):
    site = SiteBuilder(tmp_path / "site")
    site.write({**start_files(), "backfile.toml": '[site]\ntitle = "旧闻"\n'})
    live = LiveSite(options(site.root))
    live.open()
    tree = assert_shows_a_clean_build(live, site.root, tmp_path / "out")
    assert "search/index.html" in tree


@pytest.mark.parametrize(
    "kind", ["body", "title", "date", "category", "tags", "permalink", "extra"]
)
def test_an_edited_article_is_shown_without_planning_the_site_anew(folders, kind, monkeypatch):
    site = SiteBuilder(folders() / "site")
    site.write(start_files())
    live = LiveSite(options(site.root))
    live.open()
    file = live._pages.grounds.plan.articles[5].address.file
    path = site.root / live._pages.grounds.plan.articles[5].article.path
    before = live.make(file).data
    monkeypatch.setattr("generator.build.live.plan_grounds", None)
    editor = Editor(site.root)
    editor.edit(kind, editor.articles().index(path))
    change = live.refresh(editor.take())
    assert file in change.files
    if kind not in ("permalink", "extra"):
        assert live.make(file).data != before


def test_an_article_that_was_read_in_the_middle_of_a_save_is_read_again(folders):
    site = SiteBuilder(folders() / "site")
    site.write(start_files())
    live = LiveSite(options(site.root))
    live.open()
    planned = live._pages.grounds.plan.articles[5]
    path = site.root / planned.article.path
    text = path.read_text("utf-8")
    live.make(planned.address.file)
    path.write_text("", "utf-8")
    live.refresh([path])
    path.write_text(f"{text}\n写完了\n", "utf-8")
    assert live.has(planned.address.file)
    assert "写完了" in live.make(planned.address.file).data.decode()
    assert live.refresh([path]).findings == ()


def test_what_a_build_writes_elsewhere_in_the_site_is_no_content(tmp_path):
    """Nor is it followed, from the moment when the build starts."""
    site = SiteBuilder(tmp_path)
    site.write({"backfile.toml": '[content]\nroots = ["."]\n', "news/a.md": post("甲")})
    live = LiveSite(options(tmp_path))
    live.open()
    site.build(output=tmp_path / "deep" / "public")
    assert live.is_output(tmp_path / "deep" / "public" / "index.html")
    assert not live.is_output(tmp_path / "deep" / "other.html")
    assert not live.is_output(tmp_path / "news" / "a.md")
    live.refresh([tmp_path])
    assert live.article_count == 1
