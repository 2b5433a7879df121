"""The command `backfile` and what all its commands share."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from generator import __version__
from generator.cli.console import print_error
from generator.errors import BackfileError, InterruptedBuild

# Where each command is, in the order in which people meet them.
_COMMANDS = {
    "init": ("generator.cli.start", "init"),
    "new": ("generator.cli.start", "new"),
    "import": ("generator.cli.importing", "import_"),
    "build": ("generator.cli.build", "build"),
    "serve": ("generator.cli.serving", "serve"),
    "check": ("generator.cli.check", "check"),
    "clean": ("generator.cli.clean", "clean"),
    "list": ("generator.cli.listing", "list_"),
}


class _Commands(click.Group):
    """Loads a command when it is asked for: all of them together take 0.2 s."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="backfile")
def cli() -> None:
    """Rebuild a news archive as a static site: every article back online, at its old address."""


def main() -> None:
    """Run the command line; errors become one message and an exit code."""
    # numpy would start a thread for each core, for products of matrices that nobody asks for here,
    # which is nearly half the time it takes to load.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
