"""`backfile build`."""

from __future__ import annotations

import gc
from typing import Any

import click

from generator.build import BuildReport, build_site
from generator.cli.console import DIM, print_finding, print_json, print_line, progress_bar
from generator.cli.options import json_option, read_options, site_options
from generator.model import Severity
from generator.report import Profile, describe_report, write_record

# Errors are shown whole; more of them than this fill the screen and stand in the report anyway.
_MOST_SHOWN = 10


@click.command()
@site_options
@json_option
@click.option(
    "--strict", is_flag=True, help="Let any warning stop the build; the old site then stands."
)
@click.option(
    "--engine",
    type=click.Choice(["pool", "dask"]),
    default="pool",
    help="Where the work runs: processes here, or a Dask cluster (default: pool).",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="The cluster's scheduler, such as tcp://10.0.0.1:8786."
)
@click.option(
    "--profile", is_flag=True, help="Show what each stage, template and slow article cost."
)
@click.option(
    "--explain",
    metavar="URL",
    help="Say why a page was rendered last and whether it would be now; nothing is built.",
)
def build(*, as_json: bool, profile: bool, explain: str | None, **stated: Any) -> None:
    """Build the site: every article that can be published, and an account of every input."""
    options = read_options(profile=profile, **stated)
    if explain is not None:
        # It loads what a build of everything loads.
        from generator.build import explain_page  # noqa: PLC0415

        for line in explain_page(options, explain):
            print_line(line)
        return
    # A build makes much that lives until its end and next to no cycles: looking for some a thousand
    # times takes a twentieth of what the main process does.
    gc.set_threshold(100_000, 50, 100)
    with progress_bar(is_quiet=as_json) as progress:
        report = build_site(options, progress)
    record = write_record(report, options.root / ".backfile")
    if as_json:
        print_json(report.numbers())
        return
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    for finding in errors[:_MOST_SHOWN]:
        print_finding(finding)
    for line in describe_report(report):
        print_line(line)
    if profile:
        _print_profile(report)
    print_line(f"site: {report.output}")
    print_line(f"report: {record}", DIM)


def _print_profile(report: BuildReport) -> None:
    total = sum(report.seconds.values()) or 1.0
    for stage, seconds in report.seconds.items():
        print_line(f"  {stage:8} {seconds:8.3f} s  {100 * seconds / total:5.1f} %")
    print_line(f"  memory   {report.peak_rss_bytes / 2**20:8.0f} MB at the most in one process")
    profile = report.profile or Profile()
    if profile.templates:
        print_line("     pages   total s   mean ms  template")
    for cost in profile.templates:
        mean = 1000 * cost.seconds / cost.pages
        print_line(f"  {cost.pages:8,} {cost.seconds:9.3f} {mean:9.3f}  {cost.template}")
    if profile.articles:
        print_line("        ms      bytes  the slowest articles")
    for slow in profile.articles:
        print_line(f"  {1000 * slow.seconds:8.1f} {slow.bytes:10,}  {slow.path}")
