"""python-frontmatter handlers that lose nothing: each key keeps its text and its place.

YAML turns `title: 012` into ten, `tags: no` into false and `date: 2021-02-30` into an error. An
archive needs what was written, so scalars of keys we know stay text; other keys, which only
themes read, get YAML's own types.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import msgspec
import yaml
from frontmatter.default_handlers import BaseHandler

from generator.source.fields import TEXT_KEYS, Field, name_key
from generator.source.plain_fields import read_plain_fields
from generator.text.patterns import late

# The C loader is some ten times as fast; PyYAML has it wherever libyaml is.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Front matter of articles has some dozen values, tables for themes some thousand.
_MOST_VALUES = 20_000


class NotAMapping(ValueError):  # noqa: N818 - it states what the text is
    """YAML that holds no `key: value`."""


class FieldHandler(BaseHandler):
    """Common to all languages: the block is found by `generator.source.block`, not by a pattern."""

    FM_BOUNDARY = re.compile(r"\A")

    def split(self, text: str) -> tuple[str, str]:
        """The whole text is front matter."""
        return text, ""


class YamlFields(FieldHandler):
    """YAML, strictly; raises yaml.YAMLError."""

    def load(self, fm: str, **_: object) -> dict[str, Field]:
        """Fields by lower-case key. Raises yaml.YAMLError or NotAMapping."""
        plain = read_plain_fields(fm)
        return self.load_strictly(fm) if plain is None else plain

    def load_strictly(self, fm: str) -> dict[str, Field]:
        """The same for any YAML."""
        loader = _Loader(fm)
        try:
            node = loader.get_single_node()
            if node is None:
                return {}
            if not isinstance(node, yaml.MappingNode):
                raise NotAMapping
            if "*" in fm and "&" in fm:
                _refuse_bombs(node)
            fields: dict[str, Field] = {}
            for key_node, value_node in node.value:
                if not isinstance(key_node, yaml.ScalarNode):
                    raise NotAMapping
                name = name_key(key_node.value)
                before = fields.get(name)
                fields[name] = _field(loader, name, value_node, fm, before)
            return fields
        finally:
            loader.dispose()


def _refuse_bombs(node: yaml.Node) -> None:
    """Refuse aliases that make much of little, or hold themselves. Raises yaml.YAMLError.

    Nodes are shared while YAML composes them; written out, ten lines can be a billion values.
    """
    weights: dict[int, int] = {}

    def weigh(node: Any) -> int:
        if isinstance(node, yaml.ScalarNode):
            return 1 + len(node.value) // 100
        known = weights.get(id(node))
        if known is None:
            weights[id(node)] = _MOST_VALUES  # met again below itself, it has no end
            children = node.value
            if isinstance(node, yaml.MappingNode):
                children = [part for pair in children for part in pair]
            known = weights[id(node)] = sum(map(weigh, children)) + 1
        if known > _MOST_VALUES:
            raise yaml.YAMLError("aliases that expand without measure")
        return known

    weigh(node)


def _field(loader: Any, name: str, node: yaml.Node, text: str, before: Field | None) -> Field:
    mark = node.start_mark
    value = _texts(node) if name in TEXT_KEYS else _construct(loader, node)
    return Field(
        value,
        mark.line + 1,
        mark.column + 1,
        "" if isinstance(value, str) else text[mark.index : node.end_mark.index].strip(),
        before.repeats + 1 if before else 0,
    )


def _texts(node: yaml.Node) -> Any:
    """A scalar as it is written, a list of scalars as a tuple, anything else as None."""
    if isinstance(node, yaml.ScalarNode):
        # The C loader says "" where the other says None: a value without quotes.
        is_null = node.tag.endswith(":null") and not node.style
        return "" if is_null and node.value in ("~", "null", "Null", "NULL") else node.value
    if isinstance(node, yaml.SequenceNode):
        texts = [_texts(item) for item in node.value]
        # Hexo's `- [财经, 股市]`: a category and the one in it.
        flat = [part for text in texts for part in (text if isinstance(text, tuple) else (text,))]
        return tuple(text for text in flat if isinstance(text, str))
    # `author: {name: 张三}` and lists of such: the name is the text.
    names = [
        value
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and key.value == "name"
    ]
    return _texts(names[0]) if names and isinstance(names[0], yaml.ScalarNode) else None


def _construct(loader: Any, node: yaml.Node) -> Any:
    try:
        return plain_value(loader.construct_object(node, deep=True))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return str(getattr(node, "value", "")) if isinstance(node, yaml.ScalarNode) else None


def whole_characters(value: Any) -> Any:
    """A value without halves of characters, which JSON and YAML can escape and UTF-8 cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return type(value)(whole_characters(item) for item in value)
    if isinstance(value, dict):
        return {whole_characters(key): whole_characters(item) for key, item in value.items()}
    return value


