"""What the preview shows over a page while something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_preview import frame, visit
from playwright.sync_api import expect

# The browser opens its own connections; the tests only serve the site.
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

AXE = Path(__file__).parents[2] / "node/node_modules/axe-core/axe.min.js"
FAULT = {
    "code": "front-matter/invalid",
    "severity": "error",
    "path": "content/posts/<b>某</b>.md",
    "line": 3,
    "column": 8,
    "message": "<img src=x onerror=\"document.title='坏'\"> is not a date",
    "hint": "write <script>document.title='坏'</script> otherwise",
    "excerpt": [[2, "title: 标题"], [3, 'date: "😀昨天" <i>'], [4, "---"]],
}
OTHER = {**FAULT, "path": "templates/article.html", "message": "unexpected '}'", "line": 0,
         "column": 0, "hint": "", "excerpt": []}  # fmt: skip


def overlay(tab):
    return tab.locator("backfile-preview dialog")


def test_faults_are_shown_as_text_and_nothing_else(tab, preview):
    visit(tab, preview)
    title = tab.title()
    preview.fail(FAULT, OTHER)
    expect(overlay(tab)).to_be_visible()
    expect(overlay(tab).locator("h1")).to_have_text("2 problems")
    expect(overlay(tab).locator("h2")).to_have_text([FAULT["message"], OTHER["message"]])
    expect(overlay(tab).locator("code")).to_have_text(
        ["content/posts/<b>某</b>.md:3:8", "templates/article.html"]
    )
    expect(overlay(tab).locator(".hint")).to_have_text(FAULT["hint"])
    expect(overlay(tab).locator(".row")).to_have_text([text for _, text in FAULT["excerpt"]])
    expect(overlay(tab).locator("[aria-current]")).to_have_text(FAULT["excerpt"][1][1])
    expect(overlay(tab).locator("mark")).to_have_text("😀")
    assert overlay(tab).locator("img, script, b, i").count() == 0
    assert tab.title() == title
    background = overlay(tab).evaluate("element => getComputedStyle(element).backgroundColor")
    assert background == "rgb(29, 27, 26)"  # the page's policy let the style sheet in


def test_faults_of_one_place_are_shown_once(tab, preview):
    visit(tab, preview)
    preview.fail(FAULT, {**FAULT, "message": "the same, on another page"}, OTHER)
    expect(overlay(tab).locator("h2")).to_have_text([FAULT["message"], OTHER["message"]])


def test_the_overlay_goes_by_itself_when_all_is_mended(tab, preview):
    visit(tab, preview)
    preview.fail(FAULT)
    expect(overlay(tab)).to_be_visible()
    assert tab.inner_text("main p") == "原文。"
    preview.fail()
    expect(overlay(tab)).to_have_count(0)


def test_escape_closes_the_overlay_until_there_is_news(tab, preview):
    visit(tab, preview)
    preview.fail(FAULT)
    expect(overlay(tab)).to_be_visible()
    tab.keyboard.press("Escape")
    expect(overlay(tab)).to_be_hidden()
    badge = tab.locator("backfile-preview .badge")
    expect(badge).to_have_text("1 problem")
    preview.fail({**FAULT, "line": 2})
    preview.save({"/": frame("<p>新文。</p>")})
    expect(tab.locator("main p")).to_have_text("新文。")
    expect(overlay(tab)).to_be_hidden()
    badge.click()
    expect(overlay(tab).locator("code")).to_have_text("content/posts/<b>某</b>.md:2:8")
    overlay(tab).get_by_role("button").click()
    preview.fail(FAULT, OTHER)
    expect(overlay(tab)).to_be_visible()
    expect(badge).to_be_hidden()


def test_focus_goes_into_the_overlay_and_back(tab, preview):
    preview.files["/"] = frame("<input>")
    visit(tab, preview)
    tab.locator("input").fill("打了字")
    tab.locator("input").evaluate("element => element.setSelectionRange(1, 2)")
    preview.fail(FAULT, OTHER)
    expect(overlay(tab).get_by_role("button", name="Close")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(overlay(tab).get_by_role("group")).to_be_focused()
    preview.fail()
    expect(tab.locator("input")).to_be_focused()
    assert tab.evaluate("document.activeElement.selectionEnd") == 2


def test_the_overlay_stands_above_an_open_dialog_of_the_page(tab, preview):
    preview.files["/"] = frame("<dialog><input></dialog>")
    visit(tab, preview)
    tab.evaluate("document.querySelector('dialog').showModal()")
    preview.fail(FAULT)
    overlay(tab).get_by_role("button", name="Close").click()
    expect(overlay(tab)).to_be_hidden()
    expect(tab.locator("main dialog")).to_be_visible()


def test_faults_from_before_the_page_was_opened_are_shown(tab, preview):
    preview.faults = [FAULT]
    visit(tab, preview)
    expect(overlay(tab)).to_be_visible()


def test_many_faults_are_cut_short_with_their_number(tab, preview):
    visit(tab, preview)
    preview.fail(*[{**FAULT, "path": f"{number}.md"} for number in range(500)])
    expect(overlay(tab).locator("h1")).to_have_text("500 problems")
    expect(overlay(tab).locator("li")).to_have_count(20)
    expect(overlay(tab).locator(".more")).to_have_text("and 480 more: see the terminal")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_overlay(tab, preview, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make test installs it")
    visit(tab, preview)
    tab.emulate_media(color_scheme=scheme)
    preview.fail({**FAULT, "excerpt": [[3, "长" * 500]]}, {**OTHER, "severity": "warning"})
    expect(overlay(tab)).to_be_visible()
    tab.evaluate(AXE.read_text("utf-8"))
    assert tab.evaluate("axe.run().then(result => result.violations)") == []


def test_a_long_line_is_scrolled_to_its_mark(tab, preview):
    visit(tab, preview)
    preview.fail({**FAULT, "column": 900, "excerpt": [[3, "长" * 1000]]})
    expect(overlay(tab).locator("mark")).to_be_in_viewport()


def test_a_mark_far_right_is_shown_in_a_window_of_its_line(tab, preview):
    visit(tab, preview)
    preview.fail(
        {**FAULT, "column": 900, "skipped": 819, "excerpt": [[3, "长" * 80 + "错" + "长" * 50]]}
    )
    mark = overlay(tab).locator("mark")
    expect(mark).to_have_text("错")
    expect(mark).to_be_in_viewport()


def test_a_column_beyond_what_is_quoted_marks_nothing(tab, preview):
    visit(tab, preview)
    preview.fail({**FAULT, "column": 900})
    expect(overlay(tab).locator("[aria-current]")).to_have_text(FAULT["excerpt"][1][1])
    assert overlay(tab).locator("mark").count() == 0
