"""Reading `backfile.toml`, or `_config.yml` where a Jekyll site stands as it is."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from generator.config.schema import Config
from generator.errors import ConfigError
from generator.text.toml_fault import locate_fault

CONFIG_FILE = "backfile.toml"
JEKYLL_FILE = "_config.yml"


def load_config(root: Path, *, base_url: str | None = None) -> Config:
    """Read the configuration of the site in `root`; defaults where there is none.

    `base_url` overrides the file's. Raises ConfigError with file, line and the nearest known key.
    """
    path = root / CONFIG_FILE
    text = _read(path)
    if text is not None:
        data, name = _parse_toml(text), CONFIG_FILE
    else:
        name = JEKYLL_FILE
        jekyll = _read(root / JEKYLL_FILE)
        data = {} if jekyll is None else _parse_jekyll(jekyll)
        text = ""
    if base_url is not None:
        data = {**data, "site": {**data.get("site", {}), "base_url": base_url}}
    _refuse_unknown_keys(data, Config, name, text)
    try:
        config = msgspec.convert(data, Config)
    except msgspec.ValidationError as error:
        raise _invalid(error, name, text) from error
    _check_values(config, name, text)
    return config


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the configuration cannot be read: {error}",
            path=path.name,
            hint="save it as UTF-8 text",
        ) from error


def _parse_jekyll(text: str) -> dict[str, Any]:
    # YAML takes 30 ms to load, and a site of ours has none.
    from generator.config.jekyll import read_jekyll_config  # noqa: PLC0415

    return read_jekyll_config(text, JEKYLL_FILE)


def _parse_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, line, column = locate_fault(error, text)
        raise ConfigError(
            f"not TOML: {message}",
            path=CONFIG_FILE,
            line=line,
            column=column,
            hint="text values need quotation marks",
        ) from error


def _refuse_unknown_keys(
    data: Mapping[str, Any], kind: type[msgspec.Struct], name: str, text: str, prefix: str = ""
) -> None:
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in data.items():
        if key not in fields:
            near = difflib.get_close_matches(key, fields, n=1)
            hint = (
                f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(sorted(fields))}"
            )
            raise ConfigError(
                f"unknown key `{prefix}{key}`",
                path=name,
                line=_line_of(text, f"{prefix}{key}"),
                hint=hint,
            )
        inner = fields[key]
        if (
            isinstance(inner, type)
            and issubclass(inner, msgspec.Struct)
            and isinstance(value, dict)
        ):
            _refuse_unknown_keys(value, inner, name, text, f"{prefix}{key}.")


def _invalid(error: msgspec.ValidationError, name: str, text: str) -> ConfigError:
    message, _, place = str(error).partition(" - at `$.")
    key = re.sub(r"\[.*?\]", "", place.rstrip("`"))
    return ConfigError(
        f"`{key}`: {message[:1].lower()}{message[1:]}",
        path=name,
        line=_line_of(text, key),
        hint="see docs/configuration.md",
    )


def _check_values(config: Config, name: str, text: str) -> None:
    """What types cannot say: zones and packages that exist, addresses that are addresses, and so on."""
    site = config.site
    try:
        ZoneInfo(site.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"`site.timezone`: there is no time zone `{site.timezone}`",
            path=name,
            line=_line_of(text, "site.timezone"),
            hint="use a name of the IANA list, such as Asia/Shanghai or UTC",
        ) from error
    parts = urlsplit(site.base_url)
    if site.base_url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise ConfigError(
            f"`site.base_url`: `{site.base_url}` is no web address",
            path=name,
            line=_line_of(text, "site.base_url"),
            hint="write it as https://example.org or https://example.org/folder",
        )
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", site.language):
        raise ConfigError(
            f"`site.language`: `{site.language}` is no language tag",
            path=name,
            line=_line_of(text, "site.language"),
            hint="use a BCP 47 tag such as zh-CN, zh-TW or en",
        )
    for key, value, wish, package, extra in (
        ("markdown.engine", config.markdown.engine, "commonmark", "comrak", "commonmark"),
        ("cards.format", config.cards.format, "png", "resvg_py", "cards"),
    ):
        if value == wish and find_spec(package) is None:
            raise ConfigError(
                f"`{key}`: the package for `{wish}` is not installed",
                path=name,
                line=_line_of(text, key),
                hint=f'install it with `pip install "backfile[{extra}]"`',
            )
    for key in ("category", "tag", "source"):
        if ":slug" not in getattr(config.permalinks, key):
            raise ConfigError(
                f"`permalinks.{key}` holds no `:slug`, so all pages would share one address",
                path=name,
                line=_line_of(text, f"permalinks.{key}"),
                hint=f'write it as "/{key}/:slug.html"',
            )


def _line_of(text: str, dotted: str) -> int:
    """The line that sets `table.key`, 0 where it is not found. Good enough to point a person there."""
    table, _, key = dotted.rpartition(".")
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[+\s*([\w.\-\"]+)\s*\]+", line)
        if head:
            current = head[1].strip('"')
            if current == dotted:
                return number
        elif current == table and re.match(rf"\s*\"?{re.escape(key)}\"?\s*[.=]", line):
            return number
    return 0
