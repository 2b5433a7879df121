"""List pages, redirects and the page for what is not found."""

from __future__ import annotations

import msgspec
import pytest
from tiny_site import SUMMARY, list_page, make_article, make_plan, make_renderer, with_site

from generator.model.site import ListPage, PageKind, Redirect, Taxonomy, Term
from generator.render.lists import Lists
from generator.render.messages import Translator
from generator.text.address import Address


@pytest.fixture
def site(make_theme, config):
    """Give the plan of three articles, one undated, with what builds its lists."""

    def build(config=config):
        plan = make_plan(make_article(3), make_article(2), make_article(1, date=None, name="loose"))
        theme = make_theme()
        renderer, frame = make_renderer(theme, config, plan)
        return plan, renderer, Lists(frame, Translator(theme.messages, "en"))

    return build


@pytest.mark.parametrize(
    ("kind", "title", "trail"),
    [
        (PageKind.HOME, "Old News", []),
        (PageKind.TERMS, "Categories", ["Old News"]),
        (PageKind.TERM, "Category Markets", ["Old News", "Categories"]),
        (PageKind.DATES, "Dates", ["Old News"]),
        (PageKind.YEAR, "2022", ["Old News", "Dates"]),
        (PageKind.MONTH, "February 2022", ["Old News", "Dates", "2022"]),
        (PageKind.UNDATED, "Undated", ["Old News"]),
    ],
)
def test_every_list_has_a_title_and_a_way_down_to_it(site, kind, title, trail):
    plan, renderer, lists = site()
    page = list_page(plan, kind)
    assert lists.title(page) == title
    assert [link.title for link in lists.page(page).breadcrumbs] == trail
    assert title in renderer.render_list(page).decode()


def test_a_day_lies_below_its_month_and_year(site):
    _, _, lists = site()
    page = ListPage(PageKind.DAY, Address("2022/02/03/index.html"), (0,), year=2022, month=2, day=3)
    context = lists.page(page)
    assert context.title == "February 3, 2022"
    assert [link.href for link in context.breadcrumbs] == [
        "index.html",
        "dates/index.html",
        "2022/index.html",
        "2022/02/index.html",
    ]


@pytest.mark.parametrize(
    ("kind", "count"),
    [(PageKind.HOME, 3), (PageKind.TERM, 3), (PageKind.MONTH, 2), (PageKind.UNDATED, 1)],
)
def test_the_newest_page_of_a_list_says_how_many_articles_all_its_pages_hold(site, kind, count):
    plan, _, lists = site()
    assert lists.listing(list_page(plan, kind), ()).count == count


def older_page(kind=PageKind.TERM, last=3, **about):
    one, two, three = (Address(f"p/{name}.html") for name in ("1", "2", "index"))
    return ListPage(
        kind, two, number=2, last=last, newer=three, older=one,
        first_page=three, last_page=one, **about,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (PageKind.HOME, {}),
        (PageKind.TERM, {"term": 0}),
        (PageKind.MONTH, {"year": 2022, "month": 2}),
        (PageKind.UNDATED, {}),
    ],
)
def test_an_older_page_of_a_list_stays_as_it_is_when_an_article_comes(
    make_theme, config, kind, about
):
    theme = make_theme()
    articles = [make_article(3), make_article(2), make_article(1, date=None, name="loose")]
    before, _ = make_renderer(theme, config, make_plan(*articles))
    after, _ = make_renderer(theme, config, make_plan(make_article(4), *articles))
    page, grown = (older_page(kind, last, **about) for last in (3, 4))
    assert before.fingerprint_list(page) == after.fingerprint_list(grown)
    newest = [msgspec.structs.replace(one, newer=None, number=one.last) for one in (page, grown)]
    assert before.fingerprint_list(newest[0]) != after.fingerprint_list(newest[1])


def test_the_pager_leads_to_both_ends(site):
    _, _, lists = site()
    pager = lists.listing(older_page(term=0), ()).pager
    assert (pager.number, pager.last) == (2, 0)
    assert (pager.newer, pager.older) == ("p/index.html", "p/1.html")
    assert (pager.newest, pager.oldest) == ("p/index.html", "p/1.html")


def test_the_front_page_shows_the_largest_categories_and_the_years_its_older_pages_do_not(site):
    plan, _, lists = site()
    front = list_page(plan, PageKind.HOME)
    older = msgspec.structs.replace(front, number=1, last=2, newer=Address("p/index.html"))
    assert [term.title for term in lists.listing(front, ()).terms] == ["Markets"]
    assert [date.year for date in lists.listing(front, ()).years] == [2022]
    assert lists.listing(older, ()).terms == lists.listing(older, ()).years == ()
    assert lists.page(front).description == "A paper's archive"
    assert lists.page(older).description == ""


