"""Raw HTML blocks in Markdown, found with one compiled pattern instead of an HTML parser.

Python-Markdown takes blocks of HTML out of a text before it reads the Markdown around them: a
block runs from a block-level start tag at a line's start to the end tag that empties its stack of
open tags. `extract_blocks` follows the same rules (`markdown.htmlparser.HTMLExtractor`) for the
plain, well-formed markup that archives consist of, some fifty times faster, and declines anything
whose reading depends on the finer points of an HTML parser.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec
from markdown.util import HTML_PLACEHOLDER

from generator.source.content_model import tag_names
from generator.text.patterns import late

# Elements whose content HTML parsers read as text, each release of Python a few more.
_TEXT_ELEMENTS = tag_names(
    "iframe noembed noframes noscript plaintext script style textarea title xmp"
)
_VOID = tag_names("area base br col embed hr img input link meta param source track wbr")
_ATTRIBUTES = (
    r"""(?:[ \n]++[a-zA-Z_:][-a-zA-Z0-9_:.]*+(?:=(?:"[^"<>`]*+"|'[^'<>`]*+'|[^ \n"'=<>`]++))?+)*+"""
)
_COMMENT = r"<!--(?!-?>)[^-]*+(?:-(?!->|-!>|-[ \n])[^-]*+)*+-->"


def _block_pattern(name: str) -> str:
    """A block that holds no other of its name: it ends at its first end tag, whatever is in it."""
    no_start = "|".join((name, *sorted(_TEXT_ELEMENTS)))
    return (
        rf"<{name}{_ATTRIBUTES}[ \n]*+>(?:[^<]++"
        rf"|<(?!(?i:{no_start})\b)[a-zA-Z][a-zA-Z0-9]*+{_ATTRIBUTES}[ \n]*+/?>"
        rf"|</(?!(?i:{name})\b)[a-zA-Z][a-zA-Z0-9]*+[ \n]*+>)*+</{name}>"
    )


_PARAGRAPH = _block_pattern("p")
_OTHER_BLOCKS = sorted(tag_names("center table h2 h3 h4 div ul ol blockquote"))
_BLOCKS = "|".join(
    (rf"{_PARAGRAPH}(?: ?(?:\n++ ?)?{_PARAGRAPH})*+", *map(_block_pattern, _OTHER_BLOCKS))
)
# Every "<" of a text must be one of these; the last group catches those that are not.
_TAGS = (
    rf"<(?P<start>[a-zA-Z][a-zA-Z0-9]*+){_ATTRIBUTES}[ \n]*+(?P<void>/?)>"
    r"|</(?P<end>[a-zA-Z][a-zA-Z0-9]*+)[ \n]*+>"
    rf"|(?P<comment>{_COMMENT})"
    r"|(?P<address><https?://[-a-zA-Z0-9._~:/?#@!$&()*+,;=%]++>)"
    r"|(?P<other><)"
)
_TAG = late(_TAGS)
_BLOCK_OR_TAG = late(rf"(?P<block>{_BLOCKS})|{_TAGS}")
_BLANK_LINE = late(r"(?: *\n){2}")
# A character reference that HTML parsers end or read in different ways.
_ODD_REFERENCE = late(r"&#(?!(?:[0-9]+|[xX][0-9a-fA-F]+);)")


class Extraction(msgspec.Struct, frozen=True, gc=False):
    """A text without its raw HTML.

    `rest` is the Markdown, with Python-Markdown's placeholder `n` where `blocks[n]` stood; `is_empty`
    says that nothing but placeholders and white space is left.
    """

    rest: str
    blocks: tuple[str, ...]
    is_empty: bool


def extract_blocks(
    source: str, block_names: Collection[str], *, merge: bool = False
) -> Extraction | None:
    """Take the raw HTML blocks out of a normalised text; None where only a parser can tell.

    `source` has no tab, no carriage return and no fenced code, and ends with a blank line.
    `block_names` are the block-level elements in lower case. `merge` takes blocks that follow one
    another as one, which is faster, and exact where the rest of the text is converted line by line.
    """
    if "&#" in source and _ODD_REFERENCE.search(source):
        return None
    scanner = _Scanner(source, block_names)
    return scanner.result() if scanner.scan(_BLOCK_OR_TAG if merge else _TAG) else None


class _Scanner:
    """The state of one extraction; its names are those of Python-Markdown's extractor."""

    __slots__ = (
        "block_names", "blocks", "cache", "cleandoc", "has_inline", "in_tail", "is_empty", "source",
        "stack",
    )  # fmt: skip

    def __init__(self, source: str, block_names: Collection[str]) -> None:
        self.source = source
        self.block_names = block_names
        self.blocks: list[str] = []
        self.cleandoc: list[str] = []  # the text that stays
        self.cache: list[str] = []  # the raw block being read
        self.stack: list[str] = []  # its open tags; not empty = inside a raw block
        self.in_tail = False  # behind a raw block, on the line it ends in
        self.has_inline = False  # an inline tag stands outside raw blocks
        self.is_empty = True

    def scan(self, token: re.Pattern[str]) -> bool:
        """Read the whole source; False = declined."""
        source = self.source
        readers = {
            "block": self._read_block,
            "void": self._read_start,
            "end": self._read_end,
            "comment": self._read_comment,
            "address": self._read_address,
        }
        position = 0
        for match in token.finditer(source):
            start = match.start()
            if start > position and not self._read_text(source[position:start]):
                return False
            position = match.end()
            reader = readers.get(match.lastgroup or "")
            if reader is None or not reader(match[0], match):
                return False
        return self._read_text(source[position:])

    def result(self) -> Extraction:
        """What was found; an unclosed block ends with the text."""
        if self.cache:
            self._store("".join(self.cache))
        rest = "".join(self.cleandoc)
        # Four spaces make a block of code, be it an empty one.
        return Extraction(rest, tuple(self.blocks), self.is_empty and "    " not in rest)

    def _read_text(self, text: str) -> bool:
        if self.in_tail:
            first, newline, _ = text.partition("\n")
            if not self.stack and "&" in first:
                return False  # the extractor moves such a reference into the next block
            self.in_tail = not newline
        if self.stack:
            self.cache.append(text)
        elif text:
            self.cleandoc.append(text)
            if self.is_empty and not text.isspace():
                self.is_empty = False
        return True

    def _read_block(self, text: str, match: re.Match[str]) -> bool:
        """Whole blocks, one or more. How they stand in `cleandoc` is not told to the newline."""
        has_line_end = "\n" in text
        if self.stack:
            self.cache.append(text)
            self.in_tail = self.in_tail and not has_line_end
            return True
        if not (self.in_tail or self._is_line_start(match.start())):
            return False
        self.in_tail = self.in_tail and not has_line_end
        self.cleandoc.append("\n")
        self.cache.append(text.replace("</p><p", "</p>\n<p") if text.startswith("<p") else text)
        self._end_block(match.end())
        return True

    def _read_start(self, text: str, match: re.Match[str]) -> bool:
        name = match["start"].lower()
        if name in _TEXT_ELEMENTS:
            return False
        is_block = name in self.block_names
        if match["void"] or name == "hr":
            return self._read_empty(text, match, is_block=is_block)
        begins = is_block and (
            self.in_tail or (not self.stack and self._is_line_start(match.start()))
        )
        if not (begins or self.stack):
            self.has_inline = self.has_inline or not (is_block or name in _VOID)
            return self._keep(text)
        if begins:
            self.cleandoc.append("\n")
        self.stack.append(name)
        self.cache.append(text)
        return True

    def _read_end(self, text: str, match: re.Match[str]) -> bool:
        stack = self.stack
        if not stack:
            return self._keep(text)
        self.cache.append(text)
        name = match["end"].lower()
        if name in stack:
            while stack.pop() != name:
                pass
        if not stack:
            self._end_block(match.end())
        return True

    def _read_address(self, text: str, _match: re.Match[str]) -> bool:
        if self.stack:
            self.cache.append(text)
            return True
        return not self.in_tail and self._keep(text)

    def _read_comment(self, text: str, match: re.Match[str]) -> bool:
        if self.has_inline and not self.stack:
            return False  # it may belong to an inline element
        return self._read_empty(text, match, is_block=True)

    def _read_empty(self, text: str, match: re.Match[str], *, is_block: bool) -> bool:
        """A tag without content or a comment: alone at a line's start, it is a raw block."""
        if self.stack or (self.in_tail and is_block):
            self.cache.append(text)
            return True
        if self.in_tail:
            return False  # the extractor starts the next block with it
        if not (is_block and self._is_line_start(match.start())):
            return self._keep(text)
        if _BLANK_LINE.match(self.source, match.end()):
            text += "\n"
        else:
            self.in_tail = True
        last = self.cleandoc[-1] if self.cleandoc else ""
        if last.endswith("\n") and not last.endswith("\n\n"):
            self.cleandoc.append("\n")
        self._store(text)
        self.cleandoc.append("\n\n")
        return True

    def _end_block(self, end: int) -> None:
        if _BLANK_LINE.match(self.source, end):
            self.cache.append("\n")
        else:
            self.in_tail = True
        self._store("".join(self.cache))
        self.cleandoc.append("\n\n")
        self.cache = []

    def _store(self, block: str) -> None:
        self.cleandoc.append(HTML_PLACEHOLDER % len(self.blocks))
        self.blocks.append(block)

    def _keep(self, text: str) -> bool:
        self.cleandoc.append(text)
        self.is_empty = False
        return True

    def _is_line_start(self, position: int) -> bool:
        """At most three characters of white space stand before it on its line."""
        line = self.source.rfind("\n", 0, position) + 1
        return position == line or (position - line <= 3 and not self.source[line:position].strip())
