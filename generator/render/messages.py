"""The words of the interface: `messages/<language>.toml` of a theme, and the `t` of templates.

A message is text with `{fields}`, or a table of plural forms `{one = "…", other = "…"}` chosen
by its field `count`. A language that lacks a key falls back to its relatives, then to English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import msgspec

from generator.errors import ThemeError
from generator.render.hints import hint_nearest
from generator.render.layers import LayerFile
from generator.render.locales import Formats
from generator.text.toml_fault import locate_fault

_LAST_RESORT = "en"
# Readers of traditional script understand another traditional variant before a simplified one.
_TRADITIONAL = frozenset({"zh-tw", "zh-hk", "zh-mo", "zh-hant"})


class Message(msgspec.Struct, frozen=True):
    """One message. `forms` are those for certain counts (CLDR: zero, one, two, few, many)."""

    other: str
    forms: dict[str, str]
    path: str  # the file it stands in
    language: str  # whose rules choose the form and write the numbers


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
            known.setdefault(key, _message(key, value, file.shown, name.stem))
    return catalogue


def parse_toml(file: LayerFile) -> dict[str, Any]:
    """Parse a TOML file of a theme. Raises ThemeError with line and column."""
    text = file.text()
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, line, column = locate_fault(error, text)
        raise ThemeError(
            f"not TOML: {message}",
            path=file.shown,
            line=line,
            column=column,
            hint="text values need quotation marks",
        ) from error


class _Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    other: str
    zero: str | None = None
    one: str | None = None
    two: str | None = None
    few: str | None = None
    many: str | None = None


def _message(key: str, value: object, path: str, language: str) -> Message:
    try:
        forms = _Forms(value) if isinstance(value, str) else msgspec.convert(value, _Forms)
    except msgspec.ValidationError as error:
        raise ThemeError(
            f"`{key}` is no message",
            path=path,
            hint='write it as text, or as {one = "…", other = "…"}',
        ) from error
    special = {name: text for name, text in msgspec.to_builtins(forms).items() if name != "other"}
    return Message(forms.other, special, path, language)


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
    """`t` of templates: looks a key up and fills its fields in.

    `formats` writes dates and numbers in the site's language. A message counts and writes its
    numbers in its own, which differs where the site's language lacks it.
    """

    def __init__(self, catalogue: Mapping[str, Mapping[str, Message]], language: str) -> None:
        self.language = language
        self.formats = Formats(language)
        self._formats = {language: self.formats}
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
        try:
            return self._fill(message, fields)
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            given = ", ".join(f"{{{name}}}" for name in sorted(fields)) or "none"
            raise ThemeError(
                f"the message `{key}` of {message.path} cannot be filled in: {error}",
                hint=f"the fields it is given: {given}",
            ) from error

    def _fill(self, message: Message, fields: Mapping[str, object]) -> str:
        formats = self._formats.get(message.language)
        if formats is None:
            formats = self._formats[message.language] = Formats(message.language)
        count = fields.get("count")
        text = message.other
        if message.forms and isinstance(count, int):
            text = message.forms.get(formats.plural(count), text)
        return text.format_map(
            {
                name: formats.number(value) if isinstance(value, int) else value
                for name, value in fields.items()
            }
        )
