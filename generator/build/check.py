"""`backfile check`: what reading finds, and writing repairs back when asked to."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from generator.build.options import BuildOptions, Progress, no_progress
from generator.build.place import open_place
from generator.build.planning import plan_options, plan_site
from generator.build.scan import refused_names, scan_known
from generator.build.static import find_static
from generator.errors import SourceError
from generator.model import Diagnostic, Fate
from generator.source.reader import fix_text


class CheckReport(msgspec.Struct, frozen=True):
    """What a check found. `fixed` are the files that were written, relative to the site."""

    inputs: int
    quarantined: int
    findings: tuple[Diagnostic, ...]
    fixed: tuple[str, ...] = ()


def check_site(
    options: BuildOptions,
    *,
    fix: bool = False,
    backup: bool = True,
    progress: Progress = no_progress,
) -> CheckReport:
    """Read and plan a site without building it.

    `fix` writes repaired front matter back, atomically; `backup` keeps each original beside it
    with the ending `.orig`. Raises BackfileError.
    """
    site = open_place(options)
    found, readings = scan_known(site, options.jobs, progress)
    articles = [reading.article for reading in readings if reading.article]
    plan = plan_site(articles, site.config, plan_options(options), find_static(site))
    findings = [*found.diagnostics, *plan.diagnostics]
    for reading in readings:
        findings.extend(reading.diagnostics)
    fixed = [
        reading.path
        for reading in readings
        if fix and reading.article and _fix(site.root / reading.path, backup=backup)
    ]
    lost = sum(reading.article is None for reading in readings)
    lost += sum(outcome.fate is Fate.QUARANTINED for outcome in plan.outcomes)
    refused = len(refused_names(found))
    return CheckReport(
        len(readings) + refused, lost + refused, tuple(sorted(findings)), tuple(fixed)
    )


def _fix(path: Path, *, backup: bool) -> bool:
    """Write a file's repaired text; whether there was anything to repair."""
    try:
        data = path.read_bytes()
        text = fix_text(data)
        if text is None or text.encode() == data:
            return False
        if backup:
            kept = path.with_name(f"{path.name}.orig")
            if not kept.exists():
                kept.write_bytes(data)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_bytes(text.encode())
        fresh.chmod(path.stat().st_mode)
        os.replace(fresh, path)  # noqa: PTH105 - the same name as in the docs of atomic writes
    except OSError as error:
        raise SourceError(
            f"the repair cannot be written: {error.strerror}",
            path=str(path),
            hint="check the permissions",
        ) from error
    return True
