"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.build import BuildOptions
from generator.engine import count_cores
from generator.errors import UsageError
from generator.text.dates import parse_date

F = TypeVar("F", bound=Callable[..., Any])


def source_option(function: F) -> F:
    """`--source`: which site is meant."""
    return click.option(
        "-s",
        "--source",
        type=click.Path(path_type=Path),
        default=Path(),
        help="The site's folder (default: here).",
    )(function)


def jobs_option(function: F) -> F:
    """`--jobs`."""
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(1, 256),
        help="How many processes work (default: one a core).",
    )(function)


def place_options(function: F) -> F:
    """`--source` and `--destination`: which site is meant, and where it is built."""
    destination = click.option(
        "-d",
        "--destination",
        type=click.Path(path_type=Path),
        help="Where the site is written (default: output/).",
    )
    return source_option(destination(function))


def site_options(function: F) -> F:
    """`place_options`, and the options that decide what belongs to the site."""
    for option in reversed(
        (
            click.option(
                "-b",
                "--base-url",
                help="The address the site will have, such as https://example.org/news.",
            ),
            click.option("-D", "--drafts", is_flag=True, help="Include drafts."),
            click.option(
                "-F", "--future", is_flag=True, help="Include articles dated in the future."
            ),
            click.option("-E", "--expired", is_flag=True, help="Include expired articles."),
            click.option(
                "--clock",
                metavar="DATE",
                help="Build as if it were this moment (default: $SOURCE_DATE_EPOCH, else now).",
            ),
            jobs_option,
        )
    ):
        function = option(function)
    return place_options(function)


def json_option(function: F) -> F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(function)


def read_options(
    *,
    source: Path,
    destination: Path | None,
    base_url: str | None,
    drafts: bool,
    future: bool,
    expired: bool,
    clock: str | None,
    jobs: int | None,
    strict: bool = False,
    profile: bool = False,
    engine: str = "pool",
    scheduler: str | None = None,
) -> BuildOptions:
    """The options as a value.

    Raises UsageError for a clock that is no date, and for options that do not go together.
    """
    if (engine == "dask") != bool(scheduler):
        raise UsageError(
            "`--engine dask` and `--scheduler` need one another",
            hint="write `--engine dask --scheduler tcp://HOST:8786`, or neither",
        )
    if scheduler and jobs:
        raise UsageError(
            "`--jobs` is for processes on this machine", hint="the cluster has the workers it has"
        )
    return BuildOptions(
        root=source,
        clock=read_clock(clock),
        output=destination,
        base_url=base_url.rstrip("/") if base_url is not None else None,
        drafts=drafts,
        future=future,
        expired=expired,
        jobs=1 if scheduler else jobs or count_cores(),
        scheduler=scheduler or "",
        strict=strict,
        profile=profile,
    )


def read_clock(stated: str | None) -> datetime:
    """The moment a command works at: as stated, $SOURCE_DATE_EPOCH, or now. Raises UsageError."""
    if stated is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if not epoch:
            return datetime.now(UTC)
        if not epoch.isdigit():
            raise UsageError(
                f"SOURCE_DATE_EPOCH is no number of seconds: {epoch}", hint="unset it or mend it"
            )
        return datetime.fromtimestamp(int(epoch), UTC)
    parsed = parse_date(stated, UTC)
    if parsed.value is None or parsed.problem:
        raise UsageError(
            f"--clock: `{stated}` is no date",
            hint="write it as 2022-02-21 or 2022-02-21T07:29:31+08:00",
        )
    return parsed.value
