"""What XML may hold, and what not."""

from __future__ import annotations

from generator.text.patterns import late

# XML 1.0, production 2 (Char): all other characters are forbidden, even as references.
_NOT_XML = late("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_xml(text: str) -> str:
    """Leave out the characters that no XML document may hold."""
    return _NOT_XML.sub("", text)
