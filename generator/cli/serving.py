"""`backfile serve`."""

from __future__ import annotations

import threading
import time
import webbrowser
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from generator.cli.console import DIM, print_fault, print_line
from generator.cli.options import jobs_option, read_clock, read_options, source_option
from generator.serve.behind import Word
from generator.serve.faults import Fault
from generator.serve.preview import PreviewOptions
from generator.serve.server import run_preview

# More names than this fill the line.
_MOST_NAMES = 3


@click.command()
@source_option
@click.option(
    "-b",
    "--base-url",
    help="The address the site will have; its folder is that of the preview too.",
)
@click.option("--host", default="127.0.0.1", help="The address to listen on (default: 127.0.0.1).")
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    help="The port to listen on (default: 8000, or the next free one).",
)
@click.option("--open", "opens", is_flag=True, help="Open the front page in the browser.")
@click.option("--no-drafts", is_flag=True, help="Leave out what a build leaves out.")
@click.option("--poll", is_flag=True, help="Look at the files again and again: for network drives.")
@click.option("--clock", metavar="DATE", help="Preview the site as of this moment (default: now).")
@jobs_option
def serve(
    *,
    source: Path,
    base_url: str | None,
    host: str,
    port: int | None,
    opens: bool,
    no_drafts: bool,
    poll: bool,
    clock: str | None,
    jobs: int | None,
) -> None:
    """Show the site in the browser and keep up with what is saved, until Ctrl-C."""

    def now() -> datetime:
        return read_clock(clock)

    build = read_options(
        source=source,
        destination=None,
        base_url=base_url,
        drafts=not no_drafts,
        future=not no_drafts,
        expired=not no_drafts,
        clock=clock,
        jobs=jobs,
    )
    options = PreviewOptions(build, now, host=host, port=port, polls=poll)
    try:
        run_preview(options, _Terminal(opens=opens))
    except KeyboardInterrupt:
        print_line("stopped", DIM)


class _Terminal:
    """Prints what goes on."""

    def __init__(self, *, opens: bool) -> None:
        self._opens = opens
        self._turn = threading.Lock()

    def started(self, url: str, *, is_public: bool) -> None:
        with self._turn:
            print_line(f"preview: {url}")
            if is_public:
                print_line(
                    "warning: anybody who reaches this machine can read the preview, drafts too",
                    {"fg": "yellow"},
                )
        if self._opens:
            # Some browsers are waited for.
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    def opened(self, articles: int, seconds: float) -> None:
        with self._turn:
            print_line(f"{articles:,} articles read in {seconds:.1f} s; Ctrl-C stops", DIM)

    def polled(self) -> None:
        with self._turn:
            print_line(
                "warning: the system has no watch left, so the files are looked at twice a second",
                {"fg": "yellow"},
            )

    def changed(self, paths: Sequence[str], seconds: float) -> None:
        named = ", ".join(paths[:_MOST_NAMES])
        more = len(paths) - _MOST_NAMES
        moment = time.strftime("%H:%M:%S")
        with self._turn:
            print_line(
                f"{moment} {named}{f' and {more:,} more' if more > 0 else ''}"
                f" ({1000 * seconds:.0f} ms)",
                DIM,
            )

    def found(self, faults: Sequence[Fault]) -> None:
        with self._turn:
            for fault in faults:
                print_fault(fault)
            if not faults:
                print_line("all is well again", {"fg": "green"})

    def built(self, word: Word) -> None:
        with self._turn:
            if word.files_written or word.files_pruned:
                print_line(f"built behind: {word.files_written:,} files, search index", DIM)
