"""Where the front matter of a file stands, and in which language it is written."""

from __future__ import annotations

import re
from enum import StrEnum
from json import JSONDecodeError, JSONDecoder

import msgspec

from generator.text.patterns import late


class Kind(StrEnum):
    """The languages of front matter."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    COMMENTS = "comments"  # `[#]: key: (value)` lines, as LCTT writes them
    LINES = "lines"  # `Key: value` lines up to a blank one, as Pelican and people write them


class Block(msgspec.Struct, frozen=True, gc=False):
    """Offsets into the text, in characters. `text[inner_start:inner_end]` is the front matter.

    `line` is the number of the first line inside. `is_closed` is false where the closing line is
    missing: then nothing but `inner_start` is certain.
    """

    kind: Kind
    inner_start: int
    inner_end: int
    body_start: int
    line: int
    is_closed: bool = True
    blank_lines: int = 0


_BLANK = late(r"(?:[ \t\u3000]*\n)+")
# Eleventy names the language behind the dashes.
_OPENING = late(r"(---|\+\+\+)(?:[ \t]*(ya?ml|toml|json))?[ \t]*\n")
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_KINDS = {"yaml": Kind.YAML, "yml": Kind.YAML, "toml": Kind.TOML, "json": Kind.JSON}
_TITLE_LINE = late(r"(?:title|标题|標題)[ \t]*[:：]", re.IGNORECASE)
_FIRST_LINE = late(
    r"(?:title|date|layout|author|slug|tags|categor(?:y|ies)|标题|標題|日期|来源|來源|作者)[ \t]*[:：]",
    re.IGNORECASE,
)
_LINE = late(
    r"(?:[A-Za-z][\w-]{1,24}[ \t]*:(?=[ \t\n]|\Z)|[\u4e00-\u9fff]{2,4}[ \t]*[:：](?=[^\n。]{0,80}(?:\n|\Z)))[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*"
)
# Rules above and below such lines, as input methods write them.
_OTHER_RULE = re.compile(r"[－—–―─━=＝*＊]{3,}[ \t]*(?:\n|\Z)")
# What may end YAML that nothing opened, as early Hexo wrote it: the first lines of a file.
_LATE_RULE = late(r"(?:(?![ \t]*\n|---)[^\n]*\n){1,30}?---[ \t]*(?:\n|\Z)")
_COMMENT_LINE = late(r"\[#\]: .*(?:\n|\Z)")
_JSON = JSONDecoder()


def find_block(text: str) -> Block | None:
    """Find the front matter at the start of `text`; None where there is none."""
    start = blank_lines = 0
    if text[:1] in ("\n", " ", "\t", "\u3000"):
        blank = _BLANK.match(text)
        if blank:
            start, blank_lines = blank.end(), blank.group().count("\n")
    opening = _OPENING.match(text, start)
    if opening:
        kind = _KINDS[opening[2]] if opening[2] else Kind.YAML if opening[1] == "---" else Kind.TOML
        inner = opening.end()
        closing = _CLOSING[opening[1]].search(text, inner)
        end, body = (closing.start(), closing.end()) if closing else (len(text), len(text))
        return Block(kind, inner, end, body, blank_lines + 2, closing is not None, blank_lines)
    if text.startswith("{", start):
        return _find_json(text, start, blank_lines)
    if text.startswith("[#]: ", start):
        end = start
        while line := _COMMENT_LINE.match(text, end):
            end = line.end()
        return Block(Kind.COMMENTS, start, end, end, blank_lines + 1, blank_lines=blank_lines)
    rule = _OTHER_RULE.match(text, start)
    if rule and _FIRST_LINE.match(text, rule.end()):
        return _find_ruled(text, rule.end(), blank_lines + 1)
    if _FIRST_LINE.match(text, start):
        return _find_lines(text, start, blank_lines)
    return None


def _find_lines(text: str, start: int, blank_lines: int) -> Block | None:
    """Lines of `key: value` that nothing opens: one is the title, and it is not the only one."""
    rule = _LATE_RULE.match(text, start)
    if rule and re.search(r"^title[ \t]*:", rule[0], re.MULTILINE):
        inner_end = text.rindex("---", start, rule.end())
        return Block(Kind.YAML, start, inner_end, rule.end(), blank_lines + 1)
    end, count, is_titled = start, 0, False
    while line := _LINE.match(text, end):
        is_titled = is_titled or _TITLE_LINE.match(text, end) is not None
        end, count = line.end(), count + 1
    if not is_titled or count < 2 or (end < len(text) and text[end] not in "\n \t\u3000"):
        return None
    return Block(Kind.LINES, start, end, end, blank_lines + 1, blank_lines=blank_lines)


def _find_ruled(text: str, start: int, lines_above: int) -> Block | None:
    """Lines of `key: value` up to a rule like the one above them; one is the title."""
    end, is_titled = start, False
    while line := _LINE.match(text, end):
        is_titled = is_titled or _TITLE_LINE.match(text, end) is not None
        end = line.end()
    closing = _OTHER_RULE.match(text, end)
    if not is_titled or not closing:
        return None
    return Block(Kind.LINES, start, end, closing.end(), lines_above + 1)


def _find_json(text: str, start: int, blank_lines: int) -> Block | None:
    """A JSON object that stands alone on its lines; a body may start with a brace too."""
    if not re.match(r"\{\s*[\"}]", text[start:]):
        return None
    try:
        _, end = _JSON.raw_decode(text, start)
    except (JSONDecodeError, RecursionError):
        return None
    newline = text.find("\n", end)
    body = len(text) if newline < 0 else newline + 1
    if text[end:body].strip():
        return None
    return Block(Kind.JSON, start, end, body, blank_lines + 1, blank_lines=blank_lines)
