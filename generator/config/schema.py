"""The configuration as values. Every default stands here and nowhere else.

`docs/configuration.md` explains each key; a test holds the two together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal
from unicodedata import normalize
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from generator.text.address import quote_path


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of backfile.toml."""


class SiteConfig(Section, frozen=True):
    """`[site]`: what the archive is called and where it will live."""

    title: str = "Archive"
    description: str = ""
    base_url: str = ""  # "https://host" or "https://host/folder"; "" = not known
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"  # holds for dates that state no zone
    author: str = ""
    image: str = ""  # a published file that stands for the archive in previews of links

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which articles have their day."""
        return ZoneInfo(self.timezone)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host of `base_url`: links to it are links to this site."""
        host = urlsplit(self.base_url).hostname
        return (host,) if host else ()

    @property
    def base_path(self) -> str:
        """The folder part of `base_url`, encoded, with slashes on both ends: `/` or `/folder/`."""
        return quote_path(self.base_folder)

    @property
    def base_folder(self) -> str:
        """The same, decoded: what paths of requests and links are compared with."""
        path = normalize("NFC", unquote(urlsplit(self.base_url).path)).strip("/")
        return f"/{path}/" if path else "/"


class DefaultsConfig(Section, frozen=True):
    """One of `[[content.defaults]]`: front matter of files that state none of it themselves."""

    path: str = ""  # the folder it holds for, or a pattern; "" = everywhere
    type: str = ""  # posts, drafts, pages or a collection; "" = all
    values: dict[str, Any] = {}


class ContentConfig(Section, frozen=True):
    """`[content]`: which files are articles and how their bodies are treated."""

    roots: tuple[str, ...] = ()  # () = content/, and _posts/ and old_post/ of a Jekyll site
    include: tuple[str, ...] = (
        "*.md", "*.mdx", "*.markdown", "*.html", "*.htm", "*.shtml", "*.xhtml", "*.html[?]*", "*.txt",
    )  # fmt: skip
    exclude: tuple[str, ...] = ()
    collections: dict[str, str] = {}  # folders read beside `_posts`, and the addresses in them
    defaults: tuple[DefaultsConfig, ...] = ()
    static: tuple[str, ...] = ("static",)  # folders whose files are published at the top
    copy: tuple[str, ...] = ()  # folders that are published as they stand, name and all
    adapter: Literal["auto", "finews", "none"] = "auto"
    html: Literal["sanitise", "trusted"] = "sanitise"
    pages: Literal["article", "whole"] = "article"  # what is shown of a whole HTML document
    remote_images: Literal["link", "keep"] = "link"
    hosts: tuple[str, ...] = ()  # host names of the old site


class MarkdownConfig(Section, frozen=True):
    """`[markdown]`: by whose rules Markdown is read."""

    engine: Literal["python-markdown", "commonmark"] = "python-markdown"


class PermalinksConfig(Section, frozen=True):
    """`[permalinks]`: the addresses of pages. Articles take a Jekyll style or a pattern."""

    article: str = "date"  # date, pretty, ordinal, weekdate, none, or a pattern with :tokens
    category: str = "/category/:slug.html"
    tag: str = "/tag/:slug.html"
    source: str = "/source/:slug.html"


class ListsConfig(Section, frozen=True):
    """`[lists]`: pagination."""

    per_page: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 20


class PagesConfig(Section, frozen=True):
    """`[pages]`: which list pages exist, and what an article's page names."""

    categories: bool = True
    tags: bool = True
    sources: bool = True
    dates: bool = True
    related: Annotated[int, msgspec.Meta(ge=0, le=12)] = 4  # 0 = none


FeedFormat = Literal["rss", "atom", "json"]


class FeedsConfig(Section, frozen=True):
    """`[feeds]`: formats for the site and for each category, and how many articles each holds."""

    formats: tuple[FeedFormat, ...] = ("rss", "atom", "json")
    category_formats: tuple[FeedFormat, ...] = ("atom",)
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 20


class SearchConfig(Section, frozen=True):
    """`[search]`: the index that browsers search in. Boosts are Lunr's."""

    enabled: bool = True
    title_boost: Annotated[float, msgspec.Meta(gt=0, le=100)] = 5.0
    body_boost: Annotated[float, msgspec.Meta(gt=0, le=100)] = 1.0
    shard_size: Annotated[int, msgspec.Meta(ge=1024, le=1 << 20)] = 4096  # bytes
    file_budget: Annotated[int, msgspec.Meta(ge=100, le=1_000_000)] = 4000
    lunr_json: bool = True  # a standard Lunr index too, for archives of up to 500 articles


class CardsConfig(Section, frozen=True):
    """`[cards]`: pictures for previews of links, made of the headlines of articles without one."""

    make: Literal["auto", "always", "never"] = "auto"  # auto: for up to 1,000 articles
    format: Literal["svg", "png"] = "svg"
    font: str = ""  # the file PNG is set with; "" = one of the system's


class ThemeConfig(Section, frozen=True):
    """`[theme]`: the look."""

    name: str = "default"


class OutputConfig(Section, frozen=True):
    """`[output]`: where the site is written."""

    folder: str = "output"


class Config(Section, frozen=True):
    """A whole configuration. `params` is handed to templates as it is."""

    site: SiteConfig = SiteConfig()
    content: ContentConfig = ContentConfig()
    markdown: MarkdownConfig = MarkdownConfig()
    permalinks: PermalinksConfig = PermalinksConfig()
    lists: ListsConfig = ListsConfig()
    pages: PagesConfig = PagesConfig()
    feeds: FeedsConfig = FeedsConfig()
    search: SearchConfig = SearchConfig()
    cards: CardsConfig = CardsConfig()
    theme: ThemeConfig = ThemeConfig()
    output: OutputConfig = OutputConfig()
    params: dict[str, Any] = {}
