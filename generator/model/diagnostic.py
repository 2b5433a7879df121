"""Diagnostics: what was wrong with an input, where, what was done, what to do.

Every kind of diagnostic is declared once, in `generator.model.catalogue`.
"""

from __future__ import annotations

import msgspec

from generator.errors import BackfileError
from generator.model.catalogue import CATALOGUE, Severity

__all__ = ["Diagnostic", "Severity", "diagnose", "diagnose_error"]


class Diagnostic(msgspec.Struct, frozen=True, order=True, gc=False, omit_defaults=True):
    """One finding.

    `path` is relative to the site's root, with `/`; `line` and `column` count from 1, 0 = no
    place. `before` and `after` are set where a repair changed text.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    action: str
    hint: str
    before: str = ""
    after: str = ""


def diagnose(
    code: str,
    path: str,
    *,
    detail: str = "",
    line: int = 0,
    column: int = 0,
    before: str = "",
    after: str = "",
) -> Diagnostic:
    """Make the diagnostic `code` of the catalogue for one place.

    `detail` completes the catalogue's message (`what: detail`). Raises KeyError for a code that
    the catalogue does not list.
    """
    kind = CATALOGUE[code]
    message = f"{kind.what}: {detail}" if detail else kind.what
    return Diagnostic(
        path=path,
        line=line,
        column=column,
        code=code,
        severity=kind.severity,
        message=message,
        action=kind.action,
        hint=kind.hint,
        before=before,
        after=after,
    )


def diagnose_error(error: BackfileError) -> Diagnostic:
    """What stops a command, as a finding."""
    return Diagnostic(
        path=error.path,
        line=error.line,
        column=error.column,
        code=error.code,
        severity=Severity.ERROR,
        message=error.message,
        action="",
        hint=error.hint,
    )
