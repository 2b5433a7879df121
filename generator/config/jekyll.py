"""What a Jekyll `_config.yml` says of a site, as the tables of `backfile.toml`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.config.jekyll_content import posts_permalink, read_collections, read_defaults
from generator.errors import ConfigError
from generator.text.patterns import late

# Jekyll publishes every folder it does not know; these are what they are called.
_FILES = ("images", "img", "uploads", "files", "media", "downloads")

# Jekyll's own words (https://jekyllrb.com/docs/permalinks/) are ours too; what it leaves out at
# the end of a pattern is a file name.
_LANGUAGE = late(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_STYLES = ("date", "pretty", "ordinal", "weekdate", "none")


def read_jekyll_config(text: str, name: str) -> dict[str, Any]:
    """Tables of backfile.toml for title, url, baseurl, lang, timezone, permalink, author, exclude,
    collections and defaults.

    Everything else in the file is Jekyll's own business. Raises ConfigError where the YAML is
    broken.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ConfigError(
            f"not YAML: {error.problem}",
            path=name,
            line=mark.line + 1 if mark else 0,
            column=mark.column + 1 if mark else 0,
            hint="mend it, or write a backfile.toml, which takes precedence",
        ) from error
    if not isinstance(data, dict):
        return {}
    site = _read_texts(data)
    author = data.get("author")
    if isinstance(author, dict):
        author = author.get("name")
    if author:
        site["author"] = str(author)
    content: dict[str, Any] = {}
    url = str(data.get("url") or "").rstrip("/")
    if urlsplit(url).scheme in ("http", "https"):
        folder = data.get("baseurl") or data.get("root")  # Hexo's
        site["base_url"] = url + "/" + str(folder or "").strip("/")
        site["base_url"] = site["base_url"].rstrip("/")
        content["hosts"] = [urlsplit(url).hostname]
    exclude = data.get("exclude")
    if isinstance(exclude, list):
        content["exclude"] = [str(pattern) for pattern in exclude]
    content["copy"] = list(_FILES)
    tables: dict[str, Any] = {"site": site, "content": content}
    permalink = posts_permalink(data) or str(data.get("permalink") or "")
    if ":" in permalink and not permalink.startswith("/"):  # Hexo's
        permalink = f"/{permalink}"
    content["collections"] = read_collections(data, str(data.get("permalink") or ""))
    content["defaults"] = read_defaults(data)
    if permalink in _STYLES or permalink.startswith("/"):
        tables["permalinks"] = {"article": permalink}
    return tables


def _read_texts(data: dict[str, Any]) -> dict[str, Any]:
    """The keys of `[site]` that are called so, or nearly so."""
    site: dict[str, Any] = {}
    for ours, theirs in (
        ("title", ("title", "name")),
        ("description", ("description",)),
        ("language", ("lang", "locale", "language")),
        ("timezone", ("timezone",)),
    ):
        value = next((data[key] for key in theirs if data.get(key)), None)
        if isinstance(value, list):  # Hexo's languages
            value = next(iter(value), None)
        text = "" if value is None else str(value).strip()
        # What Jekyll made nothing of need not stop us.
        if ours == "language":
            text = text.replace("_", "-") if _LANGUAGE.fullmatch(text) else ""
        if text:
            site[ours] = text
    return site
