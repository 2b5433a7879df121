"""The account of a build: every input, every diagnostic, what was written and what it cost."""

from generator.report.account import BuildReport, account, count_by_severity
from generator.report.profile import Profile
from generator.report.record import write_record
from generator.report.text import describe_diagnostic, describe_report

__all__ = [
    "BuildReport",
    "Profile",
    "account",
    "count_by_severity",
    "describe_diagnostic",
    "describe_report",
    "write_record",
]
