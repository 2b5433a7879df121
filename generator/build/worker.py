"""What runs in workers: scanning and rendering chunks, articles and lists.

A worker gets small values and gives small values: bodies are read, rendered and staged where they
are, and only digests, summaries and diagnostics come back.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from generator.config import Config
from generator.errors import BackfileError
from generator.model import Diagnostic, diagnose
from generator.model.site import ListPage, PlannedArticle, Redirect, Summary
from generator.publish import Stage, Staged
from generator.render import Renderer, SiteFrame, Teaser, Theme
from generator.source.body import BodyRenderer
from generator.source.discovery import SourceFile
from generator.source.reader import Reading, read_article, read_body


class Shared(msgspec.Struct, frozen=True):
    """What every worker needs, written once to the stage."""

    root: Path
    output: Path
    build: str
    config: Config
    theme: Theme
    frame: SiteFrame


class Rendered(msgspec.Struct, frozen=True):
    """What comes back of one article: its staged page and summary, or None and the reason."""

    staged: Staged | None
    summary: Summary | None
    teaser: Teaser | None
    diagnostics: tuple[Diagnostic, ...] = ()


class ListTask(msgspec.Struct, frozen=True):
    """A list page with the teasers it shows."""

    page: ListPage
    teasers: tuple[Teaser, ...]


def scan(root: Path, config: Config, files: Sequence[SourceFile]) -> list[Reading]:
    """Read the metadata of files; one that cannot be read is quarantined."""
    readings = []
    for file in files:
        try:
            data = (root / file.path).read_bytes()
        except OSError as error:
            finding = diagnose("file/unreadable", file.path, detail=error.strerror or "")
            readings.append(Reading(file.path, None, (finding,)))
            continue
        readings.append(read_article(file.path, file.root, data, config))
    return readings


def write_shared(shared: Shared, folder: Path) -> Path:
    """Write the shared values where workers find them."""
    path = folder / "shared"
    path.write_bytes(pickle.dumps(shared, pickle.HIGHEST_PROTOCOL))
    return path


def render_articles(shared: Path, chunk: Sequence[PlannedArticle]) -> list[Rendered]:
    """Render and stage articles. Raises ThemeError and OutputError; a bad article costs itself."""
    worker = _open_worker(shared)
    return [worker.render_article(planned) for planned in chunk]


def render_lists(shared: Path, chunk: Sequence[ListTask | Redirect]) -> list[Staged]:
    """Render and stage list pages and redirects."""
    worker = _open_worker(shared)
    return [worker.render_page(task) for task in chunk]


@lru_cache(maxsize=1)
def _open_worker(shared: Path) -> _Worker:
    """The process's one worker; templates are compiled once a build."""
    # The file is ours, written a moment ago by the process that started this one.
    values: Shared = pickle.loads(shared.read_bytes())  # noqa: S301
    return _Worker(values)


def _fragment(target: str) -> str:
    """The part of a link behind the `#`, with it."""
    _, mark, fragment = target.partition("#")
    return mark + fragment


class _Worker:
    """One process's renderers."""

    def __init__(self, shared: Shared) -> None:
        content = shared.config.content
        self._root = str(shared.root)
        self._renderer = Renderer(shared.theme, shared.frame)
        self._bodies = BodyRenderer(
            trusted=content.html == "trusted",
            remote_images=content.remote_images,
            image_label=self._renderer.message("remote_image"),
        )
        self._stage = Stage(shared.output, shared.build, str(os.getpid()))

    def render_article(self, planned: PlannedArticle) -> Rendered:
        article = planned.article
        try:
            with open(f"{self._root}/{article.path}", "rb") as handle:  # noqa: PTH123 - once an article
                text = read_body(article, handle.read())
            root = planned.address.root
            body = self._bodies.render(
                text,
                is_html=article.path.endswith((".html", ".htm")),
                resolve={
                    target: root + page.href + _fragment(target)
                    for target, page in planned.links.items()
                },
                root=root,
            )
        except BackfileError:
            raise
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad article must not cost another
            reason = f"{type(error).__name__}: {error}"
            return Rendered(
                None, None, None, (diagnose("article/unrenderable", article.path, detail=reason),)
            )
        summary = body.summary
        html = self._renderer.render_article(planned, html=body.html, summary=summary)
        found = (diagnose("body/markdown-failed", article.path),) if body.has_failed else ()
        return Rendered(
            self._stage.put(planned.address.file, html),
            summary,
            self._renderer.make_teaser(planned, summary),
            found,
        )

    def render_page(self, task: ListTask | Redirect) -> Staged:
        if isinstance(task, Redirect):
            return self._stage.put(task.address.file, self._renderer.render_redirect(task))
        return self._stage.put(
            task.page.address.file, self._renderer.render_list(task.page, task.teasers)
        )
