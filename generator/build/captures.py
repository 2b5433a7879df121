"""Whole HTML documents among the articles: captured pages, read as an import reads them.

The page around an article (navigation, related links, footers) is no part of it. What an import
would write is what a build reads, and the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.config import ContentConfig
from generator.model import Diagnostic, diagnose
from generator.text.html_document import is_html_name
from generator.text.patterns import late

if TYPE_CHECKING:
    from generator.ingest.reading import Finding

# Bytes at the head of a file within which a document shows itself, comments of programs included.
_HEAD = 4096
_DOCUMENT = late(rb"<(?:!doctype\s+html|html|head)[\s>]", re.IGNORECASE)
# What of a reading's findings says something of the article; `import/` ones say it of an import.
_TITLE_CODE = "import/title-from-lead"


def take_article(
    path: str, data: bytes, content: ContentConfig
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The bytes that are read as the article of a file, and what was found on the way.

    They are the file's own but for a captured page. Never raises for bad input.
    """
    if not is_html_name(path) or content.pages == "whole" or content.html == "trusted":
        return data, ()
    head = data[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<" or not _DOCUMENT.search(head):
        return data, ()
    # It takes 30 ms to load, and most archives hold no captured pages.
    from generator.ingest.capture import read_capture  # noqa: PLC0415

    read = read_capture(data, path)
    if read.reading is None or read.reading.shape != "html":
        return data, ()
    return read.reading.article, tuple(_diagnose(path, read.reading.cut, read.findings))


def _diagnose(
    path: str, cut: Iterable[object], findings: Iterable[Finding]
) -> Iterable[Diagnostic]:
    blocks = len(list(cut))
    yield diagnose("body/captured-page", path, detail=f"{blocks} blocks around it")
    for finding in findings:
        if finding.code == _TITLE_CODE:
            yield diagnose("title/missing", path, detail=f"by {finding.detail}")
        elif not finding.code.startswith("import/"):
            yield diagnose(finding.code, path, line=finding.line, detail=finding.detail)
