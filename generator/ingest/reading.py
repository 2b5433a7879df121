"""What reading a capture gives, and the article written from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frontmatter
import msgspec
import yaml

from generator.ingest.dates import StatedDate
from generator.ingest.headline import Title
from generator.ingest.record import Cut, Field


class Finding(msgspec.Struct, frozen=True, gc=False):
    """The code of a diagnostic with its line (0 = whole file) and detail."""

    code: str
    line: int = 0
    detail: str = ""


class Reading(msgspec.Struct, frozen=True):
    """A capture read. `day` is `YYYY-MM-DD`, or "" where the capture states no date.

    `name` is the article's name where the capture states one, "" where its own name serves.
    """

    shape: str
    article: bytes
    name: str = ""
    day: str = ""
    fields: tuple[Field, ...] = ()
    cut: tuple[Cut, ...] = ()
    findings: tuple[Finding, ...] = ()


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What an article's front matter says. Empty values are left out of it."""

    title: str
    title_rule: str = ""  # only where the title is not a headline of the capture
    date: StatedDate | None = None
    source: str = ""
    authors: tuple[str, ...] = ()
    source_url: str = ""
    language: str = ""
    address: str = ""  # where it lived: a path, or a whole address of the old site
    captured: str = ""  # the moment a server sent it
    updated: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    status: str = ""


# Rules by which a title is a headline that somebody wrote, not one we made.
_HEADLINE_RULES = frozenset(("headline", "announced", "h1", "og:title", "title-element"))


def make_facts(title: Title, fields: Sequence[Field], date: StatedDate | None) -> Facts:
    """Front matter from fields. The first source and address stated hold; all authors do."""
    sources = [field.value for field in fields if field.name == "source"]
    addresses = [field.value for field in fields if field.name == "address"]
    authors = dict.fromkeys(field.value for field in fields if field.name == "author")
    return Facts(
        title=title.text,
        title_rule="" if title.rule in _HEADLINE_RULES else title.rule,
        date=date,
        source=sources[0] if sources else "",
        authors=tuple(authors),
        source_url=addresses[0] if addresses else "",
    )


def make_findings(title: Title, cuts: Sequence[Cut]) -> list[Finding]:
    """What the person should know: a title we made, text that was cut."""
    findings = []
    if title.rule not in _HEADLINE_RULES:
        findings.append(
            Finding("import/title-from-lead", title.line, f"{title.rule}: {title.text}")
        )
    if cuts:
        rules = ", ".join(dict.fromkeys(cut.rule for cut in cuts))
        findings.append(
            Finding("import/boilerplate-cut", cuts[0].line, f"{len(cuts)} blocks ({rules})")
        )
    return findings


def write_article(facts: Facts, body: str) -> bytes:
    """An article's file: YAML front matter in a fixed order, then the body, in UTF-8."""
    metadata: dict[str, Any] = {
        "layout": "post",
        "title": _Quoted(facts.title),
        "title_rule": facts.title_rule,
        "date": facts.date.value if facts.date else "",
        "source": _Quoted(facts.source),
        "authors": [_Quoted(author) for author in facts.authors],
        "source_url": _Quoted(facts.source_url),
        "lang": facts.language,
        "url": _Quoted(facts.address),
        "captured": _Quoted(facts.captured),
        "updated": facts.updated,
        "categories": [_Quoted(name) for name in facts.categories],
        "tags": [_Quoted(name) for name in facts.tags],
        "description": _Quoted(facts.description),
        "status": facts.status,
    }
    post = frontmatter.Post(body, **{key: value for key, value in metadata.items() if value})
    # No line of a value is wrapped: a diff of two versions shows what changed.
    text = frontmatter.dumps(post, Dumper=_Dumper, sort_keys=False, width=float("inf"))
    return f"{text}\n".encode()


class _Quoted(str):
    """Text that is written between quotation marks, whatever it holds."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """YAML as people write it in front matter."""


def _represent_quoted(dumper: yaml.SafeDumper, value: _Quoted) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')


_Dumper.add_representer(_Quoted, _represent_quoted)
