"""Front matter so plain that YAML reads it in one way: a key and a text a line.

Scripts that collect news write nothing else. Anything else (lists, escapes, comments, values over
several lines, keys whose values have types) is the business of YAML, which takes five times as
long. The tests hold both ways against each other.
"""

from __future__ import annotations

from generator.source.fields import TEXT_KEYS, Field
from generator.text.patterns import late

# What YAML refuses, or takes for the end of a line: control characters, U+2028, U+FEFF and such.
_ODD = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
_CHARACTER = rf"[^:#{_ODD}]"
# Not the first of a text without quotes, which ends at `: ` and at ` #`.
_INDICATORS = r"-?:,\[\]{}#&*!|>'\"%@`~ "
_TEXT = rf"(?![{_INDICATORS}])(?:{_CHARACTER}|:(?=[^ \n])|(?<=[^ ])#)++(?<! )"
_QUOTED = rf'"[^"\\{_ODD}]*+"'
_LINE = late(rf"([a-z_]++): ++({_TEXT}|{_QUOTED}) *+(?:\n|\Z)")
_NOTHING = frozenset(("null", "Null", "NULL"))


def read_plain_fields(text: str) -> dict[str, Field] | None:
    """The fields of a front matter, by key; None where it is not plain."""
    fields: dict[str, Field] = {}
    at = line = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            return None
        name, value = match[1], match[2]
        if name not in TEXT_KEYS or name in fields or value in _NOTHING:
            return None
        line += 1
        column = match.start(2) - at + 1
        fields[name] = Field(value[1:-1] if value[0] == '"' else value, line, column)
        at = match.end()
    return fields or None
