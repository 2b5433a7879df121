"""`backfile clean`."""

from __future__ import annotations

from typing import Any

import click

from generator.build import clean_site
from generator.cli.console import print_json, print_line
from generator.cli.options import json_option, read_options, site_options


@click.command()
@site_options
@json_option
def clean(*, as_json: bool, **stated: Any) -> None:
    """Remove what builds wrote: the site and .backfile/. Files of others are left alone."""
    removed = clean_site(read_options(**stated))
    if as_json:
        print_json({"files_pruned": removed})
    else:
        print_line(f"{removed:,} files removed")
