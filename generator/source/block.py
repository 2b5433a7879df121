"""Where the front matter of a file stands, and in which language it is written."""

from __future__ import annotations

import re
from enum import StrEnum
from json import JSONDecodeError, JSONDecoder

import msgspec


class Kind(StrEnum):
    """The languages of front matter."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    COMMENTS = "comments"  # `[#]: key: (value)` lines, as LCTT writes them


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


_BLANK = re.compile(r"(?:[ \t\u3000]*\n)+")
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*\n")
_CLOSING = {
    Kind.YAML: re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    Kind.TOML: re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_COMMENT_LINE = re.compile(r"\[#\]: .*(?:\n|\Z)")
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
        kind = Kind.YAML if opening[1] == "---" else Kind.TOML
        inner = opening.end()
        closing = _CLOSING[kind].search(text, inner)
        end, body = (closing.start(), closing.end()) if closing else (len(text), len(text))
        return Block(kind, inner, end, body, blank_lines + 2, closing is not None, blank_lines)
    if text.startswith("{", start):
        return _find_json(text, start, blank_lines)
    if text.startswith("[#]: ", start):
        end = start
        while line := _COMMENT_LINE.match(text, end):
            end = line.end()
        return Block(Kind.COMMENTS, start, end, end, blank_lines + 1, blank_lines=blank_lines)
    return None


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
