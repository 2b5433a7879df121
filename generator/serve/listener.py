"""What the preview tells whoever started it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from generator.serve.behind import Word
from generator.serve.faults import Fault


class Listener(Protocol):
    """Told what goes on; the command line prints it. Called from several threads."""

    def started(self, url: str, *, is_public: bool) -> None:
        """The preview answers at `url`; `is_public`: to other machines as well."""
        ...

    def opened(self, articles: int, seconds: float) -> None:
        """The site is read, and pages can be made."""
        ...

    def polled(self) -> None:
        """The system has no watch left, so the files are looked at again and again."""
        ...

    def changed(self, paths: Sequence[str], seconds: float) -> None:
        """What was saved is shown."""
        ...

    def found(self, faults: Sequence[Fault]) -> None:
        """All that is wrong now, where that is not what was wrong before."""
        ...

    def built(self, word: Word) -> None:
        """Everything was built behind, or could not be."""
        ...
