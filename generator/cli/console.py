"""What people see: progress on long work, errors with their place, colours only on a terminal."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from generator.build import Progress as ProgressSink
from generator.errors import BackfileError
from generator.model import Diagnostic, Severity
from generator.report import describe_diagnostic

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
# Work that ends sooner is over before a bar could be read.
_BAR_AFTER = 1.0


def print_line(text: str, style: str = "") -> None:
    """Print one line to standard output, wrapped by nobody."""
    Console(highlight=False, soft_wrap=True).print(Text(text, style=style))


def print_json(value: object) -> None:
    """Print one JSON value to standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_finding(finding: Diagnostic) -> None:
    """Print one diagnostic."""
    first, *rest = describe_diagnostic(finding).split("\n")
    print_line(first, _STYLES[finding.severity])
    for line in rest:
        print_line(line)


def print_error(error: BackfileError, *, as_json: bool) -> None:
    """Print what stopped a command: on standard error, or as JSON on standard output."""
    if as_json:
        fields = ("code", "message", "path", "line", "column", "hint")
        print_json({"error": {name: getattr(error, name) for name in fields}})
        return
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    place = error.path
    if error.line:
        place += f":{error.line}" + (f":{error.column}" if error.column else "")
    text = Text()
    text.append(f"error[{error.code}] ", style="bold red")
    text.append(f"{place}: {error.message}" if place else error.message)
    console.print(text)
    if error.hint:
        console.print(Text(f"  {error.hint}"))


@contextmanager
def progress_bar(*, is_quiet: bool) -> Iterator[ProgressSink]:
    """A progress bar on standard error for work over a second; nothing where nobody looks."""
    console = Console(stderr=True)
    if is_quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    columns = (
        TextColumn("{task.description:8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        start = time.monotonic()
        tasks: dict[str, TaskID] = {}
        began: dict[str, float] = {}

        def show(stage: str, done: int, total: int) -> None:
            now = time.monotonic()
            began.setdefault(stage, now)
            if now - start < _BAR_AFTER:
                return
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total, rate="")
            rate = done / max(now - began[stage], 1e-6)
            bar.update(tasks[stage], completed=done, total=total, rate=f"{rate:,.0f}/s")

        yield show
