"""Strict builds: a warning stops them before anything is published."""

from __future__ import annotations

from collections.abc import Sequence

from generator.errors import StrictError
from generator.model import Diagnostic, Severity


def refuse_warnings(findings: Sequence[Diagnostic]) -> None:
    """Stop a strict build that found anything but information. Raises StrictError."""
    grave = sorted(finding for finding in findings if finding.severity is not Severity.INFO)
    if grave:
        raise StrictError(
            f"{len(grave)} warnings in a strict build, the first: {grave[0].message}",
            path=grave[0].path,
            line=grave[0].line,
            column=grave[0].column,
            hint="`backfile check` lists them all; the old site stands as it was",
        )
