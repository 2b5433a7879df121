"""`backfile.toml` (or a Jekyll `_config.yml`) → `Config`, validated once."""

from generator.config.load import CONFIG_FILE, load_config
from generator.config.schema import (
    CardsConfig,
    Config,
    ContentConfig,
    DefaultsConfig,
    FeedsConfig,
    ListsConfig,
    MarkdownConfig,
    OutputConfig,
    PagesConfig,
    PermalinksConfig,
    SearchConfig,
    SiteConfig,
    ThemeConfig,
)

__all__ = [
    "CONFIG_FILE",
    "CardsConfig",
    "Config",
    "ContentConfig",
    "DefaultsConfig",
    "FeedsConfig",
    "ListsConfig",
    "MarkdownConfig",
    "OutputConfig",
    "PagesConfig",
    "PermalinksConfig",
    "SearchConfig",
    "SiteConfig",
    "ThemeConfig",
    "load_config",
]
