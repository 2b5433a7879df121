"""The project's pages say what is so: their examples run, their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from documents import PAGES, ROOT, matches, read_page, run_session, session, without_blocks

SESSIONS = [name for name in PAGES if "```console" in read_page(name)]


@pytest.mark.parametrize("name", SESSIONS)
def test_the_commands_on_a_page_print_what_it_shows(name, tmp_path):
    steps = session(read_page(name))
    for step, (printed, code) in zip(steps, run_session(steps, tmp_path), strict=True):
        if step.expected and not matches(step.expected, printed):
            shown = "\n".join(step.expected)
            pytest.fail(f"$ {step.command}\n{printed}\nbut the page shows:\n{shown}", pytrace=False)
        if not step.expected:
            assert code == 0, f"$ {step.command}\n{printed}"


@pytest.mark.parametrize("name", PAGES)
def test_every_link_on_a_page_leads_to_a_file_and_a_heading_that_exist(name):
    text = without_blocks(read_page(name))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / unquote(path) if path else ROOT / name
        assert file.exists(), f"{target} does not exist"
        if anchor:
            assert anchor in anchors(file), f"there is no heading for {target}"


def anchors(file: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)$", without_blocks(file.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_begins_with_its_title_and_a_paragraph_that_says_what_it_gives():
    for name in PAGES:
        lines = read_page(name).splitlines()
        assert lines[0].startswith("# "), name
        assert len(lines[2]) > 60, f"{name}: {lines[2]}"


def test_every_page_in_docs_is_linked_from_another():
    linked = {
        ((ROOT / name).parent / target.partition("#")[0]).resolve()
        for name in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", read_page(name))
    }
    assert [name for name in PAGES if name.startswith("docs/") and ROOT / name not in linked] == []


def test_every_decision_is_in_the_list_of_decisions():
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", read_page("docs/decisions/README.md"))
    files = sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert sorted(listed) == files
