"""The folders a theme is made of, read once: nearest first, the first file of a name wins.

A layer is a folder with `templates/`, `assets/` and `messages/`: the site itself, then the theme,
then the themes it extends.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import msgspec

from generator.errors import ThemeError


class Layer(msgspec.Struct, frozen=True):
    """One folder. `theme` is the theme's name, "" for the site's own folders."""

    theme: str
    folder: Path
    shown: str  # the folder as messages name it: relative to the site where it lies inside


class LayerFile(msgspec.Struct, frozen=True):
    """One file of a layer. `name` is relative to its part (`templates`), with `/`, in NFC."""

    name: str
    path: Path
    shown: str
    theme: str  # as in Layer

    def read(self) -> bytes:
        """Read the file. Raises ThemeError where it cannot be read."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise ThemeError(
                f"the file cannot be read: {error.strerror}",
                path=self.shown,
                hint="check its permissions",
            ) from error

    def text(self) -> str:
        """Read the file as text. Raises ThemeError where it is not UTF-8."""
        data = self.read()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ThemeError(
                "the file is not UTF-8",
                path=self.shown,
                line=data.count(b"\n", 0, error.start) + 1,
                hint="save it as UTF-8 text",
            ) from error


def show_path(path: Path, site_root: Path) -> str:
    """Name a path as the user knows it: relative to the site where it lies inside, else in full."""
    try:
        return path.relative_to(site_root).as_posix()
    except ValueError:
        return path.as_posix()


def list_part(layer: Layer, part: str) -> list[LayerFile]:
    """List every file below `part` of a layer, by name. Hidden and backup files do not count."""
    folder = layer.folder / part
    found = []
    for path in folder.rglob("*"):
        inner = path.relative_to(folder)
        if any(_is_hidden(name) for name in inner.parts) or not path.is_file():
            continue
        name = unicodedata.normalize("NFC", inner.as_posix())
        shown = "/".join(piece for piece in (layer.shown, part, inner.as_posix()) if piece)
        found.append(LayerFile(name, path, shown, layer.theme))
    return sorted(found, key=lambda file: file.name)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.endswith("~")
