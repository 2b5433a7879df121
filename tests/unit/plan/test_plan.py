"""The plan of a site: what is published, where, and what it shows."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Config, ContentConfig, ListsConfig, PagesConfig, SiteConfig
from generator.model import Article, Fate
from generator.model.site import PageKind, Taxonomy
from generator.plan import PlanOptions, make_plan

NOW = datetime(2022, 6, 1, tzinfo=UTC)
OPTIONS = PlanOptions(NOW)
CONFIG = Config(site=SiteConfig(timezone="UTC"))


def article(name, day=1, **fields):
    fields.setdefault("date", datetime(2022, 1, 1, tzinfo=UTC) + timedelta(days=day - 1))
    fields.setdefault("category_path", tuple(" ".join(fields.get("categories", ())).split()))
    return Article(
        **{"path": f"content/{name}.md", "name": name, "title": name, "body_digest": name, **fields}
    )


def plan(*articles, config=CONFIG, options=OPTIONS, **more):
    return make_plan(articles, config, options, **more)


def fates(result):
    return {
        outcome.path.removeprefix("content/").removesuffix(".md"): outcome.fate
        for outcome in result.outcomes
    }


def codes(result):
    return [finding.code for finding in result.diagnostics]


def test_articles_come_newest_first_and_undated_ones_last():
    result = plan(article("b", 2), article("u", date=None), article("c", 3), article("a", 1))
    assert [planned.article.name for planned in result.articles] == ["c", "b", "a", "u"]


def test_neighbours_are_the_older_and_the_newer_article_and_undated_ones_have_none():
    newest, middle, oldest, undated = plan(
        article("a", 1), article("b", 2), article("c", 3), article("u", date=None)
    ).articles
    assert (newest.next, newest.previous.title) == (None, "b")
    assert (middle.next.title, middle.previous.title) == ("c", "a")
    assert (oldest.next.title, oldest.previous) == ("b", None)
    assert (undated.next, undated.previous) == (None, None)


def test_drafts_future_and_expired_articles_are_counted_and_stay_out():
    articles = (
        article("d", is_draft=True),
        article("f", date=NOW + timedelta(seconds=1)),
        article("e", expires=NOW),
        article("p", date=NOW),
    )
    assert fates(plan(*articles)) == {
        "d": Fate.DRAFT,
        "f": Fate.FUTURE,
        "e": Fate.EXPIRED,
        "p": Fate.PUBLISHED,
    }
    everything = PlanOptions(NOW, drafts=True, future=True, expired=True)
    assert set(fates(plan(*articles, options=everything)).values()) == {Fate.PUBLISHED}


def test_the_same_article_in_two_folders_is_published_once_and_its_other_address_leads_there():
    first = article("a", path="_posts/2022-01-01-a.md", categories=("x",))
    copy = article(
        "b", path="old_post/2022-01-01-b.md", title="a", body_digest="a", categories=("x",)
    )
    result = plan(first, copy)
    assert [outcome.fate for outcome in result.outcomes] == [Fate.PUBLISHED, Fate.DUPLICATE]
    assert [(r.address.file, r.target.file) for r in result.redirects] == [
        ("x/2022/01/01/b.html", "x/2022/01/01/a.html")
    ]


def test_two_articles_that_want_one_address_get_two_and_both_are_named():
    result = plan(
        article("a", path="content/1/a.md"),
        article("a", path="content/2/a.md", body_digest="other"),
    )
    assert sorted(p.address.file for p in result.articles) == [
        "2022/01/01/a-2.html",
        "2022/01/01/a.html",
    ]
    (finding,) = result.diagnostics
    assert finding.code == "url/collision"
    assert "content/1/a.md" in finding.message
    assert "content/2/a.md" in finding.message


def test_of_two_articles_the_older_keeps_the_address():
    config = Config(site=SiteConfig(timezone="UTC"))
    config = Config(site=config.site, permalinks=type(config.permalinks)(article="none"))
    result = plan(
        article("a", 2, path="content/1/a.md"),
        article("a", 1, path="content/2/a.md"),
        config=config,
    )
    assert {p.article.path: p.address.file for p in result.articles} == {
        "content/2/a.md": "a.html",
        "content/1/a.md": "a-2.html",
    }


def test_categories_that_differ_in_case_have_their_own_pages():
    result = plan(
        article("a", 1, categories=("TechWeb",)), article("b", 2, categories=("Techweb",))
    )
    places = {term.key: term.address.file for term in result.terms}
    assert places == {"TechWeb": "category/TechWeb.html", "Techweb": "category/Techweb-2.html"}


def test_a_category_is_called_what_most_of_its_articles_say():
    result = plan(
        article("a", 1, categories=("gn",), category_title="赣南日报"),
        article("b", 2, categories=("gn",), category_title="错"),
        article("c", 3, categories=("gn",), category_title="赣南日报"),
        article("d", 4, categories=("other",)),
    )
    assert [term.title for term in result.terms] == ["赣南日报", "other"]


def test_every_list_has_its_pages():
    config = Config(site=SiteConfig(timezone="UTC"), lists=ListsConfig(per_page=2))
    result = plan(
        *(article(f"a{n}", n, categories=("c",), tags=("t",), source="s") for n in range(1, 6)),
        article("u", date=None),
        config=config,
    )
    files = {page.address.file for page in result.lists}
    assert files >= {
        "index.html", "page/1.html", "page/2.html", "category/c.html", "category/c/page/1.html",
        "tag/t.html", "source/s.html", "category/index.html", "tag/index.html", "source/index.html",
        "2022/index.html", "2022/01/index.html", "2022/01/05/index.html", "date/index.html", "undated/index.html",
    }  # fmt: skip


def test_pages_that_the_site_does_not_want_do_not_exist():
    config = Config(
        site=SiteConfig(timezone="UTC"),
        pages=PagesConfig(categories=False, tags=False, sources=False, dates=False),
    )
    result = plan(article("a", categories=("c",), tags=("t",), source="s"), config=config)
    assert [page.kind for page in result.lists] == [PageKind.HOME]
    assert all(term.address is None for term in result.terms)
    assert {term.taxonomy for term in result.terms} == set(Taxonomy)


def test_aliases_become_redirects_unless_a_page_lives_there():
    result = plan(
        article("a", 1, aliases=("/old/a/", "/2022/01/02/b.html", "https://elsewhere.example/x")),
        article("b", 2),
    )
    assert [(r.address.file, r.target.file) for r in result.redirects] == [
        ("old/a/index.html", "2022/01/01/a.html")
    ]
    assert "alias/taken" in codes(result)


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("/2022/01/02/b.html", "2022/01/02/b.html"),
        ("//old.example/2022/01/02/b.html#part", "2022/01/02/b.html"),
        ("https://old.example/category/c.html", "category/c.html"),
        ("../02/b.html", "2022/01/02/b.html"),
        ("b.md", "2022/01/02/b.html"),
        ("/2022/01/02/b", "2022/01/02/b.html"),
        ("/files/a%20b.pdf", "files/a b.pdf"),
        ("/", "index.html"),
        ("/content/b.md", "2022/01/02/b.html"),
        ("/gone.html", None),
        ("/2022/01/02/b.html?x=1", None),
        ("http://[bad", None),
    ],
)
def test_links_into_the_old_site_lead_to_our_pages(target, page):
    config = Config(site=SiteConfig(timezone="UTC"), content=ContentConfig(hosts=("old.example",)))
    result = plan(
        article("a", 1, links=(target,)), article("b", 2, categories=(), tags=()), article("c", 3, categories=("c",)),
        config=config, static={"files/a b.pdf": ""},
    )  # fmt: skip
    links = {p.article.name: p.links for p in result.articles}["a"]
    assert {key: place.file for key, place in links.items()} == ({target: page} if page else {})
    assert ("link/broken" in codes(result)) is (page is None)


names = st.text(alphabet="abAB新/ .", max_size=6)


@given(st.lists(st.tuples(names, names, st.integers(0, 5)), max_size=20))
def test_every_article_has_one_fate_and_every_page_one_address(rows):
    articles = [
        msgspec.structs.replace(
            article(f"{at}", categories=(category,) if category else ()),
            name=name or "x",
            date=None if day == 0 else datetime(2022, 1, day, tzinfo=UTC),
        )
        for at, (name, category, day) in enumerate(rows)
    ]  # fmt: skip
    result = plan(*articles)
    assert sorted(outcome.path for outcome in result.outcomes) == sorted(a.path for a in articles)
    files = [p.address.folded for p in result.articles]
    files += [page.address.folded for page in result.lists]
    assert len(set(files)) == len(files)
    assert plan(*articles) == result
