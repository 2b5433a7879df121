"""The words of the interface: `messages/<language>.toml` of a theme, and the `t` of templates.

A message is text with `{fields}`, or a table `{one = "…", other = "…"}` chosen by its field
`count`. A language that lacks a key falls back to its relatives, then to English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import msgspec

from generator.errors import ThemeError
from generator.render.hints import hint_nearest
from generator.render.layers import LayerFile

_LAST_RESORT = "en"
# Readers of traditional script understand another traditional variant before a simplified one.
_TRADITIONAL = frozenset({"zh-tw", "zh-hk", "zh-mo", "zh-hant"})


class Message(msgspec.Struct, frozen=True):
    """One message. `one` is the form for a count of one, None where there is no such form."""

    other: str
    one: str | None
    path: str  # the file it stands in


Catalogue = dict[str, dict[str, Message]]  # language → key → message


def read_messages(files: Sequence[LayerFile]) -> Catalogue:
    """Read the messages files of all layers, nearest first; the nearest message of a key wins.

    Raises ThemeError for a file that is not TOML or holds other things than messages.
    """
    catalogue: Catalogue = {}
    for file in files:
        name = PurePosixPath(file.name)
        if name.suffix != ".toml":
            continue
        known = catalogue.setdefault(name.stem, {})
        for key, value in parse_toml(file).items():
            known.setdefault(key, _message(key, value, file.shown))
    return catalogue


def parse_toml(file: LayerFile) -> dict[str, Any]:
    """Parse a TOML file of a theme. Raises ThemeError with line and column."""
    text = file.text()
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 0)
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise ThemeError(
            f"not TOML: {message}",
            path=file.shown,
            line=line,
            column=column,
            hint="text values need quotation marks",
        ) from error


class _Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    other: str
    one: str | None = None


def _message(key: str, value: object, path: str) -> Message:
    try:
        forms = _Forms(value) if isinstance(value, str) else msgspec.convert(value, _Forms)
    except msgspec.ValidationError as error:
        raise ThemeError(
            f"`{key}` is no message",
            path=path,
            hint='write it as text, or as {one = "…", other = "…"}',
        ) from error
    return Message(forms.other, forms.one, path)


def languages_for(language: str, known: Sequence[str]) -> list[str]:
    """Give the languages to look into, nearest first: itself, its relatives, English."""
    wanted = language.casefold()
    primary = wanted.partition("-")[0]

    def distance(name: str) -> tuple[int, str] | None:
        folded = name.casefold()
        if folded == wanted:
            return 0, name
        if folded.partition("-")[0] == primary:
            same_script = (folded in _TRADITIONAL) == (wanted in _TRADITIONAL)
            return (1 if same_script else 2), name
        return (3, name) if folded.partition("-")[0] == _LAST_RESORT else None

    return [name for _, name in sorted(at for at in map(distance, known) if at is not None)]


class Translator:
    """`t` of templates: looks a key up and fills its fields in."""

    def __init__(self, catalogue: Mapping[str, Mapping[str, Message]], language: str) -> None:
        self.language = language
        self._messages: dict[str, Message] = {}
        for name in reversed(languages_for(language, list(catalogue))):
            self._messages.update(catalogue[name])

    def __call__(self, key: str, **fields: object) -> str:
        """Give the text of `key`. Raises ThemeError for a key or a field that does not exist."""
        message = self._messages.get(key)
        if message is None:
            raise ThemeError(
                f"no message `{key}` for the language {self.language}",
                hint=hint_nearest(key, self._messages)
                or f"add it to messages/{self.language}.toml",
            )
        text = message.other
        if message.one is not None and fields.get("count") == 1:
            text = message.one
        try:
            return text.format_map(fields)
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            given = ", ".join(f"{{{name}}}" for name in sorted(fields)) or "none"
            raise ThemeError(
                f"the message `{key}` of {message.path} cannot be filled in: {error}",
                hint=f"the fields it is given: {given}",
            ) from error


class MonthName:
    """The field `{month_name}`: a word of the message `months`, looked up only where it is used."""

    def __init__(self, translate: Translator, month: int) -> None:
        self._translate = translate
        self._month = month

    def __format__(self, spec: str) -> str:
        words = self._translate("months").split()
        if len(words) != 12:
            raise ThemeError(
                f"the message `months` holds {len(words)} words", hint="name the 12 months"
            )
        return format(words[self._month - 1], spec)
