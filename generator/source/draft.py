"""An article while it is put together."""

from __future__ import annotations

import msgspec

from generator.model import Diagnostic, diagnose
from generator.source.fields import Field


class Draft(msgspec.Struct):
    """What is known of one file while its article is put together."""

    path: str
    fields: dict[str, Field]
    body: str
    body_start: int
    diagnostics: list[Diagnostic]

    def note(self, code: str, field: Field | None = None, detail: str = "") -> None:
        """Add a diagnostic at a field's place."""
        line, column = (field.line, field.column) if field else (0, 0)
        self.diagnostics.append(diagnose(code, self.path, line=line, column=column, detail=detail))
