"""Real and made archives: the shortcut around Python-Markdown changes no document, no text is lost."""

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SHARED
from dom import read_text, read_tree
from selectolax.lexbor import LexborHTMLParser

from generator.source.body import BodyRenderer
from generator.source.liquid import read_liquid
from generator.source.markdown import MarkdownConverter
from generator.source.sanitise import Sanitiser

# name: how many of its bodies must take the shortcut, of 100
ARCHIVES = {
    "18f-posts": 15, "chinanews-jekyll": 100, "finews-sample": 60, "lctt-2013-2017": 0, "ruby-lang-news-a": 0,
    "rust-inside-toml": 0, "yihui-cn": 35,
}  # fmt: skip
# The same for the CommonMark engine: how many must show the same text as with Python-Markdown, and
# the same letters, for most of what differs is a mark. docs/markdown.md tells the rest.
COMMONMARK = {
    "18f-posts": (86, 95), "chinanews-jekyll": (100, 100), "finews-sample": (85, 85), "lctt-2013-2017": (78, 94),
    "ruby-lang-news-a": (84, 94), "rust-inside-toml": (78, 90), "yihui-cn": (97, 98),
}  # fmt: skip
SAMPLE = 250
MADE = 500
_FRONT_MATTER = re.compile(r"\ufeff?\s*(---|\+\+\+)\r?\n.*?\n\1\r?\n", re.DOTALL)
# What a page does not show: hidden text, and pictures and media, which become links of another text.
_NOT_SHOWN = re.compile(r'style="hidden"|hidden="|<(?:img|video|audio|embed|object|x-|rp)')


class CountingConverter(MarkdownConverter):
    """Says where the long way was taken."""

    def convert_whole(self, text):
        self.took_long_way = True
        return super().convert_whole(text)


@pytest.fixture(scope="module", params=[*ARCHIVES, "made", "made without fault"])
def bodies(request, tmp_path_factory):
    """The name of an archive and a sample of its bodies."""
    name = request.param
    if name.startswith("made"):
        maker = SHARED / "bench/make_corpus.py"
        if not maker.exists():
            pytest.skip(f"no maker of archives in {SHARED}: set BACKFILE_SHARED")
        folder = tmp_path_factory.mktemp("made")
        faults = ["--malformed", "0.05"] if name == "made" else []
        subprocess.run(
            [sys.executable, maker, "--n", str(MADE), "--out", folder, "--seed", "3", "--source",
             SHARED / "bench/source-zh.txt.gz", *faults],
            check=True, capture_output=True,
        )  # fmt: skip
        return name, [_body(path) for path in sorted(folder.rglob("*.md"))]
    folder = request.getfixturevalue("corpora") / name
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".Rmd", ".html"))
    return name, [_body(path) for path in random.Random(1).sample(paths, min(SAMPLE, len(paths)))]


def _body(path: Path):
    text = path.read_bytes().decode("utf-8", "replace")
    front_matter = _FRONT_MATTER.match(text)
    return text[front_matter.end() :] if front_matter else text


def test_the_shortcut_makes_the_documents_that_python_markdown_makes(bodies):
    name, texts = bodies
    converter = CountingConverter()
    shortcuts = 0
    for text in texts:
        converter.took_long_way = False
        html = converter.convert(text)
        if converter.took_long_way:
            continue
        shortcuts += 1
        assert read_tree(html) == read_tree(converter.convert_whole(text)), text
    assert shortcuts * 100 >= ARCHIVES.get(name, 97) * len(texts)


def test_pages_show_all_text_and_parsers_find_nothing_to_mend(bodies):
    renderer = BodyRenderer(trusted=False, remote_images="link", image_label="图片")
    converter, sanitiser = MarkdownConverter(), Sanitiser()
    for text in bodies[1]:
        body = renderer.render(text, is_html=False, resolve={}, root="../")
        assert not body.has_failed
        clean = sanitiser.clean(converter.convert(text) or "")
        if not _NOT_SHOWN.search(clean):
            assert read_text(body.html) == read_text(clean)
        page = LexborHTMLParser(f"<!DOCTYPE html><body><main>{body.html}</main>")
        read = page.css_first("main").inner_html
        assert _spell(read) == _spell(body.html)
        # Text for lists and search is the page's, but for the ways back from footnotes and for
        # pictures and media as links.
        for aside in page.css("a.remote-image, a.remote-media, a.footnote-backref"):
            aside.decompose()
        assert "".join(body.text.split()) == "".join(page.css_first("main").text().split())


def test_the_commonmark_engine_shows_the_same_text_but_for_what_its_page_tells(bodies):
    name, texts = bodies
    ours, theirs = (
        BodyRenderer(trusted=False, remote_images="link", image_label="图片", engine=engine)
        for engine in ("commonmark", "python-markdown")
    )
    same = same_letters = 0
    for text in map(read_liquid, texts):
        body = ours.render(text, is_html=False, resolve={}, root="../")
        reference = theirs.render(text, is_html=False, resolve={}, root="../")
        assert not body.has_failed
        same += _words(body.text) == _words(reference.text)
        same_letters += _letters(body.text) == _letters(reference.text)
    most, nearly_all = COMMONMARK.get(name, (96, 96))
    assert same * 100 >= most * len(texts)
    assert same_letters * 100 >= nearly_all * len(texts)


def _words(text):
    return "".join(text.split())


def _letters(text):
    return re.sub(r"[\W_]", "", text)


def _spell(html):
    """One spelling of what may be written in two ways."""
    html = re.sub(r"<pre([^>]*)>\n", r"<pre\1>", html)
    html = html.replace("&nbsp;", "\xa0").replace("&quot;", '"').replace("&#x27;", "'")
    return html.replace(' open=""', " open").replace(' reversed=""', " reversed")
