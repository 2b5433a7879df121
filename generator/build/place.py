"""Opening a site's folders: configuration, and an output folder that may be written."""

from __future__ import annotations

from pathlib import Path

import msgspec

import generator
from generator.build.options import BuildOptions
from generator.config import Config, load_config
from generator.errors import SourceError
from generator.publish import check_output

# The site's own parts of a theme, beside `themes/`.
THEME_PARTS = ("templates", "assets", "messages")


class Place(msgspec.Struct, frozen=True):
    """Where a site is and what it is set to. `root` and `output` are absolute."""

    root: Path
    output: Path
    config: Config

    @property
    def state(self) -> Path:
        """The folder of what builds remember."""
        return self.root / ".backfile"


def open_place(options: BuildOptions) -> Place:
    """Open the folder in `options.root`. Raises SourceError, ConfigError, OutputError."""
    root = options.root.resolve()
    if not root.is_dir():
        raise SourceError(
            "there is no such folder", path=str(options.root), hint="name the site's folder"
        )
    config = load_config(root, base_url=options.base_url)
    output = (options.output or root / config.output.folder).resolve()
    names = (*config.content.roots, "content", "_posts", "themes", "seeds")
    check_output(output, (root, *(root / name for name in names)))
    return Place(root, output, config)


def theme_folders() -> tuple[Path, ...]:
    """Where the shipped themes are: inside an installed package, or beside it in a checkout."""
    package = Path(generator.__file__).parent
    return tuple(
        folder for folder in (package / "themes", package.parent / "themes") if folder.is_dir()
    )
