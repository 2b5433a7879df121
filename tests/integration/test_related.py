"""Articles about one thing name one another, whenever they came in."""

from __future__ import annotations

import pytest
from building import SiteBuilder, post, without_search

NAMES = ["比利时首相讲话", "高考延期一月", "沪指低开高走"]


@pytest.fixture
def site(tmp_path):
    """Three articles about nothing in common between two about a tariff."""
    site = SiteBuilder(tmp_path)
    titles = ["葡萄酒关税上调", *NAMES, "葡萄酒关税再议"]
    site.build({
        f"content/{at}.md": post(title, f"2022-02-2{at} 07:00:00 +0800", categories="a")
        for at, title in enumerate(titles)
    })  # fmt: skip
    return site


def related(site, name):
    page = site.page(f"a/2022/02/{name}.html")
    _, found, rest = page.partition('<nav class="related"')
    return rest.partition("</nav>")[0] if found else ""


def test_an_article_names_those_about_the_same_thing_with_their_dates(site):
    text = related(site, "20/0")
    assert '<a href="../../../../a/2022/02/24/4.html">葡萄酒关税再议</a>' in text
    assert "2022年2月24日" in text
    assert related(site, "22/2") == ""


def test_a_new_article_changes_the_pages_it_is_related_to_as_a_clean_build_would(site):
    unrelated = (site.output / "a/2022/02/22/2.html").stat().st_mtime_ns
    new = {"content/5.md": post("又议葡萄酒关税", "2022-02-26 07:00:00 +0800", categories="a")}
    site.build(new)
    assert "又议葡萄酒关税" in related(site, "20/0")
    assert (site.output / "a/2022/02/22/2.html").stat().st_mtime_ns == unrelated
    tree = site.tree()
    (site.root / ".backfile").rename(site.root.parent / "forgotten")
    site.build()
    assert without_search(tree) == without_search(site.tree())


def test_neighbours_are_not_named_twice(site):
    site.build({f"content/{at}.md": post("间隔", draft="true") for at in (1, 2, 3)})
    page = site.page("a/2022/02/20/0.html")
    assert page.count("葡萄酒关税再议") == 1
    assert related(site, "20/0") == ""


def test_a_site_can_do_without(site):
    site.build({"backfile.toml": "[pages]\nrelated = 0\n"})
    assert related(site, "20/0") == ""
