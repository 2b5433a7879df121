"""Findings as the overlay and the terminal show them: the place, and the lines around it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from generator.model import Diagnostic

# Lines before and after the one that is marked.
_BEFORE, _AFTER = 3, 2
_LONGEST = 240  # characters of a line that are shown
_AHEAD = 80  # of them at least before the mark, where it is further right than that
_MOST = 20  # faults that are shown at once
_LARGEST = 4 * 1024 * 1024  # bytes of a file that is opened for an excerpt


class Fault(msgspec.Struct, frozen=True):
    """One finding. `excerpt` are numbered lines; `line` and `column` count from 1, 0 = unknown.

    Of long lines a window is shown, the same of all: `skipped` characters are left out before it.
    """

    code: str
    severity: str
    path: str
    line: int
    column: int
    message: str
    hint: str
    excerpt: tuple[tuple[int, str], ...]
    skipped: int = 0


def show_faults(findings: Iterable[Diagnostic], root: Path) -> tuple[Fault, ...]:
    """Findings with what their files hold there."""
    return tuple(_show(finding, root) for finding in list(findings)[:_MOST])


def _show(finding: Diagnostic, root: Path) -> Fault:
    hint = finding.hint if not finding.action else f"{finding.action}; {finding.hint}"
    skipped = max(0, finding.column - 1 - _AHEAD) if finding.column > _LONGEST else 0
    return Fault(
        code=finding.code,
        severity=finding.severity.value,
        path=finding.path,
        line=finding.line,
        column=finding.column,
        message=finding.message,
        hint=hint,
        excerpt=_cut(root / finding.path, finding.line, skipped) if finding.line else (),
        skipped=skipped,
    )


def _cut(path: Path, line: int, skipped: int) -> tuple[tuple[int, str], ...]:
    try:
        if path.stat().st_size > _LARGEST:
            return ()
        lines = path.read_text("utf-8-sig", "replace").split("\n")
    except OSError:
        return ()
    first = max(0, line - 1 - _BEFORE)
    return tuple(
        (number, text.rstrip("\r")[skipped : skipped + _LONGEST])
        for number, text in enumerate(lines[first : line + _AFTER], first + 1)
    )
