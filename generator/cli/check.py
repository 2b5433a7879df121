"""`backfile check`."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click
import msgspec

from generator.build import check_site
from generator.cli.console import print_finding, print_json, print_line, progress_bar
from generator.cli.options import json_option, read_options, site_options
from generator.model import Severity
from generator.model.catalogue import CATALOGUE
from generator.report import count_by_severity
from generator.text.counts import say_count

_MOST_SHOWN = 100


@click.command()
@site_options
@json_option
@click.option("--fix", is_flag=True, help="Write repaired front matter back into the files.")
@click.option("--all", "show_all", is_flag=True, help="Show every finding, remarks too.")
@click.option("--strict", is_flag=True, help="Fail on warnings as well as errors.")
def check(*, as_json: bool, fix: bool, show_all: bool, **stated: Any) -> None:
    """Read every article and show what would be repaired; nothing is built."""
    options = read_options(**stated)
    with progress_bar(is_quiet=as_json) as progress:
        report = check_site(
            options, fix=fix, backup=not _is_in_git(options.root), progress=progress
        )
    counts = count_by_severity(report.findings)
    if as_json:
        data = msgspec.to_builtins(report)
        print_json({**data, "diagnostics": counts})
    else:
        shown = [f for f in report.findings if show_all or f.severity is not Severity.INFO]
        for finding in shown if show_all else shown[:_MOST_SHOWN]:
            print_finding(finding)
        if len(shown) > _MOST_SHOWN and not show_all:
            print_line(f"… and {len(shown) - _MOST_SHOWN:,} more; --all shows them")
        repairs = Counter(CATALOGUE[f.code].repair for f in report.findings)[True]
        print_line(
            f"{say_count(report.inputs, 'file')} read; {say_count(counts['error'], 'error')}, "
            f"{say_count(counts['warning'], 'warning')} ({say_count(repairs, 'repair')} among them), "
            f"{say_count(counts['info'], 'remark')}"
        )
        if fix:
            print_line(f"{say_count(len(report.fixed), 'file')} repaired")
    if counts["error"] or (options.strict and counts["warning"]):
        sys.exit(1)


def _is_in_git(root: Path) -> bool:
    """Whether git holds the originals: then no copy is kept beside a repaired file."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            ["git", "-C", str(root), "rev-parse", "--is-inside-work-tree"],  # noqa: S607
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == b"true"
