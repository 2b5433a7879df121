"""Bytes of an old file → text, with everything that was wrong with them.

Archives hold UTF-8, GB18030, Big5, UTF-16, Windows-1252, the encodings of Japan, Korea and Russia, files cut off in the middle of a
character, and control characters that neither HTML nor a feed may contain.
"""

from __future__ import annotations

import msgspec

from generator.text.guess import guess, likeness
from generator.text.patterns import late

# Line-break characters that are no line break to HTML and to editors; they become spaces.
_ODD_BREAKS = "\x0b\x0c\x85\u2028\u2029"
# C0 and C1 controls but tab and newline, DEL, and the noncharacters of the BMP: XML 1.0 §2.2
# forbids most of them, HTML calls all of them errors.
_CONTROLS = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")

# First bytes of pictures, PDF, archives and programs: some are short or dense enough to pass
# for text in one old encoding or another.
_SIGNATURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf",
    b"\x7fELF", b"wOFF", b"wOF2", b"\x00\x01\x00\x00",
)  # fmt: skip
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_CONTROL_BYTES = bytes((*range(9), *range(14, 27), *range(28, 32), 127))


class Finding(msgspec.Struct, frozen=True, gc=False):
    """Something that was wrong: a diagnostic's code, the line (from 1, 0 = whole file), a detail."""

    code: str
    line: int = 0
    detail: str = ""


class Decoded(msgspec.Struct, frozen=True):
    """Text whose lines end in a newline alone, without control characters.

    `is_sound`: the file's bytes are UTF-8, and this is what they say to the letter.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()
    is_sound: bool = False


def decode(data: bytes) -> Decoded | None:
    """Decode a file; None where it is no text at all.

    UTF-8 is tried first and strictly; whatever else is a repair and leaves a finding.
    """
    if data.startswith(_SIGNATURES):
        return None
    result: _Result | None
    try:
        result = data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        result = _decode_other(data, error)
    if data.startswith(_UTF_32):
        text = data.decode("utf-32", "replace")
        result = text, "utf-32", (Finding("encoding/utf-32", 0),)
    if result and "\x00" in result[0] and _is_binary(data):
        result = _decode_utf_16(data)
    if result is None:
        return None
    text, encoding, findings = result
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")  # programs that add one to what has one make two
        findings = (*findings, Finding("encoding/bom", 1))
    has_returns = "\r" in text
    if has_returns:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, controls = remove_controls(text)
    return Decoded(
        text, encoding, (*findings, *controls), not (findings or controls or has_returns)
    )


def remove_controls(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Remove control characters; old line separators become spaces."""
    first = _CONTROLS.search(text)
    if first is None:
        return text, ()
    seen = sorted({f"U+{ord(c):04X}" for c in _CONTROLS.findall(text)})
    line = text.count("\n", 0, first.start()) + 1
    text = _CONTROLS.sub(lambda m: " " if m.group() in _ODD_BREAKS else "", text)
    return text, (Finding("text/control-characters", line, " ".join(seen)),)


_Result = tuple[str, str, tuple[Finding, ...]]


def _decode_other(data: bytes, error: UnicodeDecodeError) -> _Result | None:
    """What UTF-8 refused: UTF-16, a truncated end, another encoding, or damage."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
        return text, "utf-16", (Finding("encoding/utf-16", 0),)
    if b"\x00" in data and _is_binary(data):
        return _decode_utf_16(data)
    head = data[: error.start]
    if _is_cut_off(data, error):
        line = head.count(b"\n") + 1
        return head.decode("utf-8"), "utf-8", (Finding("encoding/truncated", line),)
    mixed = _decode_lines(data)
    if mixed:
        return mixed, "utf-8", (Finding("encoding/mixed", head.count(b"\n") + 1),)
    encoding = guess(data)
    if encoding == "utf-8":
        return _replace_damage(data, "utf-8", ())
    finding = Finding(f"encoding/{_FAMILY[encoding]}", 0)
    return _replace_damage(data, encoding, (finding,))


def _is_cut_off(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether sound UTF-8 ends in the middle of a character, or of two that were glued together."""
    if error.end >= len(data) and error.reason == "unexpected end of data":
        return True
    return len(data) - error.start < 6 and not data[: error.start].isascii()


def _replace_damage(data: bytes, encoding: str, findings: tuple[Finding, ...]) -> _Result:
    text = data.decode(encoding, "replace")
    if encoding != "utf-8" and text.endswith("\ufffd") and text.count("\ufffd") == 1:
        line = text.count("\n") + 1
        return text[:-1], encoding, (*findings, Finding("encoding/truncated", line))
    count = text.count("\ufffd")
    if count:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        findings = (*findings, Finding("encoding/damaged", line, f"{count} places"))
    return text, encoding, findings


_FAMILY = {
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "cp1252": "windows-1252",
    "cp932": "shift-jis",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
    "cp1251": "windows-1251",
    "koi8_r": "koi8-r",
}


def _decode_lines(data: bytes) -> str | None:
    """A file put together of UTF-8 and GB18030; None where it is not of both, line by line.

    A script that writes front matter in UTF-8 above a page of its own encoding makes such files.
    """
    lines: list[str] = []
    utf_8 = gb = 0  # bytes beyond ASCII that are one and the other
    for line in data.split(b"\n"):
        if line.isascii():
            lines.append(line.decode())
            continue
        high = len(line) - len(line.decode("ascii", "ignore"))
        try:
            lines.append(line.decode("utf-8"))
            utf_8 += high
        except UnicodeDecodeError:
            try:
                text = line.decode("gb18030")
            except UnicodeDecodeError:
                return None
            if likeness(text) <= max(0, likeness(line.decode("utf-8", "replace"))):
                return None
            lines.append(text)
            gb += high
    # A short word in GB18030 can pass for UTF-8; a headline and more does not.
    return "\n".join(lines) if gb and utf_8 >= max(12, gb // 50) else None


def _is_binary(data: bytes) -> bool:
    """Control bytes of more than 5%: a picture, an archive, or UTF-16 without its mark."""
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    # A few stray ones in a short text are damage, not a format.
    return controls > max(8, len(data) // 20)


def _decode_utf_16(data: bytes) -> _Result | None:
    """UTF-16 without a byte order mark, told by where its NUL bytes stand; None for binaries."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd) + 1:
        return None
    try:
        text = data.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        return None
    if _CONTROLS.search(text):
        return None
    return text, "utf-16", (Finding("encoding/utf-16", 0),)
