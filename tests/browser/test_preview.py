"""`backfile serve` with a browser attached: what is saved is seen, and what is wrong is shown."""

from __future__ import annotations

import time

import pytest
from building import post, read_tree
from playwright.sync_api import expect
from running_preview import RunningPreview

SITE = '[site]\ntitle = "旧闻"\nbase_url = "http://example.org/旧报"\n[permalinks]\narticle = "/:title/"\n'
ARTICLE = '{% extends "default/article.html" %}\n{% block main %}\n<i>原样</i>\n{{ super() }}\n{% endblock %}\n'
PART = '{% extends "default/adjacent.html" %}\n'
FILES = {
    "backfile.toml": SITE,
    "content/one.md": post("第一篇", "2022-02-21 07:29:31 +0800", "<p>正文一。</p>"),
    "content/two.md": post("第二篇", "2022-02-22 07:29:31 +0800", "<p>正文二。</p>"),
    "content/draft.md": post("还没写完", "2022-02-23", "<p>草稿。</p>", draft="true"),
    "content/future.md": post("将来的事", "2032-02-23", "<p>以后。</p>"),
    "content/last.md": post("最后", "2019-01-01", "<p>最后。</p>"),
    "templates/article.html": ARTICLE,
    "templates/part.html": "<b>部分</b>",
    "assets/style.css": '@import "default/style.css";\nh1 { color: rgb(1, 1, 1) }\n',
    "messages/zh-CN.toml": 'menu = "总目录"\n',
}
COLOUR = "getComputedStyle(document.querySelector('h1')).color"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    preview = RunningPreview(tmp_path_factory.mktemp("preview"), FILES)
    preview.start()
    yield preview
    preview.stop()
    # Nothing of a preview is where a build publishes.
    assert read_tree(preview.site.output) == {}


