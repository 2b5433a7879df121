"""Addresses are given out once: unique under NFC and case folding, files and folders apart.

First come, first served; the caller asks in order of seniority.
"""

from __future__ import annotations

import unicodedata
from itertools import count

from generator.text.address import Address


def _fold(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


class Addresses:
    """Who owns which output file. `owner` texts name the inputs in diagnostics."""

    def __init__(self) -> None:
        """Start with nothing claimed."""
        self._owners: dict[str, str] = {}
        self._folders: set[str] = set()

    def owner(self, file: str) -> str | None:
        """Who owns a file; None where it is free."""
        return self._owners.get(_fold(unicodedata.normalize("NFC", file)))

    def claim(self, file: str, owner: str) -> tuple[Address, str]:
        """Give `owner` the file, or the first free numbered variant.

        Returns the address and the owner it collided with, "" where the wish was free.
        """
        file = unicodedata.normalize("NFC", file)
        blocker = self._blocker(file)
        if blocker is None:
            return self._take(file, owner), ""
        for number in count(2):
            variant = number_file(file, number)
            if self._blocker(variant) is None:
                return self._take(variant, owner), blocker
        raise AssertionError("count() does not end")

    def _take(self, file: str, owner: str) -> Address:
        folded = _fold(file)
        self._owners[folded] = owner
        while "/" in folded:
            folded = folded.rpartition("/")[0]
            if folded in self._folders:
                break
            self._folders.add(folded)
        return Address(file)

    def _blocker(self, file: str) -> str | None:
        folded = _fold(file)
        if folded in self._owners:
            return self._owners[folded]
        if folded in self._folders:
            return f"the folder {file}/"
        while "/" in folded:
            folded = folded.rpartition("/")[0]
            if folded in self._folders:
                break
            if folded in self._owners:
                return self._owners[folded]
        return None


def number_file(file: str, number: int) -> str:
    """`a/x.html` → `a/x-2.html`, `a/x/index.html` → `a/x-2/index.html`."""
    folder, slash, name = file.rpartition("/")
    if name == "index.html" and folder:
        return f"{folder}-{number}/{name}"
    stem, dot, ending = name.rpartition(".")
    return f"{folder}{slash}{stem}-{number}{dot}{ending}"


def page_file(file: str, number: int) -> str:
    """Where page `number` of the list at `file` lives: `x.html` → `x/page/3.html`."""
    folder, slash, name = file.rpartition("/")
    if name == "index.html":
        return f"{folder}{slash}page/{number}.html"
    return f"{folder}{slash}{name.rpartition('.')[0]}/page/{number}.html"
