"""The search index that a build leaves in a site."""

import json
import zlib
from itertools import accumulate

import pytest
from building import SiteBuilder, post

from generator.build import combining


def payload(path):
    return path.read_bytes()[16:-4].replace(b"*.", b"*")[4:]


def rows(output):
    """Addresses of the articles in the index of a site, read as docs/search-format.md says."""
    found = []
    for path in sorted(output.glob("search/kept/m/*.js")):
        for segment in json.loads(zlib.decompress(payload(path), -15))["segments"]:
            code = [list(sums(gaps)) for gaps in segment["code"]]
            left = segment["documents"]
            for number in range(-(-left // segment["rows"])):
                data = payload(output / f"search/kept/{segment['name']}/d{number}.js")
                bits = "".join(f"{byte:08b}" for byte in data)
                found += hrefs(iter(map(int, bits)), code, min(segment["rows"], left))
                left -= segment["rows"]
    return sorted(href.rpartition("/")[2] for href in found)


def sums(gaps):
    return accumulate(int(gap, 36) for gap in gaps.split())


def hrefs(bits, code, count):
    texts = [""] * 6
    for _ in range(count):
        exp_golomb(bits, 5), exp_golomb(bits, 9)
        for field, before in enumerate(texts):
            if same := exp_golomb(bits, 0):
                texts[field] = before[: same - 1] + "".join(iter(lambda: unit(bits, code), "\0"))
        yield texts[0]


def exp_golomb(bits, order):
    zeros = next(n for n, bit in enumerate(bits) if bit)
    value = 1
    for _ in range(zeros + order):
        value = 2 * value + next(bits)
    return value - 2**order


def unit(bits, code):
    place = 0
    for units in code:
        place = 2 * place + next(bits)
        if place < len(units):
            break
        place -= len(units)
    if units[place] == 1:
        return chr(int("".join(str(next(bits)) for _ in range(16)), 2))
    return chr(units[place])


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
    assert named["format"] == 3
    client = site.output / "search" / "kept" / named["client"]
    assert {path.name for path in client.iterdir()} >= {"search-engine.js"}
    # What a page loads by a fixed name is not published twice.
    assert {path.name for path in (site.output / "search/client").iterdir()} == {
        "search.js", "search.css",
    }  # fmt: skip
    assert not (client / "search.css").exists()
    assert (site.output / "search" / "kept" / "m" / f"{named['meta']}.js").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_index_of_many_runs_is_that_of_few(site, tmp_path, monkeypatch, jobs):
    """A large archive's runs are combined before they are merged."""
    files = {f"content/{n}.md": post(f"第{n}条", body=f"<p>正文{n}。</p>") for n in range(90)}
    monkeypatch.setattr("generator.engine.chunks.CHUNK_ITEMS", 10)
    site.build(files)
    whole = site.tree()
    combined = []
    monkeypatch.setattr(combining, "MANY", 4)
    monkeypatch.setattr(combining, "group_runs", lambda runs: combined.append(len(runs)) or [runs])
    other = SiteBuilder(tmp_path / "other")
    other.build(files, jobs=jobs)
    assert combined == [9]
    assert other.tree() == whole
