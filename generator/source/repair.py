"""Repairing YAML front matter that strict reading refuses.

A repair is text → text: the repaired block is read strictly again, so that what is published and
what `backfile check --fix` writes back are the same. Each rule is a diagnostic's code. Lines that
read well on their own are kept to the letter.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate

import msgspec
import yaml

from generator.source.block import Block
from generator.source.fields import TEXT_KEYS, name_key
from generator.source.handlers import YamlFields
from generator.text.decode import Finding
from generator.text.patterns import late

_KEY_LINE = late(r"([^\s#:\-\"'{\[<>&*!|%@`][^:\n]{0,60}?)[ \t]*:(?:[ \t]+|$)(.*)")
# A key that we know, with a full-width colon or without a space behind it, or indented by mistake.
_LOOSE_KEY = late(
    r"[ \t]*("
    + "|".join(sorted(TEXT_KEYS))
    + r"|[\u4e00-\u9fff]{2,6})[ \t]*(?:：|:)[ \t]*(?!//)(.*)",
    re.IGNORECASE,
)
_RULE = late(r"(?:---|\.\.\.)[ \t]*$")
_ITEM = late(r"\s*- |\s*-$")
# A value that goes on over more lines than this is a body that lost its closing line.
_MAX_VALUE_LINES = 12
_STARTS_BODY = late(r"\s*(?:<|> |#{1,6} |!\[|\[.*\]\()")
# `title: 新闻 #1` is no comment: those have a space behind their mark.
_NUMBERED_TITLE = late(
    r"^title:[ \t]+[^\s\"'|>\[{&*!#%@`][^\n]*?[ \t]#[^\s#]", re.MULTILINE | re.IGNORECASE
)
# A value that is all comment is one only if nothing is indented below it. Escapes of one letter
# are those that programs do not write into a line: only a person's backslash stands before them.
_DROPPED = late(
    r"^[^\s:#]+: +(?:[&!]|#\S[^\n]*(?:\n(?![ \t-])|\Z)"
    r'|"(?:[^"\\\n]|\\.)*?(?<!\\)(?:\\\\)*\\[ abefvNLP_](?:[^"\\\n]|\\.)*"[ \t]*(?:\n|\Z))',
    re.MULTILINE,
)
_reader = YamlFields()


class Change(msgspec.Struct, frozen=True, gc=False):
    """One repair: the finding (line within the file), and the text before and after."""

    finding: Finding
    before: str = ""
    after: str = ""


class Repaired(msgspec.Struct, frozen=True):
    """A block that reads strictly, where the body starts, and what was changed."""

    inner: str
    body_start: int
    changes: tuple[Change, ...]


class _Group(msgspec.Struct):
    """A key with its value's lines, while they are collected."""

    line: int  # in the file
    lines: list[str]


def repair_yaml(text: str, block: Block) -> Repaired | None:
    """Repair the YAML front matter of `text`; None where it holds no key at all."""
    changes: list[Change] = []
    groups, body_start = _collect(text, block, changes)
    if not groups:
        return None
    lines: list[str] = []
    for group in groups:
        lines.extend(_mend(group, changes))
    inner = "\n".join(lines) + "\n"
    return Repaired(inner, body_start, tuple(changes))


def _collect(text: str, block: Block, changes: list[Change]) -> tuple[list[_Group], int]:
    """Walk the lines after the opening rule: groups of key lines, and where the body starts."""
    lines = text[block.inner_start :].split("\n")
    groups: list[_Group] = []
    offsets = list(accumulate((len(line) + 1 for line in lines), initial=block.inner_start))
    index = end = 0  # `end`: the line after the last one that belongs to a key
    while index < len(lines):
        line, number = lines[index], block.line + index
        if _RULE.match(line):
            inside = _rule_in_value(groups, lines, index)
            if not inside:
                return groups, min(offsets[index + 1], len(text))
            joined = " ".join(part.strip() for part in lines[index : inside + 1])
            changes.append(Change(Finding("front-matter/rule-in-value", number), line, joined))
            groups[-1].lines[-1] += f" {joined}"
            index = end = inside + 1
            continue
        key_line = _as_key(line, number, groups, changes)
        if key_line:
            groups.append(_Group(number, [key_line]))
            end = index + 1
        elif _continues(line, groups):
            groups[-1].lines.append(line)
            end = index + 1
        elif line.strip() and not line.startswith("#"):
            if not _has_more_keys(lines, index):
                break
            if groups and not _STARTS_BODY.match(line):
                if not _is_quoted(groups[-1]):
                    changes.append(
                        Change(Finding("front-matter/line-break-in-value", number), line)
                    )
                groups[-1].lines[-1] += f" {line.strip()}"
            else:
                changes.append(Change(Finding("front-matter/unreadable-line", number), line))
        index += 1
    changes.append(Change(Finding("front-matter/unclosed", block.line + end)))
    return groups, min(offsets[end], len(text))


def _as_key(line: str, number: int, groups: list[_Group], changes: list[Change]) -> str:
    """The line where it states a key, mended if need be; "" for any other line."""
    if _KEY_LINE.match(line):
        return "" if _STARTS_BODY.match(line) else line
    loose = _loose_key(line, groups)
    if loose:
        changes.append(Change(Finding("front-matter/loose-key", number), line, loose))
    return loose


