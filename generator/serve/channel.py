"""The channel to the browsers: server-sent events (WHATWG HTML, 9.2), one stream a tab."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from generator.text.address import Address

if TYPE_CHECKING:
    from generator.build.live_change import Change

# A tab that does not read so many events is let go; it greets again when it reads on.
_WAITING = 32
_HEARTBEAT = 15.0  # seconds; proxies close a connection that says nothing for a minute
_RETRY = 500  # milliseconds after which a browser asks again
# One browser opens at most six connections to a host; this is for many people looking.
MOST_TABS = 200

_END = b""


class Hub:
    """All open streams. Everything but `views` is called on the event loop alone."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._tabs: dict[asyncio.Queue[bytes], str] = {}
        self._is_closed = False

    @property
    def is_full(self) -> bool:
        """Whether nobody else can listen."""
        return self._is_closed or len(self._tabs) >= MOST_TABS

    @property
    def views(self) -> frozenset[str]:
        """The paths of the pages in the open tabs."""
        return frozenset(view for view in list(self._tabs.values()) if view)

    def send(self, event: str, data: Mapping[str, Any]) -> None:
        """Tell every tab."""
        packed = pack_event(event, data)
        for queue in list(self._tabs):
            if queue.full():
                self._drop(queue)
            else:
                queue.put_nowait(packed)

    def close(self) -> None:
        """End every stream."""
        self._is_closed = True
        for queue in list(self._tabs):
            self._drop(queue)

    def _drop(self, queue: asyncio.Queue[bytes]) -> None:
        self._tabs.pop(queue, None)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(_END)

    async def stream(self, view: str, greeting: bytes) -> AsyncIterator[bytes]:
        """One tab's events, from its `greeting` on. `view` is the path of its page, "" = unknown."""
        queue: asyncio.Queue[bytes] = asyncio.Queue(_WAITING)
        self._tabs[queue] = view
        try:
            yield f"retry: {_RETRY}\n\n".encode() + greeting
            while True:
                try:
                    packed = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                except TimeoutError:
                    packed = b": still here\n\n"
                if packed == _END:
                    return
                yield packed
        finally:
            self._tabs.pop(queue, None)


def pack_event(event: str, data: Mapping[str, Any]) -> bytes:
    """One event as the stream has it."""
    return b"event: " + event.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"


def describe_change(change: Change, base: str) -> dict[str, object]:
    """Give the data of the event `change`: paths as the address bar has them."""
    pages: object = "all"
    if change.files is not None:
        pages = [base.rstrip("/") + Address(file).path for file in sorted(change.files)]
    kind = "page" if pages else "css"
    return {"version": change.version, "pages": pages, "css": change.css, "kind": kind}
