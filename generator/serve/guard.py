"""What the preview refuses before it looks for a page.

A page of another site may send requests here: by a name of its own that it leads to 127.0.0.1 (DNS
rebinding, so the Host is checked), or as itself (so the Origin is checked where it could learn
something). Paths name files of the site and nothing beside it.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
_BAD = re.compile(r"[\x00-\x1f\x7f\\]")
_METHODS = ("GET", "HEAD")
_LONGEST = 4096  # bytes of a path; the longest file name is 255
# Of a request's head; browsers send some 2 KB, cookies of other servers on localhost included.
LARGEST_HEAD = 32 * 1024  # bytes
OWN = "/_backfile/"


class Guard:
    """Passes on what may be answered. `host` is the address the server listens on."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = _LOCAL | {host.lower()}
        # Then people come by whatever address the machine has. An address of numbers cannot be
        # led elsewhere, nor can the machine's own name.
        self._is_public = is_public(host)
        if self._is_public:
            name = socket.gethostname().lower()
            self._names |= {name, f"{name}.local"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refuse(scope)
        await (refusal or self._app)(scope, receive, send)

    def _refuse(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        size = sum(len(name) + len(value) for name, value in scope["headers"])
        is_foreign = OWN in scope["path"] and not self._is_same_origin(headers)
        checks = (
            (not self._is_ours(headers), 421, "This preview answers to localhost alone."),
            (scope["method"] not in _METHODS, 405, "A preview is read only."),
            (is_foreign, 403, "Only the preview's own pages may listen to it."),
            (size > LARGEST_HEAD, 431, "The request's headers are too large."),
            (len(scope.get("raw_path") or b"") > _LONGEST, 414, "The address is too long."),
            (not is_plain(scope["path"]), 404, "There is no such page."),
        )
        return next((_say(status, text) for is_so, status, text in checks if is_so), None)

    def _is_ours(self, headers: Headers) -> bool:
        hosts = headers.getlist("host")
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if found is None:
            return False
        name = found["name"].strip("[]").lower().removesuffix(".")
        return name in self._names or (self._is_public and _is_number(name))

    def _is_same_origin(self, headers: Headers) -> bool:
        """Whether the asking page, where the browser tells, is of this very server."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        parts = urlsplit(origin)
        return (
            parts.scheme in ("http", "https")
            and parts.netloc.lower() == headers.get("host", "").lower()
        )


def is_plain(path: str) -> bool:
    """Whether a decoded path may name a file of a site: no way up, nothing hidden, no control."""
    if _BAD.search(path):
        return False
    hidden = [part for part in path.split("/") if part.startswith(".")]
    return not hidden or hidden == [".well-known"]


def is_public(host: str) -> bool:
    """Whether a server at this address can be reached from other machines."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() != "localhost"


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _say(status: int, text: str) -> PlainTextResponse:
    headers = {"Connection": "close"}
    if status == 405:
        headers["Allow"] = ", ".join(_METHODS)
    return PlainTextResponse(f"{text}\n", status, headers)