def plain_value(value: Any) -> Any:
    """A value of YAML, TOML or JSON with nothing in it that JSON cannot hold."""
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)  # numbers of articles can have thirty digits
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value


class TomlFields(FieldHandler):
    """TOML, with Zola's `[taxonomies]` lifted to the top; raises tomllib.TOMLDecodeError."""

    def load(self, fm: str, **_: object) -> dict[str, Field]:
        """Fields by lower-case key."""
        data = tomllib.loads(fm)
        taxonomies = data.pop("taxonomies", None)
        if isinstance(taxonomies, dict):
            data = {**taxonomies, **data}
        return _typed_fields(data, fm, r"\s*[\"']?{key}[\"']?\s*=")


class JsonFields(FieldHandler):
    """JSON, as Hugo takes it; raises ValueError."""

    def load(self, fm: str, **_: object) -> dict[str, Field]:
        """Fields by lower-case key."""
        return _typed_fields(json.loads(fm), fm, r"\s*[{{,]?\s*\"{key}\"\s*:")


def field_of(name: str, value: Any, line: int = 0) -> Field:
    """A field of a value that has a type; `line` 0 = it comes from elsewhere than the file."""
    plain = plain_value(value)
    text = _as_text(plain) if name in TEXT_KEYS else plain
    return Field(text, line, 1 if line else 0, str(plain))


def _typed_fields(data: Mapping[str, Any], text: str, pattern: str) -> dict[str, Field]:
    fields = {}
    for key, value in data.items():
        name = str(key).lower()
        match = re.search("^" + pattern.format(key=re.escape(str(key))), text, re.MULTILINE)
        line = text.count("\n", 0, match.end()) + 1 if match else 0
        fields[name] = field_of(name, value, line)
    return fields


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    if isinstance(value, list):
        return tuple(str(item) for item in value if isinstance(item, str | int | float))
    return None if isinstance(value, dict) else str(value)


_LINE_PAIR = late(r"(\S[^:：]*?)[ \t]*[:：][ \t]*(.*)")
_NAMES_APART = late(r"[;；,，、]")


class LineFields(FieldHandler):
    """`Key: value` lines; indented ones go on with the value above, as in Pelican and MultiMarkdown."""

    def load(self, fm: str, **_: object) -> dict[str, Field]:
        """Fields by lower-case key."""
        fields: dict[str, Field] = {}
        name = ""
        for number, line in enumerate(fm.split("\n"), 1):
            pair = _LINE_PAIR.match(line)
            if pair:
                name = name_key(pair[1])
                fields[name] = Field(pair[2].strip(), number, pair.start(2) + 1)
            elif name and line.strip():
                known = fields[name]
                fields[name] = msgspec.structs.replace(known, value=f"{known.value} {line.strip()}")
        for key in ("author", "authors"):
            if key in fields:
                names = tuple(part.strip() for part in _NAMES_APART.split(fields[key].value))
                fields[key] = msgspec.structs.replace(fields[key], value=names)
        return fields


_COMMENT_PAIR = late(r"\[#\]:\s+([\w-]+):\s*\((.*)\)\s*$")
_COMMENT_NAMES = {"subject": "title", "via": "source_url"}


class CommentFields(FieldHandler):
    """`[#]: key: (value)` lines; `subject` is the title and `via` the original's address."""

    def load(self, fm: str, **_: object) -> dict[str, Field]:
        """Fields by lower-case key; lines of another shape are left out."""
        fields = {}
        for number, line in enumerate(fm.split("\n"), 1):
            pair = _COMMENT_PAIR.match(line)
            if pair:
                name = pair[1].lower()
                name = _COMMENT_NAMES.get(name, name)
                fields[name] = Field(pair[2].strip(), number, pair.start(2) + 1)
        return fields
