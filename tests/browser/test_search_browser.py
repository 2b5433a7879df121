"""Search in a real browser: over HTTP under a subfolder, and from files on a disk."""

import html
import subprocess
import sys
import urllib.parse

import pytest
from playwright import sync_api

from generator.search.assets import client_files, client_name
from generator.search.bundle import bundle
from generator.search.document import SearchDocument, SearchSettings
from generator.search.runs import write_run
from generator.search.update import plan_search
from generator.search.writing import build_search

BODIES = {
    "2022/a.html": (
        "赣南脐橙丰收",
        "<p>江西赣州的脐橙今年丰收，<b>出口</b>增长。</p><p hidden>隐藏文字</p>",
        "2022-03-01",
        "农业",
        "赣南日报",
    ),
    "2022/b.html": (
        "Linux 内核发布",
        "<p>Linus 发布了 Linux 5.17，<br>赣服通4.0也上线。</p>",
        "2022-02-21",
        "科技",
        "IT之家",
    ),
    "2021/c.html": (
        "臺灣經濟",
        "<p>臺灣經濟發展，&lt;b&gt;後來居上&lt;/b&gt;。</p>",
        "2021-12-01",
        "农业",
        "",
    ),
    "2021/d.html": ("<img src=x onerror=alert(1)>", "<p>赣江与脐橙。</p>", "", "", ""),
}
FRAME = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{root}search/client/search.css">
<script defer src="{root}search/client/search.js" data-root="{root}"></script></head>
<body><a href="{root}search/index.html" data-search-open>搜索</a>{body}</body></html>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    base = tmp_path_factory.mktemp("site")
    folder = base / "news" / "old archive"
    documents = [
        SearchDocument(href, title, html_text(body), date, category, category, (), source)
        for href, (title, body, date, category, source) in BODIES.items()
    ]
    documents += [
        SearchDocument(
            f"more/{i}.html",
            f"消息{i}",
            f"第{i}条消息，江西与赣江分开。",
            f"2020-01-{i % 28 + 1:02}",
            "其他",
            "其他",
        )
        for i in range(40)
    ]
    documents.sort(key=lambda document: document.date, reverse=True)  # as a plan has them
    wanted = [(document.href, "") for document in documents]
    settings = SearchSettings()
    plan = plan_search(None, wanted, settings)
    runs = [write_run(documents, base / "runs", "run")]
    dist = bundle()
    files = build_search(
        None,
        plan,
        wanted,
        runs,
        settings=settings,
        scratch=base / "scratch",
        client=client_name(dist),
    )
    for file in [*files, *client_files(dist)]:
        write(folder / file.name, file.data)
    for document in documents:
        title, body, *_ = BODIES.get(document.href, (document.title, f"<p>{document.text}</p>"))
        article = (
            f"<article><h1>{html.escape(title)}</h1><div data-search-text>{body}</div></article>"
        )
        page = FRAME.format(title=html.escape(title), root="../", body=article)
        write(folder / document.href, page.encode())
    search = (
        "<main><h1>搜索</h1><div data-search-page><noscript>需要 JavaScript</noscript></div></main>"
    )
    write(
        folder / "search" / "index.html",
        FRAME.format(title="搜索", root="../", body=search).encode(),
    )
    write(folder / "index.html", FRAME.format(title="首页", root="", body="<h1>首页</h1>").encode())
    return base


