"""Responses of each kind, with the headers that go with them."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from generator.config import Config
from generator.config.policy import content_policy
from generator.serve.media import media_type

_FILES = StaticFiles()  # holds nothing; it knows ranges and what has not changed
# Everything may change at any time, and asking again costs a millisecond.
_COMMON = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def reply_bytes(request: Request, data: bytes, kind: str, status: int = 200) -> Response:
    """Content that was made now, or that it is what the browser has."""
    tag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    headers = {**_COMMON, "ETag": tag}
    known = request.headers.get("if-none-match", "")
    if status == 200 and tag in [part.strip().removeprefix("W/") for part in known.split(",")]:
        return Response(None, 304, headers)
    return Response(data, status, {**headers, "Content-Type": kind})


def reply_file(request: Request, path: Path, kind: str) -> Response:
    """A file with its ranges, or that it is what the browser has."""
    try:
        status = os.stat(path)  # noqa: PTH116 - the result is handed on
    except OSError:
        return reply_missing()
    if not stat.S_ISREG(status.st_mode):
        return reply_missing()
    response = _FILES.file_response(path, status, request.scope)
    if response.status_code != 304:
        response.headers["Content-Type"] = kind
    response.headers.update(_COMMON)
    return response


def reply_data(request: Request, file: str, data: bytes | Path) -> Response:
    """A file of the site, by its content or the file that holds it."""
    kind = media_type(file)
    return (
        reply_file(request, data, kind)
        if isinstance(data, Path)
        else reply_bytes(request, data, kind)
    )


def reply_missing() -> Response:
    """Nothing, where no page is expected."""
    return PlainTextResponse("There is no such file.\n", 404)


def reply_own(html: bytes, config: Config, status: int) -> Response:
    """A page of the preview's own, which is asked for again next time."""
    response = Response(html, status, media_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return protect(response, config)


def protect(response: Response, config: Config) -> Response:
    """Let a page do no more than it may where it is published."""
    if policy := content_policy(config):
        response.headers["Content-Security-Policy"] = policy
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response
