"""Pages are valid HTML by the W3C's checker, feeds are read back, and nothing leads nowhere."""

import json
import random
import re
import shutil
import subprocess
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import pytest

from generator.build import BuildOptions, build_site

CHECKER = Path(__file__).parents[1] / "node/node_modules/vnu-jar/build/dist/vnu.jar"
CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
CORPORA = (
    "finews-sample", "chinanews-jekyll", "lctt-2013-2017", "yihui-cn", "18f-posts", "ruby-lang-news-a", "rust-inside-toml",
)  # fmt: skip
SAMPLE = 100


@pytest.fixture(scope="module", params=CORPORA)
def built(request, corpora, tmp_path_factory):
    """One corpus as a site."""
    output = tmp_path_factory.mktemp(request.param) / "out"
    report = build_site(
        BuildOptions(
            root=corpora / request.param,
            clock=CLOCK,
            output=output,
            base_url="https://archive.example/sub",
            jobs=2,
        )
    )
    yield report, output
    shutil.rmtree(output)


def test_every_input_of_a_corpus_is_accounted_for(built):
    report, _ = built
    assert report.inputs == report.published + report.duplicates + report.drafts + report.future
    assert report.inputs > 40
    assert report.quarantined == 0


def test_pages_are_valid(built):
    _, output = built
    if not CHECKER.exists() or shutil.which("java") is None:
        pytest.skip("the W3C checker is not installed: make test installs it")
    pages = sorted(output.rglob("*.html"))
    lists = [page for page in pages if page.name in ("index.html", "404.html")]
    choose = random.Random(1)
    chosen = choose.sample(pages, min(SAMPLE, len(pages))) + choose.sample(
        lists, min(10, len(lists))
    )
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", CHECKER, "--errors-only", "--format", "json", "--stdout", "--exit-zero-always", *chosen],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    messages = json.loads(done.stdout)["messages"]
    faults = [
        f"{Path(message['url']).name}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] in ("error", "non-document-error")
    ]
    assert faults == []


def test_no_page_calls_another_host(built):
    _, output = built
    calls = re.compile(
        r'<(?:script|img|iframe|link|video|audio|source|embed|object)\b[^>]*\s(?:src|href|data|poster|srcset)="([^"]*)"'
    )
    allowed = ("canonical", "alternate", "prev", "next")
    for page in output.rglob("*.html"):
        for match in calls.finditer(page.read_text("utf-8")):
            tag, target = match[0], match[1]
            if tag.startswith("<link") and any(f'rel="{rel}"' in tag for rel in allowed):
                continue
            assert not urlsplit(target).netloc, f"{page}: {tag}"


def test_links_between_our_pages_lead_somewhere(built):
    """All links that start at our root: those of the theme, and those of articles that were answered.

    What an article links to that the archive lacks stays as it was and is reported.
    """
    _, output = built
    missing, checked = [], 0
    for page in output.rglob("*.html"):
        root = "../" * (len(page.relative_to(output).parts) - 1)
        if page.name == "404.html":
            continue
        for href in re.findall(r'<a\b[^>]*\shref="([^"]+)', page.read_text("utf-8")):
            target = re.split("[?#]", unescape(href))[0]
            if not target or not target.startswith(root) or re.match(r"[a-z]+:|/", target):
                continue
            checked += 1
            if not (page.parent / unquote(target)).is_file():
                missing.append(f"{page.relative_to(output)} -> {target}")
    assert missing == []
    assert checked > 1000


def test_pictures_that_pages_name_for_previews_are_there(built):
    """Where they are ours; an article may name one that its archive lacks."""
    _, output = built
    named = {
        unquote(match)
        for page in output.rglob("*.html")
        for match in re.findall(
            r'"og:image" content="https://archive.example/sub/(cards/[^"]+)"',
            page.read_text("utf-8"),
        )
    }
    made = {path.relative_to(output).as_posix() for path in output.glob("cards/**/*.svg")}
    assert named == made


def test_feeds_are_read_back_without_a_fault(built):
    report, output = built
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse((output / name).read_bytes())
        assert not feed.bozo, feed.get("bozo_exception")
        assert len(feed.entries) == min(20, report.published)
        assert all(entry.link.startswith("https://archive.example/sub/") for entry in feed.entries)
    data = json.loads((output / "feed.json").read_text("utf-8"))
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    for feed in output.rglob("*.xml"):
        if not feed.name.startswith("sitemap"):
            assert not feedparser.parse(feed.read_bytes()).bozo, feed


def test_no_malformed_character_reaches_a_page(built):
    _, output = built
    controls = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
    for page in output.rglob("*.html"):
        assert not controls.search(page.read_text("utf-8")), page
