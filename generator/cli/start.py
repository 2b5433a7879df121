"""`backfile init` and `backfile new`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from generator.build import create_article, create_site, create_theme
from generator.cli.console import print_line
from generator.cli.options import read_clock, source_option
from generator.errors import UsageError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--title", default="", help="What the archive is called.")
def init(folder: Path, title: str) -> None:
    """Start a site in FOLDER: a configuration and a first article."""
    for path in create_site(folder, title or folder.resolve().name, read_clock(None)):
        print_line(f"made {path}")
    place = "" if folder == Path() else f"cd {folder} && "
    print_line(f"next: {place}backfile build")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="TITLE | theme NAME")
@source_option
@click.option("-c", "--category", default="", help="The article's category.")
@click.option("--clock", metavar="DATE", help="The article's date (default: now).")
def new(words: tuple[str, ...], source: Path, category: str, clock: str | None) -> None:
    """Start an article called TITLE, as a draft; or a theme called NAME, from the default one."""
    title, *rest = words
    if title == "theme" and len(rest) == 1:
        for path in create_theme(source, rest[0]):
            print_line(f"made {path}")
        print_line(f'next: write `name = "{rest[0]}"` under [theme] in backfile.toml')
        return
    if rest:
        raise UsageError(
            f"a title is one word to the shell: {' '.join(words)}",
            hint="put it in quotation marks",
        )
    moment: datetime = read_clock(clock)
    print_line(f"made {create_article(source, title, category, moment)}")
