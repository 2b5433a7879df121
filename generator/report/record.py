"""`.backfile/report.json`: every input's path, fate, address and diagnostics."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

from generator.model import Diagnostic, Fate
from generator.report.account import BuildReport


class _Entry(msgspec.Struct, frozen=True, gc=False):
    """One input. Half a hundred thousand of them are no work for the garbage collector."""

    path: str
    fate: Fate
    url: str
    reason: str | msgspec.UnsetType
    diagnostics: list[Diagnostic]


def write_record(report: BuildReport, folder: Path) -> Path:
    """Write the whole report into `folder`, in place of the last one. Raises OSError.

    The record of an unchanged site stays as it is, where it is one of the same output folder.
    """
    path = folder / "report.json"
    if report.is_unchanged and _is_of(path, report.output):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name("report.new")
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(_record(report)), indent=1) + b"\n")
    fresh.replace(path)
    return path


def _is_of(path: Path, output: str) -> bool:
    """Whether there is a record and its first line of text names the output folder."""
    start = b'{\n "output": ' + msgspec.json.encode(output)
    try:
        with path.open("rb") as handle:
            return handle.read(len(start)) == start
    except OSError:
        return False


def _record(report: BuildReport) -> dict[str, Any]:
    by_path = defaultdict(list)
    for finding in report.findings:
        by_path[finding.path].append(finding)
    articles = [
        _Entry(
            outcome.path,
            outcome.fate,
            outcome.url,
            outcome.reason or msgspec.UNSET,
            by_path.pop(outcome.path, []),
        )
        for outcome in report.outcomes
    ]
    rest = [finding for findings in by_path.values() for finding in findings]
    return {**report.numbers(), "articles": articles, "site": rest}
