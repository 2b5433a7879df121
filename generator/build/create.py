"""Starting sites, articles and themes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import frontmatter

from generator.build.place import theme_folders
from generator.config import CONFIG_FILE, load_config
from generator.errors import UsageError
from generator.text.slug import shorten, slugify_title

_CONFIG = """\
# docs/configuration.md explains every key.
[site]
title = {title}
language = "zh-CN"
timezone = "Asia/Shanghai"
# The address the site will have; feeds and sitemaps need it.
# base_url = "https://example.org"
"""
_WELCOME = """\
这是一篇示例文章。把旧文章放进 `content/`，再运行 `backfile build`，它们就会回到网上。

This is a first article. Put old articles into `content/` and run `backfile build`.
"""


_THEME = """\
# docs/themes.md explains every key. What this theme lacks it takes from the default one.
name = {name}
extends = "default"

# Defaults of `site.params`, which a site may change under [params] in backfile.toml.
[params]
accent = "indigo"  # cinnabar, indigo, pine or ink
"""
_THEME_SHEET = """\
@import "default/style.css";

/* The colours of the default theme are variables: --paper, --ink, --grey, --rule, --accent. */
:root {
  --edge: 1.5rem;
}
"""


def create_site(folder: Path, title: str, moment: datetime) -> list[Path]:
    """Make a configuration, a first article and a .gitignore; the files that were made.

    Raises UsageError where there is a site already.
    """
    config = folder / CONFIG_FILE
    if config.exists():
        raise UsageError(
            "there is a site here already", path=str(config), hint="choose another folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    config.write_text(_CONFIG.format(title=_toml_string(title)), "utf-8")
    ignore = folder / ".gitignore"
    made = [config]
    if not ignore.exists():
        ignore.write_text("output/\n.backfile/\n", "utf-8")
        made.append(ignore)
    post = frontmatter.Post(_WELCOME, title="第一篇", date=_date(moment, folder), categories="news")
    made.append(_write_article(folder, "welcome", moment, post))
    return made


def create_article(folder: Path, title: str, category: str, moment: datetime) -> Path:
    """Make an article as a draft. Raises UsageError where its file exists already."""
    if not folder.is_dir():
        raise UsageError(
            "there is no such folder", path=str(folder), hint="make a site with `backfile init`"
        )
    post = frontmatter.Post("", title=title, date=_date(moment, folder), draft=True)
    if category:
        post["categories"] = category
    slug = shorten(slugify_title(title)) or "article"
    return _write_article(folder, slug, moment, post)


def create_theme(folder: Path, name: str) -> list[Path]:
    """Make a theme that extends the default one; the files that were made.

    Raises UsageError for a name that cannot be a folder's or is a shipped theme's, and where there
    is such a theme already.
    """
    if not folder.is_dir():
        raise UsageError(
            "there is no such folder", path=str(folder), hint="make a site with `backfile init`"
        )
    if name != name.strip() or name.startswith(".") or not name or set(name) & set('/\\:*?"<>|'):
        raise UsageError(f"`{name}` cannot be a theme's name", hint="letters and hyphens will do")
    home = folder / "themes" / name
    if home.exists() or any((shipped / name).is_dir() for shipped in theme_folders()):
        raise UsageError(
            f"there is a theme `{name}` already", path=str(home), hint="choose another name"
        )
    files = {"theme.toml": _THEME.format(name=_toml_string(name)), "assets/style.css": _THEME_SHEET}
    made = []
    for file, text in files.items():
        path = home / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        made.append(path)
    return made


def _write_article(folder: Path, slug: str, moment: datetime, post: frontmatter.Post) -> Path:
    day = moment.astimezone(load_config(folder).site.zone).date()
    path = folder / "content" / "posts" / f"{day.isoformat()}-{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = frontmatter.dumps(post, sort_keys=False, allow_unicode=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(f"{text}\n")
    except FileExistsError as error:
        raise UsageError(
            "there is such an article already", path=str(path), hint="choose another title"
        ) from error
    return path


def _date(moment: datetime, folder: Path) -> str:
    """A date as Jekyll writes it, in the site's zone."""
    return moment.astimezone(load_config(folder).site.zone).strftime("%Y-%m-%d %H:%M:%S %z")


def _toml_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