def html_text(body):
    from generator.search.extract import visible_text

    return visible_text(body)


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture(scope="module")
def server(site):
    # A process of its own: tests open no sockets.
    code = (
        "import functools, http.server, sys\n"
        "handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])\n"
        "server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)\n"
        "print(server.server_port, flush=True)\nserver.serve_forever()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(site)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}/news/old%20archive/"
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture(params=["http", "file"])
def root(request, site):
    if request.param == "http":
        return request.getfixturevalue("server")
    return (site / "news" / "old archive").as_uri() + "/"


@pytest.fixture
def page(chromium, root):
    """A page that fails the test for any error it logs and any request that leaves the site."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults = []
    page.on(
        "console",
        lambda message: message.type in {"error", "warning"} and faults.append(message.text),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((root, "data:"))
            or faults.append(f"left the site: {request.url}")
        ),
    )
    page.faults = faults
    yield page
    assert faults == []
    context.close()


def results(page):
    return page.locator(".search-results li > a")


def scroll_to(page, count):
    """Scroll down until so many results are there."""
    page.wait_for_function(
        "count => { scrollTo(0, document.body.scrollHeight);"
        "return document.querySelectorAll('.search-results li').length >= count; }",
        arg=count,
    )
    sync_api.expect(results(page)).to_have_count(count)


def status(page):
    return page.locator(".search-status")


def expect_status(page, text):
    sync_api.expect(status(page)).to_have_text(text)


def test_a_slash_opens_the_dialog_and_typing_shows_marked_results(page, root):
    page.goto(root + "2022/b.html")
    page.keyboard.press("/")
    sync_api.expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("脐橙")
    expect_status(page, "找到 2 篇")
    sync_api.expect(results(page)).to_have_count(2)
    assert results(page).first.inner_text() == "赣南脐橙丰收"
    assert page.locator("li mark").first.inner_text() == "脐橙"
    assert "2022-03-01" in page.locator(".search-about").first.inner_text()
    assert "赣南日报" in page.locator(".search-about").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2022/a.html")
    page.go_back()
    page.wait_for_url("**/2022/b.html")


def test_escape_closes_the_dialog_and_the_button_opens_it(page, root):
    page.goto(root + "index.html")
    page.click("[data-search-open]")
    sync_api.expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("dialog")).to_be_hidden()


def test_the_page_keeps_the_query_in_its_address(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "赣服通4.0")
    expect_status(page, "找到 1 篇")
    assert urllib.parse.quote("赣服通4.0") in page.url
    results(page).first.click()
    page.wait_for_url("**/2022/b.html")
    page.go_back()
    expect_status(page, "找到 1 篇")
    assert page.input_value("input[type=search]") == "赣服通4.0"


def test_both_scripts_find_each_other_and_the_page_keeps_its_own(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "台湾经济发展")
    expect_status(page, "找到 1 篇")
    sync_api.expect(page.locator(".search-excerpt mark")).to_have_text("臺灣經濟發展")
    page.fill("input[type=search]", "江西贛州的臍橙")
    expect_status(page, "找到 1 篇")
    sync_api.expect(page.locator(".search-excerpt mark")).to_have_text("江西赣州的脐橙")


def test_what_only_seems_to_match_is_not_shown(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "江西赣江")
    expect_status(page, "没有找到含有“江西赣江”的文章。可以少写几个字，或换一种写法。")
    assert results(page).count() == 0


def test_titles_and_excerpts_are_text(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "赣江与脐橙")
    sync_api.expect(results(page)).to_have_text("<img src=x onerror=alert(1)>")
    page.fill("input[type=search]", "后来居上")
    sync_api.expect(page.locator(".search-excerpt")).to_contain_text("<b>後來居上</b>")
    assert page.locator("img").count() == 0


def test_hidden_text_is_not_found(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "隐藏文字")
    sync_api.expect(status(page)).to_contain_text("没有找到")


def test_filters_order_and_more(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "赣")
    expect_status(page, "找到 43 篇")
    scroll_to(page, 10)
    page.click(".search-more")
    scroll_to(page, 20)
    page.click("summary")
    category = page.get_by_label("分类")
    sync_api.expect(category.locator("option")).to_have_text(
        ["全部", "其他 (40)", "农业 (1)", "科技 (1)"]
    )
    category.select_option(label="科技 (1)")
    expect_status(page, "找到 1 篇")
    page.click("text=清除筛选")
    expect_status(page, "找到 43 篇")
    page.get_by_label("年份").select_option(label="2020 (40)")
    expect_status(page, "找到 40 篇")
    page.get_by_label("排序").select_option("newest")
    sync_api.expect(page.locator(".search-about time").first).to_have_text("2020-01-28")
    page.reload()
    expect_status(page, "找到 40 篇")


def test_pinyin_offers_what_it_may_stand_for(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "gannan")
    sync_api.expect(status(page)).to_contain_text("拼音")
    sync_api.expect(page.locator(".search-guesses button").first).to_have_text("赣南")
    sync_api.expect(results(page)).to_have_count(1)


def test_the_query_language_is_asked_for(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "脐橙 -丰收")
    sync_api.expect(status(page)).to_have_text("找到 1 篇")
    page.check("input[type=checkbox]")
    sync_api.expect(results(page)).to_have_text("<img src=x onerror=alert(1)>")


def test_nothing_is_searched_in_the_middle_of_composition(page, root):
    page.goto(root + "search/index.html")
    session = page.context.new_cdp_session(page)
    page.focus("input[type=search]")
    session.send(
        "Input.imeSetComposition", {"text": "qicheng", "selectionStart": 7, "selectionEnd": 7}
    )
    page.wait_for_timeout(400)
    assert status(page).inner_text() == ""
    session.send("Input.insertText", {"text": "脐橙"})
    expect_status(page, "找到 2 篇")


@pytest.mark.parametrize("text", ["——！？", "😀", "<script>alert(1)</script>", "(.*)+$", "%E8%B5"])
def test_strange_input_is_answered_in_words(page, root, text):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", text)
    page.wait_for_function("document.querySelector('.search-status').textContent.match(/没有/)")


def test_a_query_in_the_address_is_answered(page, root):
    sign = "#" if root.startswith("file:") else "?"
    page.goto(root + "search/index.html" + sign + "q=" + urllib.parse.quote("内核"))
    expect_status(page, "找到 1 篇")


def test_the_form_has_names_for_everything(page, root):
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "脐橙")
    sync_api.expect(results(page)).to_have_count(2)
    for role, name in [
        ("searchbox", "搜索"),
        ("combobox", "排序"),
        ("checkbox", "搜索语法"),
        ("link", "赣南脐橙丰收"),
    ]:
        assert page.get_by_role(role, name=name).count() == 1, name


def test_offline_is_said_and_search_goes_on_when_the_network_is_back(chromium, server):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server + "search/index.html")
    page.wait_for_function("globalThis.backfileSearch")
    context.set_offline(True)
    page.fill("input[type=search]", "脐橙")
    sync_api.expect(status(page)).to_contain_text("网络")
    context.set_offline(False)
    page.fill("input[type=search]", "赣南")
    sync_api.expect(status(page)).to_have_text("找到 1 篇")
    context.close()


def test_a_client_that_cannot_be_loaded_is_said_and_asked_for_again(chromium, server):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server + "index.html")
    context.set_offline(True)
    page.keyboard.press("/")
    sync_api.expect(page.get_by_role("searchbox")).to_be_focused()
    sync_api.expect(status(page)).to_contain_text("网络")
    context.set_offline(False)
    page.keyboard.type("赣南")
    sync_api.expect(status(page)).to_have_text("找到 1 篇")
    context.close()


def test_a_shard_that_cannot_be_read_is_said_in_a_sentence(chromium, server):
    context = chromium.new_context()
    # Workers' requests pass by the page's routes, the page's own do not.
    context.add_init_script("globalThis.Worker = undefined")
    page = context.new_page()
    page.route("**/search/kept/*/h*.js", lambda route: route.fulfill(status=404))
    page.goto(server + "search/index.html")
    page.fill("input[type=search]", "linux 脐橙")
    sync_api.expect(status(page)).to_contain_text("索引的一部分读不到")
    sync_api.expect(results(page)).to_have_count(0)
    page.fill("input[type=search]", "linux")
    sync_api.expect(status(page)).to_have_text("找到 1 篇")
    context.close()


def test_what_is_typed_while_the_client_loads_is_answered(page, root):
    if root.startswith("http"):
        page.route(
            "**/search-client*", lambda route: page.wait_for_timeout(500) or route.continue_()
        )
    page.goto(root + "2022/b.html")
    page.keyboard.type("/脐橙")
    sync_api.expect(page.get_by_role("searchbox")).to_have_value("脐橙")
    expect_status(page, "找到 2 篇")
    assert page.get_by_role("searchbox").input_value() == "脐橙"


def test_results_below_the_fold_are_not_read(page, root):
    if root.startswith("file"):
        pytest.skip("pages are not counted there")
    read = []
    page.on("request", lambda request: "/more/" in request.url and read.append(request.url))
    page.set_viewport_size({"width": 800, "height": 400})
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "条消息")
    sync_api.expect(status(page)).to_contain_text("找到约 40 篇")
    sync_api.expect(results(page).first).to_be_visible()
    page.wait_for_timeout(300)
    assert len(read) < 8
    scroll_to(page, 10)
    page.click(".search-more")
    scroll_to(page, 20)


def test_what_stands_in_the_title_alone_needs_no_page(page, root):
    if root.startswith("file"):
        pytest.skip("pages are not counted there")
    read = []
    page.on("request", lambda request: "/2022/b" in request.url and read.append(request.url))
    page.goto(root + "search/index.html")
    page.fill("input[type=search]", "内核发布")
    expect_status(page, "找到 1 篇")
    sync_api.expect(page.locator("li a mark")).to_have_text("内核发布")
    assert page.locator(".search-excerpt").count() == 0
    assert read == []


def test_text_seen_by_the_browser_is_the_text_indexed(chromium, server, site, corpora):
    """On real bodies the browser's text has the tokens of the text we index."""
    import markdown

    from generator.search.tokens import index_tokens

    context = chromium.new_context(java_script_enabled=True)
    page = context.new_page()
    page.goto(server + "index.html")
    page.add_script_tag(url=f"{server}search/kept/{client_name()}/search-client.zh-cn.js")
    paths = [
        path
        for folder in ("finews-sample", "chinanews-jekyll", "rust-inside-toml", "yihui-cn")
        for path in sorted((corpora / folder).rglob("*.md"))[:12]
    ]
    assert len(paths) > 30
    for path in paths:
        body = markdown.markdown(path.read_text("utf-8", errors="replace"))
        seen = page.evaluate(
            "body => backfileSearch.visibleText(new DOMParser().parseFromString("
            "`<!doctype html><div data-search-text>${body}</div>`, 'text/html'))",
            body,
        )
        assert index_tokens(seen) == index_tokens(html_text(body)), path.name
    context.close()
