"""Opening a site: configuration, theme, and an output folder that may be written."""

from __future__ import annotations

from pathlib import Path

import msgspec

import generator
from generator.build.options import BuildOptions
from generator.config import Config, load_config
from generator.errors import SourceError
from generator.publish import check_output
from generator.render import Theme, load_theme


class Site(msgspec.Struct, frozen=True):
    """A site as it was opened. `root` and `output` are absolute."""

    root: Path
    output: Path
    config: Config
    theme: Theme


def open_site(options: BuildOptions) -> Site:
    """Open the site in `options.root`. Raises SourceError, ConfigError, ThemeError, OutputError."""
    root = options.root.resolve()
    if not root.is_dir():
        raise SourceError(
            "there is no such folder", path=str(options.root), hint="name the site's folder"
        )
    config = load_config(root, base_url=options.base_url)
    output = (options.output or root / config.output.folder).resolve()
    folders = (
        root,
        *(root / name for name in (*config.content.roots, "content", "_posts", "themes", "seeds")),
    )
    check_output(output, folders)
    theme = load_theme(config.theme.name, site_root=root, themes=theme_folders())
    return Site(root, output, config, theme)


def theme_folders() -> tuple[Path, ...]:
    """Where the shipped themes are: inside an installed package, or beside it in a checkout."""
    package = Path(generator.__file__).parent
    return tuple(
        folder for folder in (package / "themes", package.parent / "themes") if folder.is_dir()
    )
