"""The command `backfile` and what all its commands share."""

from __future__ import annotations

import sys

import click

from generator import __version__
from generator.cli.build import build
from generator.cli.check import check
from generator.cli.clean import clean
from generator.cli.console import print_error
from generator.cli.importing import import_
from generator.cli.listing import list_
from generator.cli.start import init, new
from generator.errors import BackfileError, InterruptedBuild


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="backfile")
def cli() -> None:
    """Rebuild a news archive as a static site: every article back online, at its old address."""


for command in (init, new, import_, build, check, clean, list_):
    cli.add_command(command)


def main() -> None:
    """Run the command line; errors become one message and an exit code."""
    try:
        cli(standalone_mode=False)
    except BackfileError as error:
        print_error(error, as_json="--json" in sys.argv[1:])
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        print_error(InterruptedBuild("stopped"), as_json=False)
        sys.exit(InterruptedBuild.exit_code)
    except BrokenPipeError:
        # The reader of a pipe went away (`backfile list | head`): nothing to say, nobody to tell.
        sys.stderr.close()
        sys.exit(0)
