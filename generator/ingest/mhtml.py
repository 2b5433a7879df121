"""Pages that browsers save as one file, `.mht` or `.mhtml` (RFC 2557): a message whose first part is the page."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from generator.text.patterns import late

_HEAD = 4096
_MESSAGE = late(rb"(?:^|\n)content-type:\s*multipart/related", re.IGNORECASE)


def is_mhtml(data: bytes) -> bool:
    """Whether the bytes are such a file."""
    return _MESSAGE.search(data[:_HEAD]) is not None


def read_mhtml(data: bytes) -> bytes | None:
    """The page in UTF-8, with its address where the file states it; None where it holds no page."""
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            address = str(part.get("Content-Location") or "")
            mark = (
                f"<!-- saved from url=(0000){address} -->\n" if address.startswith("http") else ""
            )
            return mark.encode() + _text(part)
    return None


def _text(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8").encode()
    except (LookupError, UnicodeDecodeError):
        return data
