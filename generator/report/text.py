"""The account as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.model import Diagnostic, Severity
from generator.report.account import BuildReport
from generator.text.counts import say_count

# A summary fits a screen: more kinds of finding than this are counted together.
_MOST_KINDS = 12
_MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def describe_diagnostic(finding: Diagnostic) -> str:
    """One finding in two or three lines: place, code and what was wrong; what was done; advice."""
    place = finding.path
    if finding.line:
        place += f":{finding.line}:{finding.column or 1}"
    lines = [f"{place}: {_MARKS[finding.severity]}[{finding.code}] {finding.message}"]
    if finding.before or finding.after:
        lines += [f"    - {line}" for line in finding.before.split("\n") if line]
        lines += [f"    + {line}" for line in finding.after.split("\n") if line]
    lines.append(f"    {finding.action}; {finding.hint}")
    return "\n".join(lines)


def describe_report(report: BuildReport) -> Iterator[str]:
    """The summary of a build, at most some 25 lines."""
    others = [
        f"{count} {name}"
        for name, count in (
            ("duplicate" if report.duplicates == 1 else "duplicates", report.duplicates),
            ("draft" if report.drafts == 1 else "drafts", report.drafts),
            ("future", report.future),
            ("expired", report.expired),
            ("quarantined", report.quarantined),
        )
        if count
    ]
    line = f"{report.published:,} of {say_count(report.inputs, 'article')} published"
    if report.repaired:
        line += f", {report.repaired:,} of them repaired"
    yield line + (f"; {', '.join(others)}" if others else "")
    yield (
        f"{say_count(report.pages, 'page')}; {say_count(report.files_written, 'file')} written, "
        f"{report.files_unchanged:,} unchanged, {report.files_pruned:,} removed"
    )
    yield from _kinds(report)
    total = sum(report.seconds.values())
    stages = ", ".join(
        f"{stage} {value:.1f}" for stage, value in report.seconds.items() if value >= 0.05
    )
    yield f"{total:.2f} s" + (f" ({stages})" if stages else "")


def _kinds(report: BuildReport) -> Iterator[str]:
    """How often each kind of finding came up, the gravest first, with one place each."""
    counts = Counter(finding.code for finding in report.findings)
    first = {finding.code: finding for finding in reversed(report.findings)}
    order = {severity: rank for rank, severity in enumerate(Severity)}
    kinds = sorted(
        first.values(), key=lambda kind: (order[kind.severity], -counts[kind.code], kind.code)
    )
    for kind in kinds[:_MOST_KINDS]:
        place = kind.path + (f":{kind.line}" if kind.line else "")
        yield f"  {_MARKS[kind.severity]:7}  {counts[kind.code]:>6,}  {kind.code}  ({place})"
    if len(kinds) > _MOST_KINDS:
        rest = sum(counts[kind.code] for kind in kinds[_MOST_KINDS:])
        yield f"           {rest:>6,}  of {len(kinds) - _MOST_KINDS} other kinds"