def _loose_key(line: str, groups: list[_Group]) -> str:
    """The line as a key of YAML, where it is meant to be one that we know; "" where it is not."""
    match = _LOOSE_KEY.match(line)
    if not match or name_key(match[1]) not in TEXT_KEYS:
        return ""
    is_indented = line[0] in " \t"
    # Below a key without a value, what is indented belongs to it.
    if is_indented and groups and not groups[-1].lines[0].partition(":")[2].strip():
        return ""
    if is_indented and _is_block_value(groups):
        return ""
    return f"{match[1]}: {match[2]}".rstrip()


def _is_block_value(groups: list[_Group]) -> bool:
    """Whether the value is text that YAML lets run over indented lines, or a collection."""
    value = groups[-1].lines[0].partition(":")[2].lstrip() if groups else ""
    return value[:1] in ('"', "'", "|", ">", "{", "[") and value != ""


def _is_quoted(group: _Group) -> bool:
    """Whether the value is a quotation, which YAML lets run over lines."""
    return group.lines[0].partition(":")[2].lstrip()[:1] in ('"', "'")


def _continues(line: str, groups: list[_Group]) -> bool:
    """Whether a line belongs to the value above it by YAML's own rules."""
    if not groups or not line.strip():
        return False
    if len(groups[-1].lines) > _MAX_VALUE_LINES and not _ITEM.match(line):
        return False
    return (line[0] in " \t" and not _STARTS_BODY.match(line)) or bool(_ITEM.match(line))


def _rule_in_value(groups: list[_Group], lines: list[str], index: int) -> int:
    """The line where the quotation that a rule stands in is closed; 0 where it stands in none."""
    if not groups:
        return 0
    value = groups[-1].lines[-1].partition(":")[2].strip()
    if not value.startswith('"') or (len(value) > 1 and value.endswith('"')):
        return 0
    for ahead in range(index + 1, min(index + _MAX_VALUE_LINES, len(lines))):
        if _RULE.match(lines[ahead]) or _KEY_LINE.match(lines[ahead]):
            return 0
        if lines[ahead].rstrip().endswith('"'):
            return ahead
    return 0


def _has_more_keys(lines: list[str], index: int) -> bool:
    """Whether a key that we know follows before the next rule: the front matter goes on."""
    for line in lines[index + 1 : index + 1 + _MAX_VALUE_LINES]:
        if _RULE.match(line):
            return False
        key = _KEY_LINE.match(line)
        if key and key[1].strip().lower() in TEXT_KEYS:
            return True
    return False


def _mend(group: _Group, changes: list[Change]) -> list[str]:
    """The group's lines as strict YAML."""
    if _reads(group.lines):
        return group.lines
    before = "\n".join(group.lines)
    if "\t" in before:
        spaced = [line.replace("\t", "  ") for line in group.lines]
        if _reads(spaced):
            changes.append(
                Change(Finding("front-matter/tab", group.line), before, "\n".join(spaced))
            )
            return spaced
    head, _, rest = before.partition(":")
    value = " ".join(part.strip() for part in rest.split("\n")).strip()
    code, meant = _meaning(value)
    after = f"{head.strip()}: {json.dumps(meant, ensure_ascii=False)}"
    if not _reads([after]):
        after = f"{json.dumps(head.strip(), ensure_ascii=False)}: {json.dumps(meant, ensure_ascii=False)}"
    changes.append(Change(Finding(f"front-matter/{code}", group.line), before, after))
    return [after]


def loses_words(inner: str) -> bool:
    """Whether YAML would take a part of a value for an anchor, a tag, a comment or an escape.

    It drops those without a word.
    """
    if " #" in inner and _NUMBERED_TITLE.search(inner):
        return True
    return any(mark in inner for mark in (": &", ": !", ": #", "\\")) and bool(
        _DROPPED.search(inner)
    )


def _reads(lines: list[str]) -> bool:
    """Whether the lines are one key of YAML on their own, with a value that lost nothing."""
    if loses_words("\n".join(lines)):
        return False
    try:
        return len(_reader.load("\n".join(lines))) == 1
    except (yaml.YAMLError, ValueError, RecursionError):
        return False


def _meaning(value: str) -> tuple[str, str]:
    """Which rule applies to a raw value, and the text it means."""
    quote = value[:1]
    if quote in ('"', "'"):
        inner = value[1:]
        if not inner.endswith(quote):
            # A quotation that begins the text (`"双碳"目标`) is part of it.
            return ("unescaped-quote", value) if quote in inner else ("unclosed-quote", inner)
        inner = inner[:-1]
        if quote == "'":
            return "unescaped-quote", inner.replace("''", "'")
        inner = inner.replace('\\"', '"') if not inner.endswith('\\"') else inner
        return ("unescaped-quote" if '"' in inner else "backslash"), inner
    if quote and quote in "@`%&*!|>{}[],#?-":
        return "reserved-character", value
    return ("colon-in-value" if ": " in f"{value} " else "reserved-character"), value
