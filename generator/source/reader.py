"""A file's bytes → an `Article` and diagnostics, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from generator.config import Config
from generator.model import Article, Diagnostic, diagnose
from generator.source.article import clean_body, make_article
from generator.source.block import Kind
from generator.source.front_matter import FrontMatter, read_front_matter
from generator.source.repair import Change
from generator.text.decode import Finding, decode

# A year of a daily paper is some 50 MB of text; no article comes near this.
MAX_BYTES = 64 * 1024 * 1024


class Reading(msgspec.Struct, frozen=True):
    """What reading one file gave. `article` is None where it is quarantined."""

    path: str
    article: Article | None
    diagnostics: tuple[Diagnostic, ...]


def read_articles(files: Sequence[tuple[str, str, bytes]], config: Config) -> list[Reading]:
    """Read files step by step. Never raises for bad input.

    Each comes with its path from the site's root, the content root it was found under, and its
    bytes. File by file, the steps throw one another out of the processor's caches.
    """
    decoded = [None if _refusal(data) else decode(data) for _, _, data in files]
    texts = [item.text if item and item.text.strip() else "" for item in decoded]
    matters = [read_front_matter(text) if text else None for text in texts]
    readings = []
    for (path, root, data), item, matter in zip(files, decoded, matters, strict=True):
        if item is None or matter is None:
            code = _refusal(data) or ("file/binary" if item is None else "file/empty")
            readings.append(Reading(path, None, (diagnose(code, path),)))
            continue
        article, diagnostics = make_article(
            path, root, item.text, matter, config, size=len(data), is_sound=item.is_sound
        )
        found = (
            *(_from_finding(path, finding) for finding in item.findings),
            *(_from_change(path, change) for change in matter.changes),
            *diagnostics,
        )
        readings.append(Reading(path, article, found))
    return readings


def read_body(article: Article, data: bytes) -> str:
    """The body of an article that was read before, as it is to be rendered."""
    if article.is_sound:
        try:
            return clean_body(article, data.decode("utf-8"))
        except UnicodeDecodeError:  # it has been written since
            pass
    decoded = decode(data)
    return clean_body(article, decoded.text) if decoded else ""


def fix_text(data: bytes) -> str | None:
    """The whole file with its front matter repaired, as UTF-8 text; None where nothing is repaired.

    Only what reading repairs is changed; the body is kept to the letter but for its encoding and
    control characters.
    """
    decoded = None if _refusal(data) else decode(data)
    if decoded is None:
        return None
    front_matter = read_front_matter(decoded.text)
    changes = [
        change for change in front_matter.changes if change.finding.code != "front-matter/missing"
    ]
    changes = [change for change in changes if change.finding.code not in _NOT_WRITTEN]
    if not changes and not decoded.findings:
        return None
    body = decoded.text[front_matter.body_start :]
    if front_matter.block is None:
        return decoded.text
    if front_matter.block.kind is Kind.YAML and changes:
        inner = _drop_repeats(front_matter) if _has_repeats(changes) else front_matter.inner
        return f"---\n{inner.rstrip()}\n---\n{body}"
    if front_matter.block.kind is Kind.TOML and changes:
        return f"+++\n{front_matter.inner.rstrip()}\n+++\n{body}"
    return decoded.text


# Findings that state a fact and repair nothing in the text.
_NOT_WRITTEN = frozenset(("front-matter/not-a-mapping",))


def _has_repeats(changes: list[Change]) -> bool:
    return any(change.finding.code == "front-matter/duplicate-key" for change in changes)


def _drop_repeats(front_matter: FrontMatter) -> str:
    """The block without the earlier lines of keys that are given again."""
    lines = front_matter.inner.split("\n")
    first = front_matter.block.line if front_matter.block else 1
    kept = []
    for number, line in enumerate(lines, first):
        name = line.partition(":")[0].strip().lower()
        field = front_matter.fields.get(name)
        if field and field.repeats and field.line != number and not line[:1].isspace():
            continue
        kept.append(line)
    return "\n".join(kept)


def _refusal(data: bytes) -> str:
    if not data.strip():
        return "file/empty"
    return "file/too-large" if len(data) > MAX_BYTES else ""


def _from_finding(path: str, finding: Finding) -> Diagnostic:
    return diagnose(finding.code, path, line=finding.line, detail=finding.detail)


def _from_change(path: str, change: Change) -> Diagnostic:
    finding = change.finding
    return diagnose(
        finding.code,
        path,
        line=finding.line,
        column=1 if finding.line else 0,
        detail=finding.detail,
        before=change.before,
        after=change.after,
    )
