"""Bodies of articles, rendered when a page asks for them, and what lists show of them."""

from __future__ import annotations

import threading
from pathlib import Path

from generator.build.reading import article_source, body_renderer
from generator.config import Config
from generator.errors import SourceError
from generator.model import Diagnostic, diagnose
from generator.model.site import PlannedArticle, Summary
from generator.source.body import Body, BodyRenderer, Source
from generator.text.digests import digest_bytes


class OutdatedError(Exception):
    """A file is not as it was read: it was saved since, and the preview has yet to hear of it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Bodies:
    """Renders bodies one at a time. `digest` gives that of a file as it was read."""

    def __init__(self, root: Path, config: Config, image_label: str) -> None:
        self._root = root
        self._content, self._markdown = config.content, config.markdown
        self._image_label = image_label
        self._renderer: BodyRenderer | None = None  # it takes a while to make
        self._turn = threading.Lock()
        self._summaries: dict[str, tuple[object, Summary]] = {}

    def fits(self, root: Path, config: Config, image_label: str) -> bool:
        """Whether bodies rendered under these settings would be the same."""
        wanted = (root, config.content, config.markdown, image_label)
        return wanted == (self._root, self._content, self._markdown, self._image_label)

    def render(self, planned: PlannedArticle, digest: bytes) -> tuple[Body, list[Diagnostic]]:
        """A body, and what is wrong with it.

        Raises OutdatedError where the file has not `digest` (b"" = do not ask) or is gone, and
        SourceError where the body cannot be rendered.
        """
        article = planned.article
        try:
            data = (self._root / article.path).read_bytes()
        except OSError as error:
            raise OutdatedError(article.path) from error
        if digest and digest_bytes(data) != digest:
            raise OutdatedError(article.path)
        source = article_source(planned, data, self._content)
        with self._turn:
            body = self._convert(source, article.path)
        findings = [diagnose("body/markdown-failed", article.path)] if body.has_failed else []
        self._summaries[article.path] = (_mark(planned, digest), body.summary)
        return body, findings

    def summarise(self, planned: PlannedArticle, digest: bytes) -> Summary:
        """What lists show of an article's body. Raises as `render`."""
        known = self._summaries.get(planned.article.path)
        if known and digest and known[0] == _mark(planned, digest):
            return known[1]
        return self.render(planned, digest)[0].summary

    def _convert(self, source: Source, path: str) -> Body:
        renderer = self._renderer = self._renderer or body_renderer(
            self._content, self._markdown, self._image_label
        )
        try:
            return renderer.render_many([source])[0]
        except MemoryError:
            raise
        except Exception as error:
            finding = diagnose(
                "article/unrenderable", path, detail=f"{type(error).__name__}: {error}"
            )
            raise SourceError(
                finding.message, path=path, hint=finding.hint, code=finding.code
            ) from error


def _mark(planned: PlannedArticle, digest: bytes) -> object:
    """What a summary depends on."""
    return digest, planned.address.file, planned.links, planned.article.body_start
