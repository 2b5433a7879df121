"""The interface of an adapter."""

from __future__ import annotations

from typing import Protocol

import msgspec


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What an adapter reads off an article beyond its front matter; "" = not stated."""

    source: str = ""
    source_url: str = ""
    category_title: str = ""
    slug_date: str = ""  # a day found in the file's name, as YYYYMMDD


class Adapter(Protocol):
    """One archive's habits. Implementations hold no state; `body` is text as it is in the file."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names of the old site."""
        ...

    def recognises(self, metadata: dict[str, str], body: str) -> bool:
        """Whether an article has this archive's shape. `metadata` holds the plain text fields."""
        ...

    def read(self, metadata: dict[str, str], name: str, body: str) -> Facts:
        """Facts in the front matter, the file's name and the body."""
        ...

    def split_terms(self, text: str) -> tuple[str, ...]:
        """The categories or tags that one line of text names."""
        ...

    def clean(self, body: str) -> str:
        """The body without the old site's navigation and widgets."""
        ...
