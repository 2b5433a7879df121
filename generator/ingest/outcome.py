"""What became of each capture: an import accounts for every input, as a build does."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from generator.model import Diagnostic


class ImportStatus(StrEnum):
    """What became of a capture; every capture has exactly one."""

    IMPORTED = "imported"
    UPDATED = "updated"  # the capture or the rules changed, the article was as the import left it
    UNCHANGED = "unchanged"
    KEPT_EDITED = "kept-edited"  # the article was edited: it is left as it is
    DUPLICATE = "duplicate"  # another capture holds the same bytes
    PASSED_OVER = "passed-over"  # one of many in a file, and no article
    QUARANTINED = "quarantined"


class ImportOutcome(msgspec.Struct, frozen=True, gc=False):
    """One capture. Paths are relative to the site's root, with `/`; `article` is "" where none is."""

    capture: str
    status: ImportStatus
    article: str = ""
    reason: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


class ImportReport(msgspec.Struct, frozen=True):
    """All captures of an import in the order they were read, and what concerns none of them."""

    outcomes: tuple[ImportOutcome, ...]
    findings: tuple[Diagnostic, ...] = ()

    def count(self, status: ImportStatus) -> int:
        """How many captures have this status."""
        return sum(outcome.status is status for outcome in self.outcomes)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics, in the order of the captures, then those of the import itself."""
        return (*(one for outcome in self.outcomes for one in outcome.diagnostics), *self.findings)
