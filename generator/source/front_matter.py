"""Front matter → fields: strictly through python-frontmatter, and repaired only where that fails."""

from __future__ import annotations

import textwrap
import tomllib
from typing import cast

import frontmatter
import msgspec
import yaml

from generator.source.block import Block, Kind, find_block
from generator.source.fields import Field
from generator.source.handlers import (
    CommentFields,
    FieldHandler,
    JsonFields,
    LineFields,
    TomlFields,
    YamlFields,
    whole_characters,
)
from generator.source.repair import Change, loses_words, repair_yaml
from generator.text.decode import Finding
from generator.text.patterns import late

_HANDLERS: dict[Kind, FieldHandler] = {
    Kind.YAML: YamlFields(),
    Kind.TOML: TomlFields(),
    Kind.JSON: JsonFields(),
    Kind.COMMENTS: CommentFields(),
    Kind.LINES: LineFields(),
}
_TOML_LINE = late(r"([\w-]+)\s*=\s*(.*)")


class FrontMatter(msgspec.Struct, frozen=True):
    """The fields of a file and where its body starts, in characters.

    `inner` is the front matter as it reads strictly: as it stands, or repaired.
    """

    fields: dict[str, Field]
    body_start: int
    changes: tuple[Change, ...] = ()
    block: Block | None = None
    inner: str = ""


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a decoded file. Never raises for bad input."""
    block = find_block(text)
    if block is None:
        return FrontMatter({}, 0, (Change(Finding("front-matter/missing")),))
    changes: tuple[Change, ...] = ()
    if block.blank_lines:
        changes = (Change(Finding("front-matter/blank-lines-first", 1)),)
    inner = text[block.inner_start : block.inner_end]
    if block.is_closed:
        try:
            fields = _load(block.kind, inner, block.line)
        except (yaml.YAMLError, ValueError, RecursionError):
            fields = None
        if fields and not (block.kind is Kind.YAML and loses_words(inner)):
            repeated = tuple(_repeats(fields, inner, block.line))
            return FrontMatter(fields, block.body_start, changes + repeated, block, inner)
        if fields == {} and not inner.strip():
            return FrontMatter({}, block.body_start, changes, block, inner)
    repaired = _repair_toml(text, block) if block.kind is Kind.TOML else None
    if block.kind is Kind.YAML:
        mended = repair_yaml(text, block)
        if mended:
            fields = _load(Kind.YAML, mended.inner, block.line)
            repaired = FrontMatter(fields, mended.body_start, mended.changes, block, mended.inner)
    if repaired is None:
        return FrontMatter({}, 0, (Change(Finding("front-matter/not-a-mapping", block.line)),))
    return msgspec.structs.replace(repaired, changes=changes + repaired.changes)


def _load(kind: Kind, inner: str, first_line: int) -> dict[str, Field]:
    """Fields with lines counted in the file."""
    if inner[:1] in (" ", "\t"):
        # The library strips what it is given, and with it the indent of the first line alone.
        inner = textwrap.dedent(inner)
    stripped = inner.lstrip()
    skipped = inner.count("\n", 0, len(inner) - len(stripped)) + first_line - 1
    parsed, _ = frontmatter.parse(inner, handler=_HANDLERS[kind])
    fields = cast("dict[str, Field]", parsed)
    if "\\u" in inner:
        fields = {
            whole_characters(name): msgspec.structs.replace(
                field, value=whole_characters(field.value), raw=whole_characters(field.raw)
            )
            for name, field in fields.items()
        }
    return {
        name: msgspec.structs.replace(field, line=field.line + skipped) if field.line else field
        for name, field in fields.items()
    }


def _repeats(fields: dict[str, Field], inner: str, first_line: int) -> list[Change]:
    found = []
    for name, field in fields.items():
        if field.repeats:
            lines = [
                first_line + number
                for number, line in enumerate(inner.split("\n"))
                if line.lower().startswith(f"{name}:")
            ]
            at = ", ".join(map(str, lines))
            found.append(
                Change(Finding("front-matter/duplicate-key", field.line, f"`{name}` in lines {at}"))
            )
    return found


def _repair_toml(text: str, block: Block) -> FrontMatter | None:
    """Read a TOML block line by line: what is no TOML is taken as text."""
    lines, changes = [], []
    for number, line in enumerate(
        text[block.inner_start : block.inner_end].split("\n"), block.line
    ):
        if not _reads_as_toml(line):
            pair = _TOML_LINE.match(line)
            if not pair:
                changes.append(Change(Finding("front-matter/unreadable-line", number), line))
                continue
            mended = f"{pair[1]} = {_toml_text(pair[2])}"
            changes.append(Change(Finding("front-matter/unescaped-quote", number), line, mended))
            line = mended  # noqa: PLW2901 - the mended line takes the place of the broken one
        lines.append(line)
    inner = "\n".join(lines)
    try:
        fields = _load(Kind.TOML, inner, block.line)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    if not block.is_closed:
        return None
    return FrontMatter(fields, block.body_start, tuple(changes), block, inner)


def _reads_as_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _toml_text(value: str) -> str:
    inner = value.strip()
    if inner[:1] in ("'", '"'):
        inner = inner[1:-1] if len(inner) > 1 and inner[-1] == inner[0] else inner[1:]
    escaped = inner.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
