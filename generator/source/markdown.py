"""Markdown to HTML: Python-Markdown, and a shortcut that spares it what it need not see.

Nearly every body of a news archive is raw HTML with a line or two of Markdown around it. The
shortcut takes the raw blocks out (`raw_blocks`), converts plain lines itself (`plain_markdown`)
and hands Python-Markdown only what is left. The document is the same as the one Python-Markdown
makes of the whole text; the tests hold the two against each other.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.util import BLOCK_LEVEL_ELEMENTS, ETX, STX

from generator.source.markdown_limits import is_affordable
from generator.source.plain_markdown import convert_plain
from generator.source.raw_blocks import Extraction, extract_blocks
from generator.text.patterns import late

_EXTENSIONS = ("fenced_code", "tables", "footnotes", "attr_list", "def_list", "abbr", "toc")
_PREPROCESSORS = ("normalize_whitespace", "fenced_code_block", "html_block")
_BLOCK_NAMES = frozenset(BLOCK_LEVEL_ELEMENTS)
_TAB_LENGTH = 4
_SPACES_ONLY = late(r"(?<=\n) +\n")


class MarkdownConverter:
    """Converts articles one after the other; make one a process and share it with no thread."""

    def __init__(self) -> None:
        # They take 30 ms to make, and most articles of a news archive need neither.
        self._whole: Markdown | None = None
        self._rest: Markdown | None = None

    def convert(self, text: str) -> str | None:
        """Convert one article's Markdown to an HTML fragment, not sanitised.

        None where the text is out of all proportion: where Python-Markdown would need more than
        some seconds (see `markdown_limits`), nest without end, or raises.
        """
        source = _normalise(text)
        if "```" in source or "~~~" in source:
            return self.convert_whole(text)
        extraction = extract_blocks(source, _BLOCK_NAMES, merge=True)
        if extraction is not None:
            if extraction.is_empty:
                return "\n".join(extraction.blocks).strip()
            html = convert_plain(extraction.rest, extraction.blocks)
            if html is not None:
                return html
        extraction = extract_blocks(source, _BLOCK_NAMES)
        if extraction is None or not extraction.blocks:
            return self.convert_whole(text)
        return self._convert_rest(extraction)

    def convert_whole(self, text: str) -> str | None:
        """The same with Python-Markdown alone: the reference."""
        if not is_affordable(text):
            return None
        try:
            if self._whole is None:
                self._whole = _make_markdown()
            return self._whole.reset().convert(text)
        except Exception:  # noqa: BLE001 - its parsers raise what comes for hostile text
            # They keep state: start anew.
            self._whole = None
            return None

    def _convert_rest(self, extraction: Extraction) -> str | None:
        if not is_affordable(extraction.rest):
            return None
        if self._rest is None:
            self._rest = _make_bare_markdown()
        self._rest.reset()
        for block in extraction.blocks:
            self._rest.htmlStash.store(block)
        try:
            return self._rest.convert(extraction.rest)
        except Exception:  # noqa: BLE001 - as above
            self._rest = None
            return None


def _make_markdown() -> Markdown:
    return Markdown(extensions=list(_EXTENSIONS), output_format="html", tab_length=_TAB_LENGTH)


def _make_bare_markdown() -> Markdown:
    """Without what was done before: normalising, fenced code, taking raw blocks out."""
    markdown = _make_markdown()
    for name in _PREPROCESSORS:
        markdown.preprocessors.deregister(name)
    return markdown


def _normalise(text: str) -> str:
    """What Python-Markdown's own first step does to white space."""
    if STX in text or ETX in text:
        text = text.replace(STX, "").replace(ETX, "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text += "\n\n"
    if "\t" in text:
        text = text.expandtabs(_TAB_LENGTH)
    return _SPACES_ONLY.sub("\n", text) if "\n " in text else text
