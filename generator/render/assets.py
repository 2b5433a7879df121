"""A theme's style sheets, scripts and pictures, under names that carry their content's hash.

`style.css` is published as `assets/style.1a2b3c4d.css`, so that hosts may let browsers keep it for
ever. References from style sheets to files beside them are rewritten to these names, and a
theme's style sheets lose their comments and spaces.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import msgspec
from rcssmin import cssmin

from generator.errors import ThemeError
from generator.render.hints import hint_nearest
from generator.render.layers import LayerFile
from generator.text.address import quote_path
from generator.text.patterns import late

_FOLDER = "assets"

# CSS Syntax Level 3: comments and strings are matched so that what looks like a reference inside
# them is left alone; an @import may give its target as a bare string.
_CSS_REFERENCE = late(
    r"""/\*.*?\*/
    | (?P<head>@import\s+)(?P<import>"[^"\n]*"|'[^'\n]*')
    | (?P<open>url\(\s*)(?P<url>"[^"\n]*"|'[^'\n]*'|[^)'"\s]*)(?P<close>\s*\))
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# Another host, data, a place in the same document, or an address from the host's root.
_NOT_A_SIBLING = late(r"[a-z][a-z0-9+.-]*:|/|[?#]|$", re.IGNORECASE)


class Asset(msgspec.Struct, frozen=True):
    """One file to publish. `name` is what templates call it, `file` where it is written."""

    name: str
    file: str  # relative to the output folder
    path: Path  # the file it comes from
    data: bytes | None = None  # the content where it was rewritten; None: copy `path`


class _Shelf(msgspec.Struct, frozen=True):
    """Assets while they are fingerprinted, by name."""

    nearest: Mapping[str, LayerFile]
    originals: Mapping[str, LayerFile]
    done: dict[str, Asset]

    def find(self, name: str) -> LayerFile | None:
        return self.nearest.get(name) or self.originals.get(name)


def fingerprint_assets(layers: Iterable[Iterable[LayerFile]]) -> tuple[Asset, ...]:
    """Give every asset its published name and rewrite style sheets to match, ordered by name.

    `layers` come nearest first; the first file of a name is published. A theme's own file that is
    replaced is published too, as `default/style.css`, where a style sheet asks for it by that
    name. Raises ThemeError for a theme's style sheet that names a missing sibling, and for style
    sheets that import one another in a circle.
    """
    nearest: dict[str, LayerFile] = {}
    originals: dict[str, LayerFile] = {}
    for file in (file for layer in layers for file in layer):
        nearest.setdefault(file.name, file)
        if file.theme:
            originals[f"{file.theme}/{file.name}"] = file
    shelf = _Shelf(nearest, originals, {})
    for name in sorted(nearest):
        _finish(name, nearest[name], shelf, ())
    return tuple(shelf.done[name] for name in sorted(shelf.done))


def _finish(name: str, file: LayerFile, shelf: _Shelf, above: tuple[str, ...]) -> Asset:
    """Fingerprint one asset after those it refers to: their names are part of its content."""
    if name in shelf.done:
        return shelf.done[name]
    if name in above:
        raise ThemeError(
            f"style sheets import one another in a circle: {' → '.join((*above, name))}",
            path=file.shown,
            hint='a sheet that replaces another imports it by its theme: "default/style.css"',
        )
    original = data = file.read()
    if name.endswith(".css"):
        data = _rewrite_sheet(original, name, file, shelf, (*above, name))
    path = PurePosixPath(_FOLDER, name)
    digest = hashlib.blake2b(data, digest_size=4).hexdigest()
    published = str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))
    shelf.done[name] = Asset(name, published, file.path, None if data == original else data)
    return shelf.done[name]


def _rewrite_sheet(
    data: bytes, name: str, file: LayerFile, shelf: _Shelf, above: tuple[str, ...]
) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data  # CSS may declare another charset; such a sheet is published as it is
    here = posixpath.dirname(f"{_FOLDER}/{name}")

    def replace(match: re.Match[str]) -> str:
        reference: str = (match["import"] or match["url"] or "").strip("\"'")
        if _NOT_A_SIBLING.match(reference):
            return match[0]
        path = re.split(r"[?#]", reference, maxsplit=1)[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file.name), unquote(path)))
        sibling = shelf.find(target)
        if sibling is None:
            _refuse_missing(reference, target, file, shelf, match)
            return match[0]
        way = posixpath.relpath(_finish(target, sibling, shelf, above).file, here)
        new = f'"{quote_path(way)}{reference[len(path) :]}"'
        return f"{match['head'] or match['open']}{new}{match['close'] or ''}"

    rewritten = _CSS_REFERENCE.sub(replace, text)
    # A site's own sheets may be years old and rest on old tricks: they stay as they were written.
    return (cssmin(rewritten) if file.theme else rewritten).encode("utf-8")


def _refuse_missing(
    reference: str, target: str, file: LayerFile, shelf: _Shelf, match: re.Match[str]
) -> None:
    """Raise ThemeError for a reference to an asset that is not there.

    Only in a theme: a site's own sheets may be years old and name what is long gone. And only
    inside the folder of assets: what lies outside are other files of the site.
    """
    if target.startswith("../") or not file.theme:
        return
    raise ThemeError(
        f"the style sheet names `{reference}`, which is not among the assets",
        path=file.shown,
        line=match.string.count("\n", 0, match.start()) + 1,
        hint=hint_nearest(target, shelf.nearest) or "put the file beside the style sheet",
    )
