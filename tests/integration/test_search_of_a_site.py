"""The search index that a build leaves in a site."""

import json
import zlib

import pytest
from building import SiteBuilder, post


def rows(output):
    """Addresses of the articles in the index of a site."""
    found = []
    for path in sorted(output.glob("search/kept/*/d*.js")):
        payload = path.read_bytes()[16:-4].replace(b"*.", b"*")[4:]
        found += [row[2] for row in json.loads(zlib.decompress(payload, -15))]
    return sorted(href.rpartition("/")[2] for href in found)


@pytest.fixture
def site(tmp_path):
    return SiteBuilder(tmp_path)


def test_an_article_may_keep_itself_out_of_the_index(site):
    site.build(
        {
            "content/a.md": post("甲"),
            "content/b.md": post("乙", search="false"),
            "content/c.md": post("丙"),
        }
    )
    assert rows(site.output) == ["a.html", "c.html"]
    assert (site.output / "search" / "index.js").exists()


def test_a_site_without_search_has_no_index_and_loads_no_client(site):
    site.build({"backfile.toml": "[search]\nenabled = false\n", "content/a.md": post("甲")})
    assert not (site.output / "search").exists()
    assert not any("search.js" in page.read_text("utf-8") for page in site.output.rglob("*.html"))


def test_the_pointer_names_a_client_that_is_there(site):
    site.build({"content/a.md": post("甲")})
    pointer = (site.output / "search" / "index.js").read_bytes()
    named = json.loads(pointer[pointer.index(b'{"') : -4])
    assert named["format"] == 2
    client = site.output / "search" / "kept" / named["client"]
    assert {path.name for path in client.iterdir()} >= {"search-engine.js"}
    # What a page loads by a fixed name is not published twice.
    assert {path.name for path in (site.output / "search/client").iterdir()} == {
        "search.js", "search.css",
    }  # fmt: skip
    assert not (client / "search.css").exists()
    assert (site.output / "search" / "kept" / "m" / f"{named['meta']}.js").exists()
