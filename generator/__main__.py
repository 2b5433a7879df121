"""`python -m generator` and `backfile`."""

import os
import sys
import threading

from generator.cli import main as run_command


def main() -> None:
    """Run the command line and end the process."""
    run_command()
    _leave()


def _leave() -> None:
    """End here where nothing is left to be done.

    Python would free all that a command held piece by piece, 40 ms after a build; the system takes
    it back at once. Processes and threads that were started must be let go in order.
    """
    if threading.active_count() > 1 or "multiprocessing" in sys.modules:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads it any more; Python says so
        return
    os._exit(0)


if __name__ == "__main__":
    main()
