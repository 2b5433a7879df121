"""`backfile import`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from generator.cli.console import print_finding, print_json, print_line
from generator.cli.options import json_option, source_option
from generator.config import load_config
from generator.errors import ConfigError
from generator.ingest import import_captures
from generator.model import Severity


@click.command("import")
@click.argument("captures", nargs=-1, type=click.Path(path_type=Path))
@source_option
@json_option
def import_(captures: tuple[Path, ...], source: Path, *, as_json: bool) -> None:
    """Turn raw CAPTURES (files or folders; default: seeds/) into articles in content/."""
    report = import_captures(
        captures or (source / "seeds",),
        root=source,
        content=source / "content",
        hosts=_old_hosts(source),
    )
    if as_json:
        print_json(msgspec.to_builtins(report))
    else:
        for finding in report.diagnostics:
            if finding.severity is not Severity.INFO:
                print_finding(finding)
        for outcome in report.outcomes:
            print_line(f"{outcome.status:12} {outcome.capture}  {outcome.article}")
    if any(finding.severity is Severity.ERROR for finding in report.diagnostics):
        sys.exit(1)


def _old_hosts(source: Path) -> tuple[str, ...]:
    """The hosts of the old site; a configuration that cannot be read is the next build's matter."""
    try:
        config = load_config(source)
    except ConfigError:
        return ()
    return (*config.content.hosts, *config.site.hosts)
