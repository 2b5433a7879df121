"""A theme as one value: found, chained to those it extends, overridden by the site, read once.

A `Theme` is a snapshot: workers get it whole and read no theme file themselves, so that every page
of a build shows the same theme, and `digest` says exactly what was shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import ThemeError
from generator.render.assets import Asset, fingerprint_assets
from generator.render.hints import hint_nearest
from generator.render.layers import Layer, LayerFile, list_part, show_path
from generator.render.messages import Catalogue, parse_toml, read_messages
from generator.render.survey import Survey, pack_survey, survey_templates, unpack_survey

MANIFEST = "theme.toml"

# The templates Backfile renders; every other one is the theme's own business.
PAGE_TEMPLATES = (
    "404.html",
    "article.html",
    "dates.html",
    "home.html",
    "list.html",
    "redirect.html",
    "terms.html",
)


# A theme may make its teasers once an article; see `Teaser`.
TEASER_TEMPLATE = "teaser.html"
# A theme without this template has no search page.
SEARCH_TEMPLATE = "search.html"
# A theme without this template makes no cards.
CARD_TEMPLATE = "card.svg"
_SURVEYED = (*PAGE_TEMPLATES, TEASER_TEMPLATE, SEARCH_TEMPLATE, CARD_TEMPLATE)


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`theme.toml`."""

    name: str = ""  # as people read it; the folder's name is what configurations write
    description: str = ""
    version: str = ""
    author: str = ""
    license: str = ""
    homepage: str = ""
    extends: str = ""  # the theme whose files stand in for those this one lacks
    params: dict[str, Any] = {}  # defaults of `site.params`


class Template(msgspec.Struct, frozen=True):
    """The source of one template, and its file as messages name it."""

    source: str
    shown: str


class Theme(msgspec.Struct, frozen=True):
    """A theme with all it extends and all the site overrides.

    `templates` holds every file by its name (`article.html`: the nearest one) and by theme and
    name (`default/article.html`: that theme's own). `digest` changes with any file's content,
    `common_digest` with that of any file but the templates.
    """

    name: str
    shown: str  # the theme's folder, as messages name it
    params: dict[str, Any]
    templates: dict[str, Template]
    messages: Catalogue
    assets: tuple[Asset, ...]
    survey: Survey
    digest: str
    common_digest: str

    def pack_survey(self) -> bytes:
        """Pack what `load_theme` takes as `surveyed`."""
        return pack_survey(self.survey, _sources(self.templates), _SURVEYED)


def load_theme(
    name: str, *, site_root: Path, themes: Sequence[Path], surveyed: bytes = b""
) -> Theme:
    """Read the theme `name` for the site in `site_root`.

    It is looked for in the site's `themes/`, then in each folder of `themes`. The site's own
    `templates/`, `assets/` and `messages/` come before the theme's, file by file. `surveyed` is
    what an earlier theme's `pack_survey` gave: templates that are still the same need no parsing.
    Raises ThemeError for a theme that does not exist or is not whole, with file and line.
    """
    site_root = site_root.absolute()
    homes = [site_root / "themes", *(home.absolute() for home in themes)]
    own = Layer("", site_root, "")
    layers, manifests = [own], []
    wanted, asked_by = name, ""
    while wanted:
        layer = _find(wanted, homes, site_root, asked_by)
        names = [known.theme for known in layers[1:]]
        if wanted in names:
            raise ThemeError(
                f"themes extend one another in a circle: {' → '.join((*names, wanted))}",
                path=asked_by,
                hint="a theme cannot extend itself, not even through others",
            )
        asked_by = f"{layer.shown}/{MANIFEST}"
        manifest = _read_manifest(layer, asked_by)
        layers.append(layer)
        manifests.append(manifest)
        wanted = manifest.extends
    params: dict[str, Any] = {}
    for manifest in reversed(manifests):
        params.update(manifest.params)
    return _assemble(layers, params, surveyed)


def _find(name: str, homes: Sequence[Path], site_root: Path, asked_by: str) -> Layer:
    is_plain = name not in {".", ".."} and not set(name) & set("/\\")
    for home in homes:
        folder = home / name
        if is_plain and folder.is_dir():
            return Layer(name, folder, show_path(folder, site_root))
    known = {
        path.name for home in homes if home.is_dir() for path in home.iterdir() if path.is_dir()
    }
    hint = hint_nearest(name, known)
    raise ThemeError(
        f"there is no theme `{name}`",
        path=asked_by,
        hint=hint or f"there is: {', '.join(sorted(known)) or 'none'}",
    )


def _read_manifest(layer: Layer, shown: str) -> Manifest:
    """Read `theme.toml`; a theme without one extends nothing."""
    path = layer.folder / MANIFEST
    if not path.is_file():
        return Manifest()
    data = parse_toml(LayerFile(MANIFEST, path, shown, layer.theme))
    for key in data:
        if key not in Manifest.__struct_fields__:
            raise ThemeError(
                f"unknown key `{key}`",
                path=shown,
                hint=hint_nearest(key, Manifest.__struct_fields__)
                or f"the keys are: {', '.join(Manifest.__struct_fields__)}",
            )
    try:
        return msgspec.convert(data, Manifest)
    except msgspec.ValidationError as error:
        raise ThemeError(str(error), path=shown, hint="see docs/themes.md") from error


def _assemble(layers: Sequence[Layer], params: dict[str, Any], surveyed: bytes) -> Theme:
    templates: dict[str, Template] = {}
    messages: list[LayerFile] = []
    assets: list[list[LayerFile]] = []
    for layer in layers:
        for file in list_part(layer, "templates"):
            template = Template(file.text(), file.shown)
            templates.setdefault(file.name, template)
            if layer.theme:
                templates.setdefault(f"{layer.theme}/{file.name}", template)
        messages += list_part(layer, "messages")
        assets.append(list_part(layer, "assets"))
    theme = layers[1]
    for name in PAGE_TEMPLATES:
        if name not in templates:
            raise ThemeError(
                f"the theme has no template `{name}`",
                path=f"{theme.shown}/templates",
                hint=f'add it, or write `extends = "default"` in {MANIFEST}',
            )
    finished = fingerprint_assets(assets)
    catalogue = read_messages(messages)
    sources = _sources(templates)
    return Theme(
        name=theme.theme,
        shown=theme.shown,
        params=params,
        templates=templates,
        messages=catalogue,
        assets=finished,
        survey=unpack_survey(surveyed, sources, _SURVEYED) or survey_templates(sources, _SURVEYED),
        digest=_digest(templates, catalogue, finished, params),
        common_digest=_digest({}, catalogue, finished, params),
    )


def _sources(templates: dict[str, Template]) -> dict[str, tuple[str, str]]:
    return {name: (template.source, template.shown) for name, template in templates.items()}


def _digest(
    templates: dict[str, Template],
    messages: Catalogue,
    assets: Iterable[Asset],
    params: dict[str, Any],
) -> str:
    """Hash all that can show on a page, in a fixed order. Where the files lie does not count."""
    parts = [
        {name: template.source for name, template in templates.items()},
        {
            language: {key: (message.other, message.forms) for key, message in known.items()}
            for language, known in messages.items()
        },
        [asset.file for asset in assets],  # the name carries the content's hash
        params,
    ]
    data = msgspec.json.encode(parts, order="sorted")
    return hashlib.blake2b(data, digest_size=16).hexdigest()
