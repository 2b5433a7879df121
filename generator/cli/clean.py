"""`backfile clean`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.build import BuildOptions, clean_site
from generator.cli.console import print_json, print_line
from generator.cli.options import json_option, place_options, read_clock
from generator.text.counts import say_count


@click.command()
@place_options
@json_option
def clean(*, as_json: bool, source: Path, destination: Path | None) -> None:
    """Remove what builds wrote: the site and .backfile/. Files of others are left alone."""
    options = BuildOptions(root=source, clock=read_clock(None), output=destination)
    removed = clean_site(options)
    if as_json:
        print_json({"files_pruned": removed})
    else:
        print_line(f"{say_count(removed, 'file')} removed")
