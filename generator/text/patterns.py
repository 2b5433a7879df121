"""Regular expressions that are compiled when they are first used.

Compiling those of the modules that reading and rendering load takes 0.1 s, an eighth of a build of
one changed article, which uses a third of them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast

_MEMBERS = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern",
    "search", "split", "sub", "subn",
)  # fmt: skip


class _Late:
    """Stands for a pattern: each of its members is looked up once, then as fast as the pattern's."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.text, self.options = text, flags


def _member(name: str) -> cached_property[Any]:
    def find(late: _Late) -> Any:
        return getattr(re.compile(late.text, late.options), name)

    found = cached_property(find)
    found.__set_name__(_Late, name)
    return found


for _name in _MEMBERS:
    setattr(_Late, _name, _member(_name))


def late(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`. A fault in the pattern is raised when it is used (tests use them all)."""
    return cast("re.Pattern[AnyStr]", _Late(text, flags))
