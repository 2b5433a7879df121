"""What people see: progress on long work, errors with their place, colours only on a terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

from generator.build.options import Progress as ProgressSink
from generator.errors import BackfileError
from generator.model import Diagnostic, Severity
from generator.report import describe_diagnostic
from generator.text.place import name_place

if TYPE_CHECKING:
    from rich.progress import Progress

    from generator.serve.faults import Fault

# What `click.style` takes.
Style = dict[str, Any]
_STYLES: dict[Severity, Style] = {
    Severity.ERROR: {"bold": True, "fg": "red"},
    Severity.WARNING: {"fg": "yellow"},
    Severity.INFO: {"dim": True},
}
DIM = _STYLES[Severity.INFO]
# Work that ends sooner is over before a bar could be read.
_BAR_AFTER = 1.0


def print_line(text: str, style: Style | None = None) -> None:
    """Print one line to standard output, in colour on a terminal that wants it (no-color.org)."""
    click.secho(text, color=False if "NO_COLOR" in os.environ else None, **(style or {}))


def print_json(value: object) -> None:
    """Print one JSON value to standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_finding(finding: Diagnostic) -> None:
    """Print one diagnostic."""
    first, *rest = describe_diagnostic(finding).split("\n")
    print_line(first, _STYLES[finding.severity])
    for line in rest:
        print_line(line)


def print_fault(fault: Fault) -> None:
    """Print one fault of the preview with the lines around it, as the overlay shows it."""
    place = name_place(fault.path, fault.line, fault.column)
    style = _STYLES[Severity(fault.severity)]
    print_line(f"{place}: {fault.severity}[{fault.code}] {fault.message}", style)
    more = "…" if fault.skipped else ""
    for number, text in fault.excerpt:
        mark = ">" if number == fault.line else " "
        print_line(f"  {mark} {number:5} | {more}{text}", None if mark == ">" else DIM)
        if mark == ">" and fault.column:
            print_line(f"          | {_pad(more + text[: fault.column - fault.skipped - 1])}^")
    if fault.hint:
        print_line(f"    {fault.hint}")


def _pad(text: str) -> str:
    """Blanks as wide as a text on a terminal, where Chinese takes two columns a character."""
    return "".join("  " if east_asian_width(char) in "WF" else " " for char in text)


def print_error(error: BackfileError, *, as_json: bool) -> None:
    """Print what stopped a command: on standard error, or as JSON on standard output."""
    if as_json:
        fields = ("code", "message", "path", "line", "column", "hint")
        print_json({"error": {name: getattr(error, name) for name in fields}})
        return
    place = name_place(error.path, error.line, error.column)
    color = False if "NO_COLOR" in os.environ else None
    head = click.style(f"error[{error.code}] ", **_STYLES[Severity.ERROR])
    text = f"{place}: {error.message}" if place else error.message
    click.echo(head + text, err=True, color=color)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)


@contextmanager
def progress_bar(*, is_quiet: bool) -> Iterator[ProgressSink]:
    """A progress bar on standard error for work over a second; nothing where nobody looks."""
    if is_quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    """One bar a stage; it appears when the work has taken a second."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._began: dict[str, float] = {}
        self._bar: Progress | None = None

    def show(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        self._began.setdefault(stage, now)
        if now - self._start < _BAR_AFTER:
            return
        if self._bar is None:
            self._bar = _open_bar()
        task = next((task for task in self._bar.tasks if task.description == stage), None)
        at = task.id if task else self._bar.add_task(stage, total=total, rate="")
        rate = done / max(now - self._began[stage], 1e-6)
        self._bar.update(at, completed=done, total=total, rate=f"{rate:,.0f}/s")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _open_bar() -> Progress:
    # It takes 40 ms to load, and most builds are over before it shows.
    from rich import progress  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    bar = progress.Progress(
        progress.TextColumn("{task.description:8}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar
