"""Where an article lives: its stated address, or the site's pattern as Jekyll fills it.

Source of styles and tokens: Jekyll 4's documentation of permalinks and `Drops::UrlDrop`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from generator.config import Config
from generator.model import Article
from generator.text.patterns import late
from generator.text.slug import shorten, slugify_name, slugify_title

STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
UNDATED = "/undated/:title.html"
_TOKEN = late(r":([a-z_]+)")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATE_TOKENS: dict[str, Callable[[datetime], str]] = {
    "year": lambda date: f"{date.year:04d}",
    "short_year": lambda date: f"{date.year % 100:02d}",
    "month": lambda date: f"{date.month:02d}",
    "i_month": lambda date: str(date.month),
    "day": lambda date: f"{date.day:02d}",
    "i_day": lambda date: str(date.day),
    "y_day": lambda date: f"{date.timetuple().tm_yday:03d}",
    "week": lambda date: f"{date.isocalendar().week:02d}",
    "w_year": lambda date: str(date.isocalendar().year),
    "w_day": lambda date: str(date.isocalendar().weekday),
    "short_day": lambda date: _WEEKDAYS[date.weekday()],
    "hour": lambda date: f"{date.hour:02d}",
    "minute": lambda date: f"{date.minute:02d}",
    "second": lambda date: f"{date.second:02d}",
}
# A path that ends in one of these is a file; any other is a folder with an index page.
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")
_UNSAFE = late(r"[\x00-\x1f\x7f\\]")


def article_pattern(config: Config) -> str:
    """The site's pattern: a style by name, or what the configuration states."""
    stated = config.permalinks.article
    return STYLES.get(stated, stated)


def article_file(article: Article, pattern: str, hosts: frozenset[str]) -> tuple[str, bool]:
    """The output file of an article, and whether its stated address could be used (or none was)."""
    if article.permalink:
        stated = stated_path(article.permalink, hosts)
        if stated is not None:
            filled = _by_pattern(article, stated) if ":" in stated else stated
            file = path_to_file(filled)
            if file:
                return file, True
        elif urlsplit(article.permalink).scheme:
            # `url:` of another host says where the text came from, not where it shall go.
            return path_to_file(_by_pattern(article, pattern)), True
        return path_to_file(_by_pattern(article, pattern)), False
    return path_to_file(_by_pattern(article, pattern)), True


def _by_pattern(article: Article, pattern: str) -> str:
    if article.date is None and not _DATE_TOKENS.keys().isdisjoint(_TOKEN.findall(pattern)):
        pattern = UNDATED
    return fill(pattern, article)


def fill(pattern: str, article: Article) -> str:
    """Replace the tokens of a pattern by what the article gives; unknown ones stay."""
    return "".join([part if isinstance(part, str) else part(article) for part in _cut(pattern)])


@lru_cache(maxsize=64)
def _cut(pattern: str) -> tuple[str | Callable[[Article], str], ...]:
    """A pattern as texts and what fills its tokens; a site has one, and fills it for every article."""
    parts: list[str | Callable[[Article], str]] = []
    end = 0
    for token in _TOKEN.finditer(pattern):
        parts += (pattern[end : token.start()], _filler(token[1], token[0]))
        end = token.end()
    return (*parts, pattern[end:])


def _filler(name: str, token: str) -> Callable[[Article], str]:
    if name in ("title", "slug"):
        return _slug
    if name in ("categories", "slugified_categories", "category"):
        return _categories
    if name == "output_ext":
        return lambda _: ".html"
    form = _DATE_TOKENS.get(name)
    if form:
        return lambda article: form(article.date) if article.date else token
    # Hexo's `:abbrlink` and its like: what the article itself says.
    return lambda article: slugify_title(str(article.extra.get(name, token))) or token


def _slug(article: Article) -> str:
    slug = slugify_title(article.slug or article.name)
    if not slug.strip("-._"):
        slug = blake2b(article.path.encode(), digest_size=4).hexdigest()
    return shorten(slug)


def _categories(article: Article) -> str:
    return _folders(article.category_path)


@lru_cache(maxsize=1024)
def _folders(path: tuple[str, ...]) -> str:
    """A category path as folders; an archive has few, and many articles in each."""
    names = [slugify_name(part.lower()) for part in path]
    return "/".join([shorten(name) for name in names if name])


def stated_path(text: str, hosts: frozenset[str]) -> str | None:
    """The path of a stated address; None where it leads to another host or cannot be a path."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if (parts.scheme or parts.netloc) and parts.hostname not in hosts:
        return None
    if parts.query and not parts.path:
        return None
    path = unquote(parts.path)
    if _UNSAFE.search(path) or ".." in path.split("/"):
        return None
    return path or None


def path_to_file(path: str) -> str:
    """The output file of a URL path, relative to the output folder: `/a/` → `a/index.html`."""
    segments = [shorten(part) for part in path.split("/") if part not in ("", ".")]
    if not segments:
        return "" if path.strip("/.") else "index.html"
    last = segments[-1]
    if not path.endswith("/") and last.lower().endswith(_PAGE_ENDINGS):
        return "/".join(segments)
    return "/".join((*segments, "index.html"))
