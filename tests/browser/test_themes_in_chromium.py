"""The themes in a real browser: accessible, quiet, whole without scripts, within budget."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import quote

import pytest

# The browser opens its own connections; the tests only serve the site.
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

AXE = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
KINDS = (
    *("home", "home-older", "article", "article-en", "article-undated", "article-related"),
    *("term", "terms", "tags", "dates", "year", "month", "day", "undated", "not-found"),
    "search",
)
# Every stop of the tab key that a page offers.
STOPS = """() => [...document.querySelectorAll('a[href], button, input, [tabindex]')].filter(
  e => e.tabIndex >= 0 && e.checkVisibility()).length"""
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  return [e.tagName, e.className, e.id, s.outlineStyle, s.outlineWidth];
}"""


@pytest.fixture
def browse(chromium, hosted):
    """Open pages of the site, remembering what the console said and what was asked for."""
    contexts = []

    def opener(kind, *, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(hosted.at(kind))
        return page

    yield opener
    for context in contexts:
        context.close()


def find_violations(page):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make test installs it")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(browse, kind, scheme):
    assert find_violations(browse(kind, color_scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_plain_theme(chromium, hosted_plain, scheme):
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    for kind in KINDS[:-1]:  # this theme has no search
        page.goto(hosted_plain.at(kind))
        assert find_violations(page) == [], kind
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_quiet_and_asks_its_own_host_alone(browse, hosted, kind):
    page = browse(kind)
    page.wait_for_load_state("networkidle")
    assert page.said == []
    assert {url.startswith((hosted.url, "data:")) for url in page.asked} == {True}


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_from_a_small_phone_to_a_wall_nor_with_text_twice_its_size(
    browse, kind
):
    page = browse(kind)
    for width, size in ((320, 100), (390, 100), (1280, 100), (3840, 100), (640, 200)):
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate(
            f"""() => {{
              document.documentElement.style.setProperty('font-size', '{size}%');
              return document.documentElement.scrollWidth;
            }}"""
        )
        assert needed <= width, (width, size)


@pytest.mark.parametrize("kind", ["home", "article-related", "dates", "year", "term"])
def test_the_tab_key_reaches_every_stop_and_each_shows_that_it_has_the_focus(browse, kind):
    page = browse(kind)
    stops = page.evaluate(STOPS)
    seen = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert seen[0][1] == "skip"
    assert "BODY" not in [tag for tag, *_ in seen]
    assert [stop for stop in seen if stop[3] == "none" or stop[4] == "0px"] == []


def test_the_skip_link_leads_to_the_text(browse):
    page = browse("article")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.crumbs') !== null")


def test_everything_but_the_print_button_is_there_without_scripts(browse, hosted):
    page = browse("home", java_script_enabled=False)
    page.get_by_role("link", name="一篇很长的文章").first.click()
    assert page.url == hosted.at("article")
    assert page.get_by_role("heading", level=1).inner_text() == "一篇很长的文章"
    assert page.locator("button.print").is_hidden()
    page.get_by_role("link", name="要闻").first.click()
    assert "/category/" in page.url


def test_every_list_can_be_walked_without_scripts(browse, hosted):
    """From the front page down to an article and on to a related one, by links alone."""
    page = browse("home", java_script_enabled=False)
    way = [
        ("日期", "date/index.html"), ("2020", "2020/index.html"), ("2月", "2020/02/index.html"),
        ("20", "2020/02/20/index.html"), ("葡萄酒关税上调", hosted.pages["article-related"]),
    ]  # fmt: skip
    for name, file in way:
        page.get_by_role("main" if file != "date/index.html" else "banner").get_by_role(
            "link", name=name, exact=True
        ).first.click()
        assert page.url == f"{hosted.url}/{quote(file)}"
    page.get_by_role("navigation", name="相关文章").get_by_role("link").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "葡萄酒关税再议"
    page.get_by_role("link", name="搜索").click()
    assert page.get_by_text("需要 JavaScript").is_visible()


def test_a_reader_with_a_keyboard_gets_from_the_front_page_to_an_article_and_back(browse, hosted):
    page = browse("home")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the frame
    page.wait_for_function("location.hash")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the first headline
    assert page.get_by_role("heading", level=1).inner_text() == "一篇很长的文章"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the first of the breadcrumbs
    assert page.url == hosted.at("home")


@pytest.mark.parametrize(("kind", "before"), [("home", 0), ("article", 0), ("search", 1)])
def test_the_sheet_of_the_search_is_fetched_once_and_only_where_search_is_used(
    browse, kind, before
):
    page = browse(kind)
    page.wait_for_load_state("networkidle")
    sheets = [url for url in page.asked if url.endswith("search.css")]
    assert len(sheets) == before
    page.keyboard.press("Escape")
    if kind != "search":
        page.keyboard.press("/")
        page.wait_for_function(
            "document.querySelector('dialog.search-dialog').style.opacity === ''"
        )
        page.wait_for_load_state("networkidle")
        shadow = page.evaluate("getComputedStyle(document.querySelector('dialog')).boxShadow")
        assert shadow != "none", "it has its looks"
    assert [url for url in page.asked if url.endswith("search.css")] == [
        page.evaluate("document.querySelector('link[href$=\"search.css\"]').href")
    ]


def test_the_print_button_prints(browse):
    page = browse("article")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="打印本文").click()
    assert page.evaluate("window.printed")


def test_paper_shows_the_article_and_not_the_frame(browse):
    page = browse("article")
    page.emulate_media(media="print")
    assert page.locator(".text").is_visible()
    for part in (".bar", ".crumbs", ".neighbours", "footer.frame"):
        assert page.locator(part).is_hidden(), part


def test_the_timeline_leads_to_its_months(browse, hosted):
    page = browse("home")
    bar = page.locator(".timeline a").first
    assert bar.get_attribute("href") == "2020/01/index.html"
    bar.locator(".hit").click()
    assert page.url == f"{hosted.url}/2020/01/index.html"


def test_the_squares_of_a_year_lead_to_their_days(browse, hosted):
    page = browse("year")
    square = page.locator(".heat a").first
    assert square.locator("title").text_content() == "2022年2月20日：1 篇"
    square.locator("rect").click()
    assert page.url == f"{hosted.url}/2022/02/20/index.html"


def test_the_colours_follow_the_reader_s_scheme(browse):
    colours = {
        scheme: browse("home", color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert colours == {"light": "rgb(252, 252, 250)", "dark": "rgb(23, 23, 22)"}


@pytest.mark.parametrize(
    ("kind", "width"),
    # The search page loads the search itself.
    [
        *((kind, 390) for kind in KINDS if kind != "search"),
        *((kind, 1280) for kind in ("home", "article-en", "year")),
    ],
)
def test_a_page_keeps_to_its_budget(browse, hosted, kind, width):
    """Few requests, nothing that moves, and 25 KB compressed with all it needs."""
    page = browse(kind, width=width)
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    names = [name for name in names if not name.startswith("data:")]
    # Style sheet, icon and print button; the script of the search.
    assert len(names) <= 4
    shifts = page.evaluate(
        """() => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
            .observe({type: 'layout-shift', buffered: true});
          setTimeout(() => done(sum), 100);
        })"""
    )
    assert shifts == 0
    files = [hosted.pages[kind], *(name.removeprefix(f"{hosted.url}/") for name in names)]
    size = sum(len(gzip.compress((hosted.output / file).read_bytes())) for file in files)
    assert size <= 25 * 1024
