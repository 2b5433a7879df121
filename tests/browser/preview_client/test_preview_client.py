"""The preview's browser client against a server that does as the test says."""

from __future__ import annotations

import gzip
import random

import pytest
from fake_preview import frame, until, visit
from playwright.sync_api import expect

from generator.errors import BackfileError
from generator.serve.assets import read_client

# The browser opens its own connections; the tests only serve the site.
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

LONG = "".join(f"<p>第 {number} 段，写得不长。</p>\n" for number in range(200))
# A hidden tab, as far as a page can tell: headless tabs are never hidden.
HIDE = """isHidden => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def mark(tab, selector):
    """Remember an element, to ask later whether it is still the same."""
    tab.eval_on_selector(selector, "element => { window.marked = element }")


def is_same(tab, selector):
    return tab.eval_on_selector(selector, "element => element === window.marked")


def test_the_client_is_smaller_than_10_kb_compressed(client):
    assert len(gzip.compress(b"".join(client.values()), 9)) < 10_000


def test_a_client_that_is_not_built_is_an_error_with_a_hint(tmp_path):
    with pytest.raises(BackfileError) as caught:
        read_client(tmp_path)
    assert caught.value.hint == "run `python -m generator.serve.bundle`"


def test_a_change_is_shown_in_the_page_that_stands(tab, preview):
    visit(tab, preview)
    mark(tab, "h1")
    preview.save({"/": frame("<p>新文。</p>", "新题")}, pages=["/"])
    expect(tab.locator("p")).to_have_text("新文。")
    expect(tab).to_have_title("新题")
    assert is_same(tab, "h1")


def test_a_change_of_other_pages_fetches_nothing(tab, preview):
    visit(tab, preview)
    preview.asked.clear()
    preview.save({}, pages=["/other/"])
    preview.save({"/": frame("<p>新文。</p>")}, pages=["/index.html"])
    expect(tab.locator("p")).to_have_text("新文。")
    assert preview.asked == ["/"]


def test_addresses_are_compared_decoded(tab, preview):
    preview.files["/新闻/"] = preview.files["/%E6%96%B0%E9%97%BB/"] = frame("<p>原文。</p>")
    visit(tab, preview, "/新闻/")
    preview.save({"/%E6%96%B0%E9%97%BB/": frame("<p>新文。</p>")}, pages=["/新闻/"])
    expect(tab.locator("p")).to_have_text("新文。")


def test_an_event_that_comes_late_changes_nothing(tab, preview):
    visit(tab, preview)
    preview.save({"/": frame("<p>新文。</p>")})
    expect(tab.locator("p")).to_have_text("新文。")
    preview.asked.clear()
    preview.tell("change", {"version": 1, "pages": "all", "css": [], "kind": "page"})
    preview.save({"/": frame("<p>最新。</p>")})
    expect(tab.locator("p")).to_have_text("最新。")
    assert preview.asked == ["/"]


def test_a_burst_of_changes_ends_with_the_last(tab, preview):
    visit(tab, preview)
    for number in range(20):
        preview.save({"/": frame(f"<p>第 {number} 稿。</p>")})
    expect(tab.locator("p")).to_have_text("第 19 稿。")


def test_what_the_reader_did_to_the_page_stays(tab, preview):
    body = (
        "<p>第一段。</p>\n{new}<details><summary>更多</summary><p>细节</p></details>\n"
        "<dialog><p>对话</p><button>好</button></dialog>\n"
        '<form><input name="a"><input name="b" value="原"><textarea>原</textarea>'
        '<input type="checkbox"><select><option>甲<option>乙</select></form>\n'
        "<video></video>\n<pre tabindex='0'>{line}</pre>\n" + LONG
    )
    line = "长" * 1000
    preview.files["/"] = frame(body.format(new="", line=line))
    visit(tab, preview)
    tab.evaluate(
        """() => {
          const find = selector => document.querySelector(selector);
          find("summary").click();
          find("dialog").show();
          find("[name=b]").value = "改";
          find("textarea").value = "改";
          find("[type=checkbox]").click();
          find("select").value = "乙";
          find("pre").scrollLeft = 300;
          window.marked = find("video");
          scrollTo(0, 2000);
          find("[name=a]").focus({ preventScroll: true });
        }"""
    )
    tab.keyboard.insert_text("打了字")
    tab.keyboard.press("Shift+ArrowLeft")
    top = tab.evaluate("document.querySelectorAll('p')[99].getBoundingClientRect().top")
    preview.save(
        {"/": frame(body.format(new="<p>插入一段。</p>\n<p>又一段。</p>\n", line=line), "新题")}
    )
    expect(tab.locator("h1")).to_have_text("新题")
    expect(tab.get_by_text("插入一段。")).to_have_count(1)
    state = tab.evaluate(
        """() => {
          const find = selector => document.querySelector(selector), a = find("[name=a]");
          return [find("details").open, find("dialog").open, a.value, find("[name=b]").value,
            find("textarea").value, find("[type=checkbox]").checked, find("select").value,
            find("pre").scrollLeft, find("video") === marked, document.activeElement === a,
            a.selectionStart, a.selectionEnd];
        }"""
    )
    assert state == [True, True, "打了字", "改", "改", True, "乙", 300, True, True, 2, 3]
    # Two paragraphs came in above what is read; what is read stays where it is.
    moved = tab.evaluate("document.querySelectorAll('p')[101].getBoundingClientRect().top") - top
    assert abs(moved) < 2


def test_what_is_typed_and_chosen_stays_though_the_field_itself_changes(tab, preview):
    body = (
        '<input class="{0}"><input class="{0}" value="原"><textarea class="{0}">原</textarea>'
        '<input type="checkbox" class="{0}"><select class="{0}">'
        '<option class="{0}" selected>甲<option class="{0}">乙</select>'
    )
    preview.files["/"] = frame(body.format("a"))
    visit(tab, preview)
    tab.evaluate(
        """() => {
          const [plain, given, box] = document.querySelectorAll("input");
          plain.value = given.value = document.querySelector("textarea").value = "改";
          box.checked = true;
          document.querySelector("select").value = "乙";
        }"""
    )
    preview.save({"/": frame(body.format("b"))})
    expect(tab.locator(".a")).to_have_count(0)
    fields = tab.locator("input, textarea, select")
    assert fields.evaluate_all("all => all.map(field => field.value)") == [
        "改",
        "改",
        "改",
        "on",
        "乙",
    ]
    assert tab.locator("[type=checkbox]").is_checked()


def test_what_was_served_and_not_touched_follows_the_server(tab, preview):
    body = '<details{0}><summary>更多</summary></details><input value="{1}"><select><option>甲<option{2}>乙</select>'
    preview.files["/"] = frame(body.format("", "原", ""))
    visit(tab, preview)
    preview.save({"/": frame(body.format(" open", "新", " selected"))})
    expect(tab.locator("input")).to_have_value("新")
    expect(tab.locator("select")).to_have_value("乙")
    expect(tab.locator("details")).to_have_attribute("open", "")


def test_unchanged_neighbours_of_a_change_are_left_alone(tab, preview):
    preview.files["/"] = frame("<p>甲</p>\n<p>乙</p>\n<p>丙</p>\n<p>丁</p>")
    visit(tab, preview)
    mark(tab, "p:nth-of-type(3)")
    tab.evaluate("getSelection().selectAllChildren(marked)")
    preview.save({"/": frame("<p>新</p>\n<p>甲</p>\n<p>乙改</p>\n<p>丙</p>\n<p>丁</p>")})
    expect(tab.locator("p")).to_have_text(["新", "甲", "乙改", "丙", "丁"])
    assert is_same(tab, "p:nth-of-type(4)")
    assert tab.evaluate("String(getSelection())") == "丙"
    preview.save({"/": frame("<p>丙</p>")})
    expect(tab.locator("p")).to_have_text(["丙"])
    assert is_same(tab, "p")


def random_body(chance, depth=0):
    """Elements of few kinds, some with ids, so that much is alike."""
    ids = chance.sample(range(12), 12)

    def children(depth):
        return "".join(child(depth) for _ in range(chance.randrange(6)))

    def child(depth):
        if depth > 3 or chance.random() < 0.3:
            return chance.choice(["甲", "\n", "乙 "])
        tag = chance.choice(["div", "section", "span", "details"])
        name = f' id="n{ids.pop()}"' if ids and chance.random() < 0.2 else ""
        return f"<{tag}{name} class='{chance.choice('ab')}'>{children(depth + 1)}</{tag}>"

    return children(0)


def test_whatever_stood_there_the_page_becomes_what_was_served(tab, preview):
    chance = random.Random(5)
    visit(tab, preview)
    tab.evaluate("document.body.append(document.createElement('dialog'))")
    for number in range(60):
        preview.save({"/": frame(random_body(chance), f"第 {number} 版")})
        until(lambda title=f"第 {number} 版": tab.title() == title)
        assert tab.evaluate(
            """text => {
              const wanted = new DOMParser().parseFromString(text, "text/html");
              wanted.body.append(document.createElement("dialog"));
              return wanted.body.isEqualNode(document.body);
            }""",
            preview.page("/"),
        )


def test_what_scripts_have_put_in_stays(tab, preview):
    preview.files["/"] = frame("<div id='own'><noscript>需要脚本</noscript></div><p>原文。</p>")
    visit(tab, preview)
    tab.evaluate(
        """() => {
          const dialog = document.createElement("dialog");
          dialog.innerHTML = "<input>";
          document.querySelector("main").prepend(dialog);
          dialog.showModal();
          const list = document.createElement("div");
          list.append(document.createElement("b"));
          document.querySelector("#own").replaceChildren(list);
          document.documentElement.dataset.theme = "dark";
        }"""
    )
    tab.locator("dialog input").fill("打了字")
    preview.save(
        {"/": frame("<div>新块</div><div id='own'><noscript>需要</noscript></div><p>新文。</p>")}
    )
    expect(tab.locator("main > p")).to_have_text("新文。")
    expect(tab.locator("dialog input")).to_have_value("打了字")
    assert tab.evaluate("document.querySelector('dialog').matches(':modal')")
    assert tab.inner_html("#own") == "<div><b></b></div>"
    assert tab.locator("main > div").all_inner_texts() == ["新块", ""]
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_changed_script_runs(tab, preview):
    preview.files |= {"/a.js": "window.ran = 'a'", "/b.js": "window.ran = 'b'"}
    preview.files["/"] = frame("<p>原文。</p>", head='<script src="/a.js" defer></script>')
    visit(tab, preview)
    assert tab.evaluate("window.ran") == "a"
    with tab.expect_navigation():
        preview.save({"/": frame("<p>新文。</p>", head='<script src="/b.js" defer></script>')})
    assert tab.evaluate("window.ran") == "b"
    expect(tab.locator("p")).to_have_text("新文。")


def test_data_in_a_script_element_is_morphed(tab, preview):
    data = '<script type="application/ld+json">{{"a": {0}}}</script>'
    preview.files["/"] = frame("<p>原文。</p>", head=data.format(1))
    visit(tab, preview)
    tab.evaluate("window.isHere = true")
    preview.save({"/": frame("<p>新文。</p>", head=data.format(2))})
    expect(tab.locator("p")).to_have_text("新文。")
    assert tab.evaluate("[isHere, document.querySelector('[type$=json]').text]") == [
        True,
        '{"a": 2}',
    ]


def test_css_is_swapped_without_a_moment_unstyled(tab, preview):
    visit(tab, preview)
    tab.evaluate(
        """() => {
          window.colours = new Set();
          const look = () => {
            colours.add(getComputedStyle(document.querySelector("h1")).color);
            if (!window.isOver) requestAnimationFrame(look);
          };
          new MutationObserver(look).observe(document, { subtree: true, childList: true });
          look();
        }"""
    )
    preview.asked.clear()
    new = {"/style.2.css": "h1 { color: rgb(1, 2, 3) }"}
    preview.save(new, kind="css", pages=[], css=[["/style.css", "/style.2.css"]])
    until(lambda: tab.evaluate("colours.has('rgb(1, 2, 3)')"))
    preview.save({"/style.2.css": "h1 { color: rgb(4, 5, 6) }"}, kind="css", pages=[],
                 css=[["/style.2.css", "/style.2.css"]])  # fmt: skip
    until(lambda: tab.evaluate("colours.has('rgb(4, 5, 6)')"))
    until(lambda: tab.locator("link[rel=stylesheet]").count() == 1)
    assert tab.evaluate("window.isOver = true, [...colours]") == [
        "rgb(0, 0, 0)", "rgb(1, 2, 3)", "rgb(4, 5, 6)",
    ]  # fmt: skip
    assert "/" not in preview.asked


def test_a_style_sheet_that_cannot_be_loaded_leaves_the_old_one(tab, preview):
    visit(tab, preview)
    preview.save({}, kind="css", pages=[], css=[["/style.css", "/gone.css"]])
    preview.save({"/": frame("<p>新文。</p>")})
    expect(tab.locator("p")).to_have_text("新文。")
    assert tab.get_attribute("link[rel=stylesheet]", "href") == "style.css"


def test_a_page_with_a_new_style_sheet_is_shown_once_that_is_there(tab, preview):
    visit(tab, preview)
    tab.evaluate(
        """() => new MutationObserver(() => {
          window.seen ??= document.querySelector("h1").textContent === "新题"
            ? getComputedStyle(document.querySelector("h1")).color : undefined;
        }).observe(document, { subtree: true, childList: true, characterData: true })"""
    )
    page = frame("<p>新文。</p>", "新题").replace("style.css", "style.2.css")
    preview.save({"/": page, "/style.2.css": "h1 { color: rgb(1, 2, 3) }"})
    until(lambda: tab.evaluate("window.seen"))
    assert tab.evaluate("window.seen") == "rgb(1, 2, 3)"
    assert tab.locator("link[rel=stylesheet]").count() == 1


def test_a_page_that_is_gone_shows_the_404_page_and_comes_back(tab, preview):
    visit(tab, preview)
    preview.files.pop("/")
    preview.save({})
    expect(tab.locator("h1")).to_have_text("找不到")
    preview.save({"/": frame("<p>又有了。</p>")}, pages=["/"])
    expect(tab.locator("p")).to_have_text("又有了。")


def test_a_page_that_fails_leaves_the_last_good_one(tab, preview):
    visit(tab, preview)
    preview.status["/"] = 500
    preview.save({"/": frame("<p>Traceback</p>")})
    preview.asked.clear()
    until(lambda: "/" in preview.asked or preview.save({}))
    assert tab.inner_text("main p") == "原文。"
    preview.status.clear()
    preview.save({"/": frame("<p>好了。</p>")})
    expect(tab.locator("p")).to_have_text("好了。")


def test_a_page_that_now_leads_elsewhere_is_left(tab, preview):
    visit(tab, preview)
    preview.files["/new/"] = frame("<p>搬到这里。</p>")
    preview.save({"/": frame("", head='<meta http-equiv="refresh" content="0; url=/new/">')})
    tab.wait_for_url(preview.url + "/new/")


def test_a_tab_has_one_connection_and_none_while_it_is_hidden(tab, preview):
    visit(tab, preview)
    tab.evaluate(HIDE, True)
    until(lambda: not preview.streams)
    preview.save({"/": frame("<p>新文。</p>")})
    assert tab.inner_text("p") == "原文。"
    tab.evaluate(HIDE, False)
    expect(tab.locator("p")).to_have_text("新文。")
    tab.evaluate(HIDE, False)
    assert len(preview.streams) == 1


def test_nothing_is_fetched_where_nothing_happened_while_hidden(tab, preview):
    visit(tab, preview)
    tab.evaluate(HIDE, True)
    until(lambda: not preview.streams)
    preview.asked.clear()
    tab.evaluate(HIDE, False)
    until(lambda: preview.streams)
    preview.save({}, pages=["/other/"])
    preview.save({"/": frame("<p>新文。</p>")})
    expect(tab.locator("p")).to_have_text("新文。")
    assert preview.asked == ["/_backfile/events", "/"]


def test_a_page_reconnects_to_a_server_that_started_anew(tab, preview):
    visit(tab, preview)
    preview.stop()
    preview.session = "second"
    preview.files["/"] = frame("<p>新文。</p>")
    preview.start()
    expect(tab.locator("p")).to_have_text("新文。")
    until(lambda: len(preview.streams) == 1)
    preview.save({"/": frame("<p>最新。</p>")})
    expect(tab.locator("p")).to_have_text("最新。")


def test_a_page_that_was_refused_asks_again(tab, preview):
    events = "/_backfile/events"
    preview.refused.add(events)
    tab.goto(preview.url)
    until(lambda: events in preview.asked)
    preview.refused.clear()
    preview.save({"/": frame("<p>新文。</p>")})
    expect(tab.locator("p")).to_have_text("新文。")


def test_search_hears_that_its_index_was_built(tab, preview):
    visit(tab, preview)
    tab.evaluate("document.addEventListener('backfile-index', () => { window.isHeard = true })")
    preview.tell("search", {"version": 1})
    until(lambda: tab.evaluate("window.isHeard"))
