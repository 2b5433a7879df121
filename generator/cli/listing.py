"""`backfile list`."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from generator.build import list_site
from generator.cli.console import print_json
from generator.cli.options import json_option, read_options, site_options


@click.command("list")
@site_options
@json_option
def list_(*, as_json: bool, **stated: Any) -> None:
    """List every input with its date, fate, address and title; nothing is built."""
    entries = list_site(read_options(**stated))
    if as_json:
        print_json(msgspec.to_builtins(entries))
        return
    for entry in entries:
        print(
            f"{entry.date or '-':10}  {entry.fate.value:11}  {entry.path}  {entry.url or '-'}  {entry.title}"
        )
