"""Markdown to HTML by the rules of CommonMark: comrak, and what Python-Markdown adds to it.

The same features are switched on as for Python-Markdown (`markdown`): tables, footnotes, fenced
code, definition lists. comrak knows no ids of headings and no attribute lists; both are read here,
so that a heading has the same address with either engine. docs/markdown.md lists what differs.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Protocol

from markdown.extensions.toc import slugify, unique

from generator.text.patterns import late

# Below this many characters nothing takes a second.
_SMALL = 1000
# Seconds per step as in `markdown_limits`, measured on comrak 0.54; the limit is the same.
_LIMIT = 2.0
_CELL = 1e-5  # one cell of a table, given or missing: pages are filled up to the widest row
_WIDE = 2e-9  # a pair of cells in one row
_DEFINITION = 1.1e-8  # a pair of definitions
_NOTE = 4e-5  # one reference to a footnote

_BLANK_LINE = late(r"\n[ \t>]*(?=\n)")
_DELIMITER_ROW = late(r"^[ \t>]*[-:|][-:| \t]*$", re.MULTILINE)
_DEFINITION_LINE = late(r"^[-*+ \t>]*:[ \t]", re.MULTILINE)

_HEADING = late(r"<h([1-6])>((?:(?!</?h[1-6]>).)*+)</h\1>", re.DOTALL)
_OWN_ID = late(r" *\{:? *#([A-Za-z][\w:.-]*)[^{}\n]*\}$")
_TAG = late(r"<[^<>]*>")
_NOTE_MARK = late(r'<sup class="footnote-ref">.*?</sup>')
# At the end of a block, or behind an inline element; in code another tag follows.
_ATTRIBUTE_LIST = late(
    r"\n?\{:[^{}<>\n]*\}(?=</(?:p|h[1-6]|li|t[dh]|d[dt])>)|(?<=>)\{:[^{}<>\n]*\}(?!</code>)"
)
_NOTES_START = '<section class="footnotes" data-footnotes>\n'
_NOTES_END = "</section>\n"
_SECOND_WAY_BACK = late(r'↩<sup class="footnote-ref">\d+</sup></a>')


class Converter(Protocol):
    """What the engines have in common. One converts articles one after the other."""

    def convert(self, text: str) -> str | None:
        """Convert one article's Markdown to an HTML fragment, not sanitised.

        None where the text is out of all proportion.
        """
        ...


class CommonMarkConverter:
    """Converts articles with comrak. Raises ModuleNotFoundError where the package is missing."""

    def __init__(self) -> None:
        import comrak  # noqa: PLC0415 - an extra: most sites do without it

        extensions = comrak.ExtensionOptions()
        extensions.table = extensions.footnotes = extensions.description_lists = True
        # Without it `**“甲”**乙` is no emphasis: CommonMark asks for spaces around quotation marks.
        extensions.cjk_friendly_emphasis = True
        rendering = comrak.RenderOptions()
        rendering.unsafe_ = True  # raw HTML stays; it is sanitised with all the rest
        self._comrak, self._options = comrak, (extensions, comrak.ParseOptions(), rendering)

    def convert(self, text: str) -> str | None:
        """Convert one article; see `Converter`."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not is_affordable(text):
            return None
        html = self._render(text)
        if html is None:
            return None
        if "{:" in html:
            html = _ATTRIBUTE_LIST.sub("", html)
        if "<h" in html:
            html = _name_headings(html)
        if _NOTES_START in html:
            html = _mark_notes(html)
        return html.strip()

    def _render(self, text: str) -> str | None:
        try:
            return self._comrak.render_markdown(text, *self._options)
        except UnicodeEncodeError:  # lone surrogates
            return self._render(text.encode("utf-8", "replace").decode("utf-8"))
        except BaseException as error:
            # What Rust code raises where it meets a fault of its own is no Exception.
            if type(error).__name__ != "PanicException":
                raise
            return None


def is_affordable(text: str) -> bool:
    """Whether comrak converts a text, and its result is read, within some seconds."""
    if len(text) <= _SMALL:
        return True
    # No text has more than this of anything; looking closer takes as long as comrak itself.
    bars, colons = text.count("|"), text.count(": ") + text.count(":\t")
    notes = text.count("[^") * _NOTE
    if notes + _table(text.count("\n"), bars) + colons * colons * _DEFINITION <= _LIMIT:
        return True
    definitions = len(_DEFINITION_LINE.findall(text))
    tables = sum(map(_block, _BLANK_LINE.split(text)))
    return notes + tables + definitions * definitions * _DEFINITION <= _LIMIT


def _block(block: str) -> float:
    """The cost of a block, were each line a row as wide as its widest delimiter row."""
    bars = max((row.count("|") for row in _DELIMITER_ROW.findall(block)), default=0)
    return _table(block.count("\n"), bars)


def _table(line_ends: int, bars: int) -> float:
    rows, columns = line_ends + 1, bars + 1
    return rows * columns * (_CELL + columns * _WIDE) if bars else 0.0


def _name_headings(html: str) -> str:
    """Give headings the ids that Python-Markdown gives them."""
    used: set[str] = set()
    latest: dict[str, str] = {}  # by slug: where the search for a free one goes on

    def name(match: re.Match[str]) -> str:
        level, title = match.groups()
        own = _OWN_ID.search(title)
        if own:
            title = title[: own.start()]
            used.add(own[1])
            return f'<h{level} id="{own[1]}">{title}</h{level}>'
        words = unescape(_TAG.sub("", _NOTE_MARK.sub("", title)))
        slug = slugify(words, "-")
        latest[slug] = unique(latest.get(slug, slug), used)
        return f'<h{level} id="{latest[slug]}">{title}</h{level}>'

    return _HEADING.sub(name, html)


def _mark_notes(html: str) -> str:
    """Show footnotes as Python-Markdown does: the theme and the search index know that form."""
    html = html.replace(_NOTES_START, '<div class="footnote">\n<hr>\n')
    if html.endswith(_NOTES_END):
        html = html[: -len(_NOTES_END)] + "</div>\n"
    return _SECOND_WAY_BACK.sub("↩</a>", html)
