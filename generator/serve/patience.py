"""The HTTP server, with limits to what a client may make it wait for or hold."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import cast

from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.serve.guard import LARGEST_HEAD

# A browser sends its request at once; a client that has not ended one within two rounds is let go.
_ROUND = 10.0  # seconds
_MOST_CONNECTIONS = 500
_FAREWELL = 1  # seconds that answers under way get when the server stops


class PatientProtocol(H11Protocol):
    """HTTP/1.1 on one connection, which is closed where no request comes to its end.

    Uvicorn itself waits for ever for the end of a request's head.
    """

    _is_overdue = False
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to count."""
        super().connection_made(cast("asyncio.Transport", transport))  # of TCP, as it expects
        self._timer = self.loop.call_later(_ROUND, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count no more."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        is_waiting = self.cycle is None or self.cycle.response_complete
        if is_waiting and self._is_overdue:
            self.transport.close()
            return
        self._is_overdue = is_waiting
        self._timer = self.loop.call_later(_ROUND, self._look)


class PatientServer(Server):
    """Uvicorn on one event loop. `farewell` is called when it stops, before it waits for answers."""

    def __init__(self, app: ASGIApp, farewell: Callable[[], None]) -> None:
        super().__init__(
            Config(
                app,
                http=PatientProtocol,
                ws="none",
                loop="asyncio",
                lifespan="off",
                # The preview says itself what there is to say.
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                h11_max_incomplete_event_size=LARGEST_HEAD,
                limit_concurrency=_MOST_CONNECTIONS,
                timeout_graceful_shutdown=_FAREWELL,
            )
        )
        self._farewell = farewell

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: streams that would go on for ever end first."""
        self._farewell()
        await super().shutdown(sockets)
