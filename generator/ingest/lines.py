"""A capture's text → blocks: one paragraph, headline or caption each, with the line it starts on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from generator.text.patterns import late

# What stands at the ends of a line and is not seen: white space of any kind, joiners, marks.
_UNSEEN = (
    " \t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d"
    "\u200e\u200f\u202f\u205f\u2060\u3000\ufeff"
)
_INDENT = late("(?:\u3000{2}| {2,}|\t)")
_SENTENCE_END = late(r"[。！？!?…；;.][”’」』\"')）\]]*\s*(?:[（(]完[)）])?$")
# A page wrapped for reading, by mail programs, terminals and printers: columns of half-width
# characters.
_NARROWEST, _WIDEST = 40, 130
# How much of the widest line a wrapped line fills at least: a long word can leave a fifth empty.
_FILLED = 0.75


class Block(msgspec.Struct, frozen=True, gc=False):
    """One run of text without line breaks. `line` counts from 1."""

    line: int
    text: str


def split_blocks(text: str) -> tuple[Block, ...]:
    """Split text into blocks.

    Every line is a block, whether blank lines stand between or not; but where the text was
    wrapped at a fixed width, lines are joined up to the next blank or indented one.
    """
    groups = list(_groups(text))
    if not _is_wrapped(groups):
        return tuple(block for group in groups for block in map(_trim, group))
    return tuple(block for group in groups for block in _join(group))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, quotation marks and brackets not counted."""
    return _SENTENCE_END.search(text) is not None


def is_cjk(text: str) -> bool:
    """Whether at least a fifth of the letters are Han characters, kana or hangul."""
    letters = [c for c in text if c.isalpha()]
    return sum(c >= "\u2e80" for c in letters) * 5 >= len(letters) > 0


def _groups(text: str) -> Iterator[list[Block]]:
    """Lines between blank lines, ends not trimmed."""
    group: list[Block] = []
    for number, line in enumerate(text.split("\n"), 1):
        if trim(line):
            group.append(Block(number, line))
        elif group:
            yield group
            group = []
    if group:
        yield group


def trim(line: str) -> str:
    """A line without the white space at its ends, seen or unseen."""
    return line.strip(_UNSEEN)


def _trim(block: Block) -> Block:
    return Block(block.line, trim(block.text))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _is_wrapped(groups: Sequence[Sequence[Block]]) -> bool:
    """Whether lines break at a fixed width: nearly all are full, and most break mid-sentence."""
    broken = [trim(block.text) for group in groups for block in group[:-1]]
    widths = [_width(line) for line in broken]
    last = [_width(trim(group[-1].text)) for group in groups]
    if len(widths) < 3:
        return False
    limit = max(*widths, *last)
    full = sum(width >= _FILLED * limit for width in widths)
    ended = sum(map(ends_sentence, broken))
    return _NARROWEST <= limit <= _WIDEST and full >= 0.7 * len(widths) and 2 * ended < len(widths)


def _join(group: Sequence[Block]) -> Iterator[Block]:
    start, text = group[0].line, trim(group[0].text)
    for block in group[1:]:
        if _INDENT.match(block.text):
            yield Block(start, text)
            start, text = block.line, trim(block.text)
        else:
            text = _glue(text, trim(block.text))
    yield Block(start, text)


def _glue(left: str, right: str) -> str:
    """Join two halves of a broken line: Chinese needs no space, other scripts one."""
    both = (
        unicodedata.east_asian_width(left[-1]) in "WF"
        or unicodedata.east_asian_width(right[0]) in "WF"
    )
    return left + right if both or left.endswith("-") else f"{left} {right}"
