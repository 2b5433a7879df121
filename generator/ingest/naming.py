"""Names: what an imported article's file is called. An article's address hangs on it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.text.address import split_address
from generator.text.patterns import late
from generator.text.slug import shorten, slugify_name

# The counter a crawler puts before its own stable id: `002_65edc8913c4f96a9.txt`.
_COUNTER = late(r"\A\d{1,6}_(?=.)")
_SUFFIX = late(r"\.(?:txt|mdx?|markdown|x?html?|shtml?)$", re.IGNORECASE)
_PROGRAM = late(r"\.(?:php|aspx?|jsp|do|cgi|phtml)$", re.IGNORECASE)
_DATED = late(r"(\d{4}-\d{2}-\d{2})[-_ ]+(?=.)")
DATED_FOLDER, UNDATED_FOLDER = "posts", "undated"


def capture_id(capture: str) -> str:
    """The stable part of a capture's name: folder, counter and endings taken off.

    It does not hang on the capture's text, so the address stays when the reading rules improve.
    """
    *folders, name = PurePosixPath(capture).parts
    name = _without_endings(name)
    # Mirrors of sites keep a page as `headline/index.html`.
    if name.lower() in ("index", "default") and folders:
        name = folders[-1]
    name = slugify_name(_COUNTER.sub("", name, count=1).lstrip("."))
    return shorten(name, 180) or "capture"


def page_id(address: str) -> str:
    """What the page at a web address is called: by its path, and by its query where it has one."""
    parts = split_address(address)
    path = PurePosixPath("/", unquote(parts.path))
    name = capture_id(str(path.with_suffix("") if _PROGRAM.search(path.name) else path))
    query = re.sub(r"\W+", "-", unquote(parts.query)).strip("-")
    if path.name == "":
        name = parts.hostname or name
    return shorten(f"{name}-{query}" if query else name, 180)


def _without_endings(name: str) -> str:
    while (shorter := _SUFFIX.sub("", name)) not in ("", name):
        name = shorter
    return name


def article_file(name: str, day: str) -> str:
    """The article's path in the content folder, with `/`.

    `day` is `YYYY-MM-DD` or "" where no date is stated. A name that begins with a date, as a
    Jekyll post's does, states one.
    """
    dated = _DATED.match(name)
    if dated:
        name = name[dated.end() :]
        day = day or dated[1]
    name = name.lstrip("-") or "capture"
    return f"{DATED_FOLDER}/{day}-{name}.md" if day else f"{UNDATED_FOLDER}/{name}.md"


def numbered(file: str, number: int) -> str:
    """The path of the `number`th article that wants the name `file`: `a.md`, `a-2.md`, …"""
    return file if number == 1 else f"{file.removesuffix('.md')}-{number}.md"


def record_file(file: str) -> str:
    """Where the record of an import stands, beside the articles but out of a build's sight."""
    return f"{RECORD_FOLDER}/{file.removesuffix('.md')}.json"


# A build passes over folders that begin with a dot.
RECORD_FOLDER = ".import"
