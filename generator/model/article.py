"""An article as the scan knows it: everything but its body."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec


class Fate(StrEnum):
    """What became of an input; every input has exactly one."""

    PUBLISHED = "published"
    DUPLICATE = "duplicate"
    DRAFT = "draft"
    FUTURE = "future"
    EXPIRED = "expired"
    QUARANTINED = "quarantined"


class Article(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Metadata of one source file.

    Dates are in the site's zone. `links` are the raw targets in the body that may point into
    the old site; the plan answers them. `body_digest` is a hash of the body without white space.
    """

    path: str  # relative to the site's root, with "/"
    name: str  # the slug from the file's name, date taken off, as Jekyll does
    title: str
    date: datetime | None = None
    has_time: bool = False  # False: only the day is known
    updated: datetime | None = None
    expires: datetime | None = None
    categories: tuple[str, ...] = ()
    category_path: tuple[str, ...] = ()  # the segments they give in a URL, as Jekyll splits them
    category_title: str = ""  # what the article says its category is called (finews: its tag)
    tags: tuple[str, ...] = ()
    source: str = ""  # the publisher the text came from
    source_url: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    language: str = ""
    slug: str = ""  # stated slug
    permalink: str = ""  # stated address
    aliases: tuple[str, ...] = ()
    is_draft: bool = False
    is_searchable: bool = True
    adapter: str = ""  # the archive's habits it follows, "" = none
    links: tuple[str, ...] = ()
    body_start: int = 0  # where the body starts in the decoded text, in characters
    body_digest: str = ""
    size: int = 0  # bytes of the file: chunks are balanced by it
    is_sound: bool = False  # the file is UTF-8 with nothing in it to mend: it is read faster again
    extra: dict[str, Any] = {}  # other front matter, for themes
