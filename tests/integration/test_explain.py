"""`backfile build --explain` says why a page was rendered and what a build would do."""

import pytest
from building import post

from generator.build import explain_page
from generator.errors import UsageError


@pytest.fixture
def built(site):
    site.build({
        "content/2022-02-20-a.md": post("甲", date="2022-02-20", categories="x", body="[乙](2022-02-21-b.md)"),
        "content/2022-02-21-b.md": post("乙", date="2022-02-21", categories="x"),
        "content/2022-02-22-c.md": post("丙", date="2022-02-22", categories="y"),
    })  # fmt: skip
    return site


def explain(site, url, **changes):
    return "\n".join(explain_page(site.options(**changes), url))


@pytest.mark.parametrize(
    "url", ["https://archive.example/x/2022/02/20/a.html", "/x/2022/02/20/a.html", "x/2022/02/20/a.html"]
)  # fmt: skip
def test_a_page_is_found_by_its_address_its_path_and_its_file(built, url):
    text = explain(built, url)
    assert text.startswith("x/2022/02/20/a.html of content/2022-02-20-a.md")
    assert "because it was not there before" in text
    assert "would stay as it is" in text


def test_a_changed_source_is_named_and_after_the_build_remembered(built):
    change = {"content/2022-02-20-a.md": post("甲", date="2022-02-20", categories="x", body="新")}
    built.write(change)
    before = built.tree()
    assert "its source content/2022-02-20-a.md changed" in explain(built, "/x/2022/02/20/a.html")
    assert built.tree() == before
    built.build()
    text = explain(built, "/x/2022/02/20/a.html")
    assert "because its article had changed" in text
    assert "would stay as it is" in text


def test_a_neighbours_new_title_and_a_link_that_leads_elsewhere_are_named(built):
    built.write({"content/2022-02-21-b.md": post("改", date="2022-02-21", categories="z")})
    text = explain(built, "/x/2022/02/20/a.html")
    assert "the newer article: 乙 (/x/2022/02/21/b.html) became 改 (/z/2022/02/21/b.html)" in text
    assert "where its link 2022-02-21-b.md leads" in text


def test_what_came_onto_a_list_and_went_from_it_is_named(built):
    (built.root / "content/2022-02-21-b.md").unlink()
    built.write({"content/2022-02-23-d.md": post("丁", date="2022-02-23", categories="x")})
    text = explain(built, "/category/x.html")
    assert "content/2022-02-23-d.md came onto it" in text
    assert "content/2022-02-21-b.md went from it" in text


def test_theme_and_configuration_are_named(built):
    built.write({"templates/teaser.html": "x", "backfile.toml": '[site]\ntitle = "新"\n'})
    text = explain(built, "/index.html")
    assert "a file of the theme changed" in text
    assert "`site.title` of the configuration changed" in text


def test_a_page_that_is_to_come_or_to_go_is_told(built):
    (built.root / "content/2022-02-21-b.md").rename(built.root / "content/2022-02-21-e.md")
    assert "would be removed" in explain(built, "/x/2022/02/21/b.html")
    assert "the last build had no such page" in explain(built, "/x/2022/02/21/e.html")


def test_an_address_of_no_page_is_refused(built):
    with pytest.raises(UsageError, match="no page"):
        explain(built, "/nowhere.html")
