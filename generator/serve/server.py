"""Starting the preview."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys

from generator.errors import UsageError
from generator.serve.listener import Listener
from generator.serve.preview import Preview, PreviewOptions

FIRST_PORT = 8000
_LAST_PORT = 8099
# Python lets a thread work for 5 ms before another has its turn; a page waits for some ten turns
# while the site is being read.
_TURN = 0.001  # seconds


def run_preview(options: PreviewOptions, listener: Listener) -> None:
    """Serve until Ctrl-C. Raises BackfileError where the preview cannot start."""
    sys.setswitchinterval(_TURN)
    bound = bind(options.host, options.port)
    with contextlib.closing(bound):
        asyncio.run(Preview(options, listener).serve(bound))


def bind(host: str, port: int | None) -> socket.socket:
    """Take an address to listen on. Raises UsageError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(FIRST_PORT, _LAST_PORT + 1) if port is None else (port,):
        bound = socket.socket(family, socket.SOCK_STREAM)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((host, candidate))
            # Bound is not enough: two may be bound where only one can listen.
            bound.listen(128)
        except OSError as error:
            bound.close()
            if port is None and error.errno == errno.EADDRINUSE:
                continue
            raise UsageError(
                f"cannot listen on {host}:{candidate}: {error.strerror}",
                hint="choose another --port or --host",
            ) from error
        else:
            return bound
    raise UsageError(
        f"the ports {FIRST_PORT} to {_LAST_PORT} are all taken", hint="choose one with --port"
    )
