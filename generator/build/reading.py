"""Files read in workers: the metadata of each, and the body of an article that is rendered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.build.captures import take_article
from generator.config import Config, ContentConfig, MarkdownConfig
from generator.model import diagnose
from generator.model.site import PlannedArticle
from generator.source.body import BodyRenderer, Source
from generator.source.discovery import SourceFile
from generator.source.reader import Reading, read_articles, read_body
from generator.state import pack_reading
from generator.text.digests import digest_bytes
from generator.text.html_document import is_html_name


class ScanTask(msgspec.Struct, frozen=True, gc=False):
    """A file to read. `digest` is that of its bytes when it was last read, b"" = not known."""

    file: SourceFile
    digest: bytes


class Found(msgspec.Struct, frozen=True, gc=False):
    """What reading a file gave. `digest` is b"" where it could not be read.

    `reading` is packed where that loses nothing; b"" = as it was when it was last read.
    """

    digest: bytes
    reading: bytes | Reading


def scan(root: Path, config: Config, tasks: Sequence[ScanTask]) -> list[Found]:
    """Read the metadata of files; one that cannot be read is quarantined."""
    zone = config.site.zone
    data = [_read_file(root, task.file.path) for task in tasks]
    digests = [digest_bytes(item) if isinstance(item, bytes) else b"" for item in data]
    taken = [
        (task.file, *take_article(task.file.path, item, config.content))
        for task, item, digest in zip(tasks, data, digests, strict=True)
        if isinstance(item, bytes) and digest != task.digest
    ]
    readings = read_articles([(file.path, file.root, item) for file, item, _ in taken], config)
    fresh = {
        reading.path: msgspec.structs.replace(reading, diagnostics=(*found, *reading.diagnostics))
        if found
        else reading
        for reading, (_, _, found) in zip(readings, taken, strict=True)
    }
    results = []
    for task, item, digest in zip(tasks, data, digests, strict=True):
        reading = fresh.get(task.file.path)
        if isinstance(item, str):
            finding = diagnose("file/unreadable", task.file.path, detail=item)
            results.append(Found(b"", Reading(task.file.path, None, (finding,))))
        elif reading is None:
            results.append(Found(digest, b""))
        else:
            packed = pack_reading(reading.article, reading.diagnostics, zone)
            results.append(Found(digest, packed or reading))
    return results


def _read_file(root: Path, path: str) -> bytes | str:
    """A file's bytes, or why it has none."""
    try:
        with open(f"{root}/{path}", "rb") as handle:  # noqa: PTH123 - once an article
            return handle.read()
    except OSError as error:
        return error.strerror or "it cannot be read"


def body_renderer(
    content: ContentConfig, markdown: MarkdownConfig, image_label: str
) -> BodyRenderer:
    """What renders bodies as a site's configuration wants them."""
    return BodyRenderer(
        trusted=content.html == "trusted",
        remote_images=content.remote_images,
        image_label=image_label,
        engine=markdown.engine,
    )


def article_source(planned: PlannedArticle, data: bytes, content: ContentConfig) -> Source:
    """What rendering an article's body takes. `data` is its file."""
    article, root = planned.article, planned.address.root
    resolve = {
        target: root + page.href + _fragment(target) for target, page in planned.links.items()
    }
    taken, _ = take_article(article.path, data, content)
    is_html = is_html_name(article.path)
    return Source(read_body(article, taken), is_html, resolve, root, article.is_sound)


def _fragment(target: str) -> str:
    """The part of a link behind the `#`, with it."""
    _, mark, fragment = target.partition("#")
    return mark + fragment