@pytest.fixture(scope="module")
def shared_tab(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.fixture
def preview(running, shared_tab):
    yield running
    shared_tab.goto("about:blank")
    running.restore()
    # Changes are shown in their order: when this one is seen, the others are over.
    last = f"第 {len(running.said)} 行"
    running.save({"content/last.md": FILES["content/last.md"].replace("最后。", last)})
    for _ in range(1000):
        if last in shared_tab.request.get(running.url + "/last/").text():
            return
        time.sleep(0.02)
    raise AssertionError("\n".join(running.said))


@pytest.fixture
def tab(shared_tab, preview):
    """The page of `one.md`."""
    shared_tab.goto(preview.url + "/one/")
    expect(shared_tab.locator("[data-search-text] p")).to_have_text("正文一。")
    shared_tab.evaluate("window.isHere = true")
    return shared_tab


@pytest.fixture
def is_morphed(tab):
    """The page lives through the test, and is not loaded anew."""
    yield
    assert tab.evaluate("window.isHere")


def overlay(tab):
    return tab.locator("backfile-preview dialog")


def see_fault(tab, place, message, hint=None):
    expect(overlay(tab)).to_be_visible()
    expect(overlay(tab).locator("code").first).to_contain_text(place)
    expect(overlay(tab).locator("h2").first).to_contain_text(message)
    if hint:
        expect(overlay(tab).locator(".hint").first).to_contain_text(hint)


def see_all_well(tab):
    expect(overlay(tab)).to_have_count(0)


def test_an_edited_article_is_seen(tab, preview, is_morphed):
    text = FILES["content/one.md"]
    preview.save({"content/one.md": text.replace("正文一。", "改过的正文。")})
    expect(tab.locator("[data-search-text] p")).to_have_text("改过的正文。")
    preview.save({"content/one.md": text.replace("第一篇", "头一篇")})
    expect(tab).to_have_title("头一篇 — 旧闻")


def test_a_neighbour_s_new_title_is_seen(tab, preview, is_morphed):
    preview.save({"content/two.md": FILES["content/two.md"].replace("第二篇", "下一篇")})
    expect(tab.get_by_text("下一篇")).to_be_visible()


def test_an_edited_template_and_its_parts_are_seen(tab, preview, is_morphed):
    preview.save({"templates/article.html": ARTICLE.replace("原样", '{% include "part.html" %}')})
    expect(tab.locator("b")).to_have_text("部分")
    preview.save({"templates/part.html": "<b>改过</b>"})
    expect(tab.locator("b")).to_have_text("改过")


def test_an_edited_style_sheet_is_swapped(tab, preview, is_morphed):
    assert tab.evaluate(COLOUR) == "rgb(1, 1, 1)"
    preview.save({"assets/style.css": FILES["assets/style.css"].replace("1, 1, 1", "2, 3, 4")})
    tab.wait_for_function(f"() => {COLOUR} === 'rgb(2, 3, 4)'")
    expect(tab.locator("link[rel=stylesheet][href*=style]")).to_have_count(1)


def test_an_edited_configuration_is_seen(tab, preview, is_morphed):
    preview.save({"backfile.toml": SITE.replace("旧闻", "新报")})
    expect(tab).to_have_title("第一篇 — 新报")


def test_edited_messages_are_seen(tab, preview, is_morphed):
    preview.save({"messages/zh-CN.toml": 'menu = "目录"\n'})
    expect(tab.locator("nav.menu")).to_have_attribute("aria-label", "目录")


def test_a_broken_article_is_shown_and_mended(tab, preview, is_morphed):
    text = FILES["content/one.md"]
    broken = text.replace('"第一篇"', '"第"一"篇"').replace("正文一。", "正文还在。")
    preview.save({"content/one.md": broken})
    see_fault(tab, "content/one.md:2", "a quotation mark inside a quoted value")
    expect(overlay(tab).locator("[aria-current]").first).to_have_text('title: "第"一"篇"')
    preview.save({"content/one.md": text})
    see_all_well(tab)


def test_a_broken_template_leaves_the_last_good_page_behind_the_overlay(tab, preview, is_morphed):
    preview.save({"templates/article.html": ARTICLE.replace("{{ super() }}", "{{ artcle.title }}")})
    see_fault(tab, "templates/article.html:4", "there is no `artcle`", "did you mean `article`?")
    expect(overlay(tab).locator("[aria-current]").first).to_have_text("{{ artcle.title }}")
    assert tab.locator("[data-search-text] p").inner_text() == "正文一。"
    preview.save({"templates/article.html": ARTICLE.replace("原样", "修好了")})
    see_all_well(tab)
    expect(tab.locator("i")).to_have_text("修好了")


def test_a_fault_in_an_included_template_is_placed_there(tab, preview, is_morphed):
    preview.save(
        {
            "templates/article.html": ARTICLE.replace("原样", '{% include "part.html" %}'),
            "templates/part.html": "<b>\n{% if %}</b>",
        }
    )
    see_fault(tab, "templates/part.html:2", "")
    preview.save({"templates/part.html": "<b>好了</b>"})
    see_all_well(tab)
    expect(tab.locator("b")).to_have_text("好了")


def test_a_broken_configuration_is_shown_and_mended(tab, preview, is_morphed):
    preview.save({"backfile.toml": SITE + "[lists\n"})
    expect(overlay(tab).locator("code").first).to_have_text("backfile.toml:6:7")
    preview.save({"backfile.toml": SITE + "[lists]\nper_pag = 3\n"})
    expect(overlay(tab).locator("h2").first).to_contain_text("per_pag")
    assert tab.locator("[data-search-text] p").inner_text() == "正文一。"
    preview.save({"backfile.toml": SITE.replace("旧闻", "新报")})
    see_all_well(tab)
    expect(tab).to_have_title("第一篇 — 新报")


def test_broken_messages_are_shown_and_mended(tab, preview, is_morphed):
    preview.save({"messages/zh-CN.toml": 'menu = "总目录\n'})
    expect(overlay(tab).locator("code").first).to_contain_text("messages/zh-CN.toml:1")
    preview.save({"messages/zh-CN.toml": 'menu = "目录"\n'})
    see_all_well(tab)
    expect(tab.locator("nav.menu")).to_have_attribute("aria-label", "目录")


def test_several_faults_are_listed_and_go_one_by_one(tab, preview, is_morphed):
    broken = FILES["content/one.md"].replace('"第一篇"', '"第"一"篇"')
    preview.save({"content/one.md": broken})
    preview.save({"content/two.md": FILES["content/two.md"].replace('"第二篇"', "@第二篇")})
    expect(overlay(tab).locator("h1")).to_have_text("2 problems")
    preview.save({"content/one.md": FILES["content/one.md"]})
    expect(overlay(tab).locator("h1")).to_have_text("1 problem")
    expect(overlay(tab).locator("code")).to_contain_text("content/two.md:2")
    preview.save({"content/two.md": FILES["content/two.md"]})
    see_all_well(tab)


def test_the_terminal_shows_what_the_overlay_shows(tab, preview):
    before = len(preview.said)
    preview.save({"templates/article.html": "{{ artcle.title }}"})
    see_fault(tab, "templates/article.html:1", "there is no `artcle`")
    preview.save({"templates/article.html": ARTICLE})
    see_all_well(tab)
    said = "\n".join(preview.said[before:])
    assert "templates/article.html:1" in said
    assert "there is no `artcle`" in said


def test_added_renamed_and_deleted_articles_are_seen(tab, preview, is_morphed):
    tab.goto(preview.url + "/")
    tab.evaluate("window.isHere = true")
    titles = tab.locator("main h2 a, main h3 a")
    expect(titles.get_by_text("第一篇")).to_have_count(1)
    preview.save({"content/three.md": post("第三篇", "2022-03-01 08:00:00 +0800")})
    expect(titles.get_by_text("第三篇")).to_have_attribute("href", "three/index.html")
    preview.rename("content/three.md", "content/four.md")
    expect(titles.get_by_text("第三篇")).to_have_attribute("href", "four/index.html")
    preview.remove("content/four.md")
    expect(titles.get_by_text("第三篇")).to_have_count(0)


def test_the_page_of_a_deleted_article_turns_into_the_404_page_and_back(tab, preview):
    preview.remove("content/one.md")
    expect(tab.locator("body")).to_have_class("page-not-found")
    preview.save({"content/one.md": FILES["content/one.md"]})
    expect(tab.locator("[data-search-text] p")).to_have_text("正文一。")


def test_drafts_and_articles_to_come_are_shown_with_a_mark(tab, preview):
    for path, mark, text in (("draft", "draft", "草稿"), ("future", "future", "定时文章")):
        tab.goto(f"{preview.url}/{path}/")
        note = tab.locator(f"[data-backfile-draft={mark}]")
        expect(note).to_contain_text(text)
        assert note.evaluate("element => getComputedStyle(element).textAlign") == "center"
    tab.evaluate("window.isHere = true")
    expect(tab.locator("[data-backfile-draft]")).to_have_count(1)
    published = FILES["content/future.md"].replace("2032", "2022")
    preview.save({"content/future.md": published})
    expect(tab.locator("[data-backfile-draft]")).to_have_count(0)


def test_search_finds_a_new_word_as_soon_as_it_is_built(tab, preview, is_morphed):
    tab.get_by_text("搜索", exact=True).first.click()
    field = tab.locator("dialog input[type=search]")
    field.fill("孔雀")
    expect(tab.locator("dialog .search-status")).not_to_be_empty()
    expect(tab.locator("dialog .search-body a")).to_have_count(0)
    preview.save({"content/one.md": FILES["content/one.md"].replace("正文一。", "孔雀东南飞。")})
    expect(tab.locator("dialog .search-body a")).to_have_count(1)
    expect(field).to_have_value("孔雀")
    expect(tab.locator("[data-search-text] p")).to_have_text("孔雀东南飞。")


def test_without_drafts_there_is_what_a_build_would_publish(chromium, tmp_path):
    preview = RunningPreview(tmp_path, FILES)
    preview.start("--no-drafts")
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(preview.url + "/draft/")
    expect(tab.locator("body")).to_have_class("page-not-found")
    preview.save({"content/draft.md": FILES["content/draft.md"].replace("true", "false")})
    expect(tab.locator("[data-search-text] p")).to_have_text("草稿。")
    # And when the server is started anew, the tab finds it.
    tab.evaluate("window.isHere = true")
    port = preview.port
    preview.stop()
    preview.save({"content/draft.md": FILES["content/one.md"]})
    preview.start("--no-drafts", port=port)
    expect(tab.locator("[data-search-text] p")).to_have_text("正文一。")
    assert tab.evaluate("window.isHere")
    context.close()
    preview.stop()
