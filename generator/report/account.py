"""The numbers of a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from generator.model import Diagnostic, Fate, Severity
from generator.model.catalogue import CATALOGUE
from generator.model.site import Outcome
from generator.report.profile import Profile


class BuildReport(msgspec.Struct, frozen=True):
    """What `build --json` prints. inputs = the sum of all fates; repaired ones are published too.

    `seconds` is wall time by stage; `peak_rss_bytes` is that of the largest process.
    """

    output: str
    inputs: int
    published: int
    repaired: int
    duplicates: int
    drafts: int
    future: int
    expired: int
    quarantined: int
    pages: int
    files_written: int
    files_unchanged: int
    files_pruned: int
    seconds: dict[str, float]
    peak_rss_bytes: int
    diagnostics: dict[str, int]
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    profile: Profile | None = None  # None = not asked for

    @property
    def is_unchanged(self) -> bool:
        """Whether a look was enough to see that nothing had changed: then nothing was read."""
        return "scan" not in self.seconds

    def numbers(self) -> dict[str, Any]:
        """The report without the lists of inputs and findings."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        del data["outcomes"], data["findings"]
        if self.profile is None:
            del data["profile"]
        return data


def account(
    outcomes: Sequence[Outcome],
    findings: Iterable[Diagnostic],
    *,
    output: str,
    pages: int,
    files: tuple[int, int, int],
    seconds: Mapping[str, float],
    peak_rss_bytes: int,
) -> BuildReport:
    """Count a build. `files` are those written, unchanged and pruned.

    Raises AssertionError where an input has two fates: then the account is wrong, not the input.
    """
    findings = tuple(sorted(findings))
    fates = Counter(outcome.fate for outcome in outcomes)
    if len({outcome.path for outcome in outcomes}) != len(outcomes):
        raise AssertionError("an input with two fates")
    return BuildReport(
        output=output,
        inputs=len(outcomes),
        published=fates[Fate.PUBLISHED],
        repaired=count_repaired(outcomes, findings),
        duplicates=fates[Fate.DUPLICATE],
        drafts=fates[Fate.DRAFT],
        future=fates[Fate.FUTURE],
        expired=fates[Fate.EXPIRED],
        quarantined=fates[Fate.QUARANTINED],
        pages=pages,
        files_written=files[0],
        files_unchanged=files[1],
        files_pruned=files[2],
        seconds={stage: round(value, 4) for stage, value in seconds.items()},
        peak_rss_bytes=peak_rss_bytes,
        diagnostics=count_by_severity(findings),
        outcomes=tuple(outcomes),
        findings=findings,
    )


def count_repaired(outcomes: Iterable[Outcome], findings: Iterable[Diagnostic]) -> int:
    """How many published articles are shown with something mended."""
    published = {outcome.path for outcome in outcomes if outcome.fate is Fate.PUBLISHED}
    return len({finding.path for finding in findings if CATALOGUE[finding.code].repair} & published)


def count_by_severity(findings: Iterable[Diagnostic]) -> dict[str, int]:
    """How many findings there are of each severity, every severity named."""
    counts = Counter(finding.severity for finding in findings)
    return {severity.value: counts[severity] for severity in Severity}
