"""Opening a site whole: its folders and its theme."""

from __future__ import annotations

from generator.build.options import BuildOptions
from generator.build.place import Place, open_place, theme_folders
from generator.render import Theme, load_theme


class Site(Place, frozen=True):
    """A site as it was opened."""

    theme: Theme


def open_site(options: BuildOptions) -> Site:
    """Open the site in `options.root`. Raises SourceError, ConfigError, ThemeError, OutputError."""
    return load_site(open_place(options))


def load_site(place: Place) -> Site:
    """Add the theme. Raises ThemeError."""
    theme = load_theme(place.config.theme.name, site_root=place.root, themes=theme_folders())
    return Site(place.root, place.output, place.config, theme)
