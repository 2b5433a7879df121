"""Makes both browser clients, that of search and that of the preview, from npm and our modules.

Run by the wheel's build hook, and by hand in a working tree:

    python -m generator.serve.bundle
"""

from __future__ import annotations

from pathlib import Path

from generator.search.bundle import CLIENT as SEARCH_CLIENT
from generator.search.bundle import bundle

CLIENT = Path(__file__).with_name("client")


def bundle_clients() -> list[Path]:
    """Write the scripts and style sheets of both clients; returns the folders they are in.

    Raises as `generator.search.bundle.bundle` does.
    """
    return [bundle(client) for client in (SEARCH_CLIENT, CLIENT)]


if __name__ == "__main__":
    bundle_clients()
