"""WARC files, in which libraries and crawlers keep what servers sent: each HTML answer is a page.

Source: ISO 28500 (WARC 1.1). Records are framed by `generator.ingest.framing`; warcio reads what
is in them, with the chunks and packing of HTTP.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import redirect_stderr
from typing import Any, BinaryIO

import msgspec

from generator.ingest.capture import MAX_BYTES, read_answer, refuse
from generator.ingest.framing import Frame, frame_records
from generator.ingest.held import Held, Part
from generator.ingest.page_facts import Origin
from generator.ingest.pictures import address_key
from generator.ingest.reading import Finding
from generator.ingest.record import digest
from generator.text.address import split_address
from generator.text.patterns import late

_TYPE = late(rb"^warc-type[ \t]*:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_LENGTH = late(rb"^content-length[ \t]*:[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_ADDRESS = late(rb"^warc-target-uri[ \t]*:[ \t]*<?([^\s>]+)", re.IGNORECASE | re.MULTILINE)
_MOMENT = late(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z")
_CHARSET = late(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


class _Answer(msgspec.Struct, frozen=True):
    """What a server sent for an address."""

    address: str
    captured: str  # the moment as the record states it, "" where it does not
    status: str
    kind: str  # the media type, in small letters
    charset: str
    data: bytes


def is_warc(head: bytes) -> bool:
    """Whether bytes at the head of a file, unpacked, begin a WARC record."""
    return head.startswith((b"WARC/0.", b"WARC/1."))


def read_warc(file: BinaryIO) -> Iterator[Part]:
    """The pages of a file in the order they lie in, then what was passed over. Never raises for it."""
    passed: Counter[str] = Counter()
    damaged: Counter[str] = Counter()
    homes: set[str] = set()
    for frame in frame_records(file, MAX_BYTES):
        if isinstance(frame, str):
            damaged[frame] += 1
            continue
        kind = _TYPE.search(frame.head)
        name = kind[1].decode("ascii", "replace").lower() if kind else ""
        if name in ("request", "warcinfo", "metadata"):
            continue  # what is said of answers, not answers
        answer = _read_answer(frame) if name in ("response", "resource") else None
        if answer is None:
            passed[f"{name or 'untyped'} records"] += 1
        elif answer.kind not in _HTML or answer.status not in ("", "200"):
            passed[answer.kind if answer.status in ("", "200") else f"status {answer.status}"] += 1
        else:
            if frame.fault:
                damaged[frame.fault] += 1
            yield _hold(frame, answer, _home(answer.address, homes))
    if passed:
        yield Finding("import/passed-over", 0, _list(passed))
    if damaged:
        yield Finding("import/damaged", 0, _list(damaged))


def read_pictures(file: BinaryIO, wanted: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The first answer that is a picture for each address whose key is `wanted`, as it comes."""
    left = set(wanted)
    for frame in frame_records(file, MAX_BYTES):
        if isinstance(frame, str) or frame.is_large or not left:
            continue
        stated = _ADDRESS.search(frame.head)
        key = address_key(stated[1].decode("utf-8", "replace")) if stated else ""
        if key not in left:
            continue
        answer = _read_answer(frame)
        if answer and answer.kind.startswith("image/") and answer.status in ("", "200"):
            left.discard(key)
            yield answer.address, answer.data


def _home(address: str, homes: set[str]) -> str:
    """The address that an article shall have: its own, unless an earlier capture has it.

    Of a front page and of addresses with a query, which no file can have, "".
    """
    parts = split_address(address)
    if parts.query or parts.path in ("", "/") or address in homes:
        return ""
    homes.add(address)
    return address


def _hold(frame: Frame, answer: _Answer, home: str) -> Held:
    name = f"{re.sub('[^0-9]', '', answer.captured)[:14]}/{answer.address}"
    if frame.is_large:
        read = refuse(f"larger than {MAX_BYTES // 1024 // 1024} MB")
    else:
        read = read_answer(
            answer.data, Origin(answer.address, answer.captured, home), answer.charset
        )
    mark = digest(answer.address.encode("utf-8", "surrogateescape") + b"\0" + answer.data)
    return Held(name, mark, read, answer.address)


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))


def _read_answer(frame: Frame) -> _Answer | None:
    """What a record holds; None where it is no answer for an address of the web."""
    # It takes 15 ms to load, and most imports meet no such file.
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    from warcio.recordloader import ArcWarcRecordLoader  # noqa: PLC0415
    from warcio.statusandheaders import StatusAndHeadersParserException  # noqa: PLC0415

    head = _LENGTH.sub(b"Content-Length: %d" % len(frame.body), frame.head)
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    try:
        # It writes what it thinks of broken packing to the terminal.
        with redirect_stderr(io.StringIO()):
            record = loader.parse_record_stream(io.BytesIO(head + frame.body))
            data = record.content_stream().read(MAX_BYTES + 1)
    except (
        ArchiveLoadFailed,
        StatusAndHeadersParserException,
        EOFError,
        ValueError,
        AttributeError,
        AssertionError,
    ):
        return None
    return _make_answer(record, data)


def _make_answer(record: Any, data: bytes) -> _Answer | None:
    stated = record.rec_headers
    address = str(stated.get_header("WARC-Target-URI") or "").strip()
    if (
        not address.lower().startswith(("http://", "https://"))
        or not split_address(address).hostname
    ):
        return None
    moment = _MOMENT.match(str(stated.get_header("WARC-Date") or ""))
    http = record.http_headers
    content = http.get_header("Content-Type") if http else stated.get_header("Content-Type")
    kind, _, rest = str(content or "").partition(";")
    charset = _CHARSET.search(rest)
    return _Answer(
        address,
        moment[0] if moment else "",
        str(http.get_statuscode()) if http else "",
        kind.strip().lower() or "no media type",
        charset[1] if charset else "",
        data,
    )