def test_a_month_shows_its_days_and_a_year_its_months_and_days(site):
    plan, _, lists = site()
    month = lists.listing(list_page(plan, PageKind.MONTH), ()).month
    assert [day.day for day in month.days if day.href] == [2, 3]
    calendar = lists.calendar(list_page(plan, PageKind.YEAR))
    assert (calendar.year, calendar.count) == (2022, 2)
    assert [date.month for date in calendar.months] == [2]
    assert [grid.month for grid in calendar.grids] == [2]


def test_the_calendar_of_all_years_shows_months_but_not_days(site):
    plan, _, lists = site()
    calendar = lists.calendar(list_page(plan, PageKind.DATES))
    assert (calendar.year, calendar.count) == (0, 2)
    assert len(calendar.months) == 1
    assert calendar.grids == ()


def test_an_index_lists_the_terms_of_its_taxonomy_with_their_counts(site):
    plan, _, lists = site()
    index = lists.index(list_page(plan, PageKind.TERMS))
    assert index.taxonomy == "category"
    assert [(term.title, term.count) for term in index.terms] == [("Markets", 3)]


def test_a_category_links_to_its_feeds_and_the_front_page_has_none_of_its_own(site):
    plan, _, lists = site()
    links = lists.page(list_page(plan, PageKind.TERM)).feeds
    assert [link.href for link in links] == [
        "category/Markets/feed.xml",
        "category/Markets/atom.xml",
        "category/Markets/feed.json",
    ]
    assert lists.page(list_page(plan, PageKind.HOME)).feeds == ()


def test_a_teaser_shows_a_description_before_an_excerpt(site):
    plan, renderer, _ = site()
    teaser = renderer.make_teaser(plan.articles[0], SUMMARY)
    assert (teaser.title, teaser.href) == ("Headline 3", "markets/2022/3.html")
    assert (teaser.excerpt, teaser.source.href) == ("The excerpt", "source/Xinhua.html")
    assert teaser.category.title == "Markets"


def test_a_redirect_leads_to_its_target_and_names_the_canonical_address(site):
    _, renderer, _ = site()
    redirect = Redirect(Address("old/place/1.html"), Address("markets/2022/1.html"), "A & B")
    assert renderer.render_redirect(redirect).decode() == (
        '<a href="../../markets/2022/1.html">A &amp; B</a> '
        "https://news.example/old/markets/2022/1.html\n"
    )


def test_the_page_for_what_is_not_found_links_from_the_root_of_the_host(site, config):
    _, renderer, _ = site()
    assert renderer.render_not_found().decode() == "Not found /old/\n"
    _, renderer, _ = site(with_site(config, base_url=""))
    assert renderer.render_not_found().decode() == "Not found /\n"


def test_the_menu_names_the_indexes_that_exist(site, make_theme, config):
    plan, _, _ = site()
    _, frame = make_renderer(make_theme(), config, plan)
    assert [link.title for link in frame.site.menu] == ["Categories", "Dates", "Undated"]
    assert (frame.site.first_year, frame.site.last_year, frame.site.article_count) == (
        2022,
        2022,
        3,
    )


def test_the_menu_leads_to_the_newest_page_of_the_undated_articles(make_theme, config):
    plan = make_plan(make_article(1, date=None))
    pages = [
        ListPage(PageKind.UNDATED, Address(f"undated/{file}.html"), number=number, last=3)
        for number, file in ((1, "1"), (3, "index"), (2, "2"))
    ]
    _, frame = make_renderer(
        make_theme(), config, msgspec.structs.replace(plan, lists=tuple(pages))
    )
    assert [link.href for link in frame.site.menu] == ["undated/index.html"]


def test_an_index_names_the_largest_terms_first_and_equals_by_title(make_theme, config):
    plan = make_plan(make_article(2), make_article(1))
    terms = tuple(
        Term(Taxonomy.CATEGORY, title, title, None, tuple(range(size)))
        for title, size in (("b", 1), ("c", 2), ("a", 1))
    )
    _, frame = make_renderer(make_theme(), config, msgspec.structs.replace(plan, terms=terms))
    assert [terms[at].title for at in frame.indexes["category"]] == ["c", "a", "b"]


def test_parameters_of_the_site_come_before_those_of_the_theme(make_theme, config):
    theme = make_theme()
    changed = msgspec.structs.replace(config, params={"width": 4})
    _, frame = make_renderer(theme, changed, make_plan(make_article()))
    assert frame.site.params == {"ink": "black", "width": 4}
    changed = msgspec.structs.replace(config, params={"ink": "blue"})
    _, frame = make_renderer(theme, changed, make_plan(make_article()))
    assert frame.site.params == {"ink": "blue"}
