"""Which files are read as articles."""

import pytest
from building import SiteBuilder, post, read_tree

from generator.config import ContentConfig
from generator.errors import SourceError
from generator.source.discovery import discover


def found(tmp_path, *files, config=None, folders=()):
    for file in files:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    return discover(tmp_path, config or ContentConfig(), tmp_path / "output")


def paths(discovery):
    return [file.path for file in discovery.files]


def codes(discovery):
    return [(finding.code, finding.path) for finding in discovery.diagnostics]


def test_content_is_read_in_the_order_of_names_and_other_kinds_are_named(tmp_path):
    result = found(
        tmp_path, "content/b.md", "content/a/z.html", "content/c.txt", "content/p.jpg", "content/p.css", "content/.hidden/x.md",
        "content/.x.md", "content/_index.md", "readme.md",
    )  # fmt: skip
    assert paths(result) == ["content/a/z.html", "content/b.md", "content/c.txt"]
    assert codes(result) == [
        ("file/not-an-article", "content/_index.md"),
        ("file/not-an-article", "content/p.css"),
    ]


def test_a_jekyll_site_gives_its_posts_before_its_old_ones(tmp_path):
    result = found(
        tmp_path,
        "old_post/a.md",
        "_posts/b.md",
        "pl/news/_posts/c.md",
        "_layouts/x.html",
        "_drafts/d.md",
    )
    assert result.roots == ("_posts", "pl/news/_posts", "old_post", "_drafts", "./")
    assert next((file.path, file.root) for file in result.files) == ("_posts/b.md", "_posts")


def test_without_a_known_folder_everything_is_read_but_what_tells_of_the_folder(tmp_path):
    result = found(
        tmp_path,
        "published/1/a.md",
        "README.md",
        "LICENSE.txt",
        "_layouts/x.html",
        "assets/y.html",
        "output/z.html",
    )
    assert paths(result) == ["published/1/a.md"]
    assert ("content/guessed-root", ".") in codes(result)


def test_a_folder_without_articles_is_an_error_that_says_what_to_do(tmp_path):
    with pytest.raises(SourceError) as caught:
        found(tmp_path)
    assert "--source" in caught.value.hint


def test_an_empty_content_folder_is_an_empty_site(tmp_path):
    assert paths(found(tmp_path, folders=["content"])) == []


def test_a_stated_root_must_exist(tmp_path):
    with pytest.raises(SourceError, match="articles"):
        found(tmp_path, config=ContentConfig(roots=("articles",)))


def test_excluded_files_and_folders_are_left_out(tmp_path):
    config = ContentConfig(exclude=("drafts", "*.txt", "content/x/b.md"))
    result = found(
        tmp_path,
        "content/drafts/a.md",
        "content/x/a.md",
        "content/x/b.md",
        "content/c.txt",
        config=config,
    )
    assert paths(result) == ["content/x/a.md"]


def test_the_output_folder_is_never_read(tmp_path):
    (tmp_path / "content/site").mkdir(parents=True)
    (tmp_path / "content/site/index.html").write_text("x")
    (tmp_path / "content/a.md").write_text("x")
    result = discover(tmp_path, ContentConfig(), tmp_path / "content/site")
    assert paths(result) == ["content/a.md"]


def test_a_link_into_its_own_folder_is_a_loop_and_ends(tmp_path):
    (tmp_path / "content/a").mkdir(parents=True)
    (tmp_path / "content/a/again").symlink_to("..")
    result = found(tmp_path, "content/a/x.md")
    assert paths(result) == ["content/a/x.md"]
    assert codes(result) == [("file/loop", "content/a/again")]


def test_a_folder_reached_twice_is_read_once(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/b").symlink_to("a")
    result = found(tmp_path, "content/a/x.md")
    assert paths(result) == ["content/a/x.md"]
    assert codes(result) == [("file/linked-twice", "content/b")]


def test_names_of_any_kind_are_read(tmp_path):
    names = ["$350-$400 laptop's.md", "标题 一.md", "a%20b.md", "x'!?&().md", "\u2028.md"]
    result = found(tmp_path, *(f"content/{name}" for name in names))
    assert paths(result) == sorted(f"content/{name}" for name in names)


def test_another_folder_that_a_build_wrote_is_no_content(tmp_path):
    site = SiteBuilder(tmp_path)
    files = {
        "backfile.toml": '[content]\nroots = ["."]\nexclude = ["templates"]\n',
        "news/a.md": post("甲"),
    }
    site.build(files, output=tmp_path / "public")
    site.build(output=tmp_path / "deep" / "other")
    assert paths(discover(tmp_path, ContentConfig(roots=(".",)), tmp_path / "output")) == [
        "news/a.md"
    ]
    assert site.report.pages == len(
        [f for f in read_tree(tmp_path / "public") if f.endswith(".html")]
    )
