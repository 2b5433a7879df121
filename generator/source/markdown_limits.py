"""How long Python-Markdown would take for a text, so that no text can hang a build.

Its time is in proportion to ordinary text, but grows with the square of some unusual ones: ten
thousand `[` in a row cost ten seconds, a hundred thousand twenty minutes. A limit of time would
make the output depend on the machine, so this estimates the work from the text alone. The
weights are seconds per step, measured on a 2 GHz core with Python 3.11 and Markdown 3.11; texts
in `tests/unit/source/test_markdown_limits.py` hold them to what conversion really takes.
"""

from __future__ import annotations

import re

from generator.text.patterns import late

# The dearest article of the corpora, of 150,000 characters, comes to 0.4.
LIMIT = 2.0

# Below this many characters nothing takes a second.
_SMALL = 1000

_LINE = 2.5e-5  # one list item, quoted line or definition
_CELL = 3e-5  # one cell of a table
_NOTE = 5.5e-7  # a pair of references to footnotes
_CHUNK = 5e-10  # a pair of blocks: they are taken off the front of a list
_BRACKET = 2.8e-7  # one character between "[" and "]", or the end of the block
_LINK = 1e-7  # one character behind "](" that no ")" closes
_TAG = 5.5e-8  # one character between "<" and ">", or the end of the text
_DECLARATION = 6e-7  # one character behind "<!["
_END_TAG = 2e-10  # one character of the text, for each end tag
_COMMENT = 1.5e-6  # a pair of a comment and an inline tag
_FENCE = 1.8e-8  # one character behind a fence
_DIVIDER = 1e-7  # one character of a block, for each heading, rule or abbreviation in it
_MARK = 1.2e-9  # one character of a block, for each inline mark in it

_PAIRS = late(r"[\[\]]")
_CLOSED_LINK = late(r"""\]\([^()'"]*+(?:"[^"]*+"|'[^']*+')? *\)""")
_TAG_START = late(r"<(?:(?P<comment>!--)|(?P<declaration>!\[)|(?P<end>/)|[a-zA-Z!?])")
_FENCE_LINE = late(r"^(?:```|~~~)", re.MULTILINE)
_DIVIDER_LINE = late(r"^ {0,3}(?:#|\*\[|(?:[-_*] {0,2}+){3,}+$)", re.MULTILINE)
# Quotes and lists in one another, on one line: each level is a pass over all that is in it.
_DEEP = late(r"^(?![-_* ]*+$)(?: *+(?:>|[-*+] |\d{1,9}\. )){50}", re.MULTILINE)
_MARKS = "`*_&!\\<"


def is_affordable(text: str) -> bool:
    """Whether Python-Markdown converts a text within some seconds, whatever it holds."""
    return len(text) <= _SMALL or (
        not _DEEP.search(text)
        and _tags(text, LIMIT) + _blocks(text) + _fences(text) + _lines(text) <= LIMIT
    )


def _lines(text: str) -> float:
    chunks = text.count("\n\n")
    notes = text.count("[^")
    return (
        text.count("\n") * _LINE
        + text.count("|") * _CELL
        + chunks * chunks * _CHUNK
        + notes * notes * _NOTE
    )


def _fences(text: str) -> float:
    if "```" not in text and "~~~" not in text:
        return 0.0
    return len(_FENCE_LINE.findall(text)) * len(text) * _FENCE


def _tags(text: str, limit: float) -> float:
    """The cost of everything that starts with `<`; stops counting above `limit`."""
    cost = 0.0
    comments = tags = end_tags = 0
    for match in _TAG_START.finditer(text):
        start = match.start()
        kind = match.lastgroup
        if kind == "comment":
            comments += 1
            end = text.find("-->", start)
        else:
            tags += kind is None
            end_tags += kind == "end"
            end = text.find(">", start)
        length = (len(text) if end < 0 else end) - start
        cost += length * (_DECLARATION if kind == "declaration" else _TAG)
        if cost > limit:
            return cost
    return cost + end_tags * len(text) * _END_TAG + comments * tags * _COMMENT


def _blocks(text: str) -> float:
    return sum(_block(block) for block in text.split("\n\n") if len(block) > _SMALL)


def _block(block: str) -> float:
    size = len(block)
    cost = len(_DIVIDER_LINE.findall(block)) * size * _DIVIDER
    cost += sum(map(block.count, _MARKS)) * size * _MARK
    cost += block.count("<!--") * block.count("<") * size * _COMMENT / 10_000
    if "[" in block:
        open_links = block.count("](") - len(_CLOSED_LINK.findall(block))
        cost += open_links * size * _LINK + _bracket_steps(block) * _BRACKET
    return cost


def _bracket_steps(block: str) -> int:
    """The characters between each `[` and its `]`, or the end where there is none."""
    steps = 0
    opened: list[int] = []
    for match in _PAIRS.finditer(block):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            steps += match.start() - opened.pop()
    return steps + sum(len(block) - start for start in opened)
