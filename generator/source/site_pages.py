"""Pages beside `_posts`: which files of a Jekyll or Hexo site are pages with text of their own.

Both publish every file there that begins with front matter, and copy the others. What is copied
and is a whole HTML document is a page of an older site. Lists, sitemaps and the page for errors
are made anew by every build, so a page that holds nothing else is none.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.source.liquid import read_liquid
from generator.text.decode import decode
from generator.text.html_document import find_document
from generator.text.patterns import late

# Of a site's own folder.
_NOT_PAGE_FOLDERS = frozenset(
    ("node_modules", "output", "themes", "templates", "seeds", "vendor", "venv")
)
# A folder with a front page and one of these, neither of which begins with front matter, is a site
# that some program built; so is one of these names with a front page.
_BUILT_FILES = ("sitemap.xml", "index.xml", "feed.xml", "atom.xml", "rss.xml")
_BUILT_NAMES = frozenset(("build", "dist", "html", "public", "www"))
# Bytes at the head of a file within which a page shows that it is one.
_HEAD = 256 * 1024
_FRONT = late(r"\s*(?:---|\+\+\+)[ \t]*\n")
_CLOSING = late(r"^(?:---|\+\+\+)[ \t]*$", re.MULTILINE)
# Hexo's pages that the theme fills.
_FILLED = late(
    r"^(?:type|layout):\s*[\"']?(?:categor(?:y|ies)|tags?|archives?|search|404)\b", re.MULTILINE
)
_LAYOUT_ONLY = late(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_UNSEEN = late(
    r"<!--.*?-->|<(script|style|template|form)\b.*?</\1\s*>|<[^>]+>", re.DOTALL | re.IGNORECASE
)
_SENTENCE = late(r"[。！？]|[A-Za-z]{2}[.!?](?=\s|\Z)")


def may_hold_pages(name: str, path: str) -> bool:
    """Whether a folder beside `_posts` is one that pages and what they show may lie in."""
    return not name.startswith("_") and path not in _NOT_PAGE_FOLDERS


def is_other_site(folder: Path) -> bool:
    """Whether a folder beside `_posts` holds a site that another program built, not its sources."""
    if not _is_built(folder / "index.html"):
        return False
    return folder.name in _BUILT_NAMES or any(_is_built(folder / name) for name in _BUILT_FILES)


def _is_built(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            return _FRONT.match(file.read(8).decode("utf-8", "replace")) is None
    except OSError:
        return False


def why_no_page(place: Path) -> str:
    """Why the file is no page of its own; "" where it is one. Never raises."""
    if place.name.lower().startswith("404."):
        return "the page for addresses that do not exist"
    try:
        with place.open("rb") as file:
            decoded = decode(file.read(_HEAD))
    except OSError:
        return ""  # its reader tells of it
    return _why_not(decoded.text) if decoded else "not text"


def _why_not(text: str) -> str:
    opening = _FRONT.match(text)
    if not opening:
        is_page = find_document(text) is not None and _SENTENCE.search(_visible(text))
        return "" if is_page else "no front matter"
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return ""  # broken front matter is mended by the reader of articles
    if _FILLED.search(text, opening.end(), closing.start()):
        return "a list that the theme made"
    return "" if has_own_text(text[closing.end() :]) else "no text of its own"


def has_own_text(body: str) -> bool:
    """Whether anything is left where all that Liquid would have filled in is taken out.

    Beside what Liquid filled in, headings and a link to the feed are no text: a sentence is.
    """
    text = _visible(_LAYOUT_ONLY.sub("", read_liquid(body)))
    is_filled = "{%" in body or "{{" in body
    return _SENTENCE.search(text) is not None if is_filled else bool(text)


def _visible(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())
