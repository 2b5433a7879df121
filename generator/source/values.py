"""Fields → values: text, lists of text, booleans, language tags."""

from __future__ import annotations

import html

from generator.source.fields import Field
from generator.text.patterns import late

_TRUE = frozenset(("true", "yes", "on", "1", "y"))
_FALSE = frozenset(("false", "no", "off", "0", "n", ""))
_COMMAS = late(r"[,，、;；]")
_LANGUAGE = late(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def text_of(field: Field | None) -> str:
    """One line of text; a list or mapping gives the text it was written as."""
    if field is None:
        return ""
    value = field.value if isinstance(field.value, str) else field.raw
    return " ".join(value.split())


def title_of(field: Field | None) -> str:
    """A title: entities that the old site's pages would have shown as characters are characters."""
    text = text_of(field)
    return html.unescape(text) if "&" in text and ";" in text else text


def texts_of(field: Field | None, *, whole: bool = False) -> tuple[str, ...]:
    """A list of texts. One line of text is split at commas, else at white space as Jekyll does.

    `whole` keeps one line as one text. Empty texts and repeats are left out.
    """
    if field is None:
        return ()
    value = field.value
    if isinstance(value, str):
        if whole:
            parts = [value]
        else:
            parts = _COMMAS.split(value) if _COMMAS.search(value) else value.split()
    elif isinstance(value, tuple):
        parts = list(value)
    else:
        parts = [field.raw]
    return tuple(dict.fromkeys(text for part in parts if (text := " ".join(part.split()))))


def flag_of(field: Field | None, *, default: bool) -> bool | None:
    """A boolean; None where the text says neither."""
    if field is None or not isinstance(field.value, str):
        return default
    word = field.value.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False if word else default
    return None


def language_of(field: Field | None) -> str:
    """A BCP 47 tag in its usual case (`zh_cn` → `zh-CN`); "" where there is none."""
    text = text_of(field)
    if not _LANGUAGE.fullmatch(text):
        return ""
    first, *rest = text.replace("_", "-").split("-")
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    """Regions in capitals, scripts with one capital, variants in small letters (RFC 5646 §2.1.1)."""
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()
