"""Fixtures of the render stage: the tiny theme, loaded, and a configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tiny_site import TINY, write_files

from generator.config import Config, FeedsConfig, SiteConfig
from generator.render import Theme, load_theme

ThemeMaker = Callable[..., Theme]


@pytest.fixture
def site_root(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    return root


@pytest.fixture
def make_theme(site_root: Path, tmp_path: Path) -> ThemeMaker:
    """Load the tiny theme with files of the theme and of the site changed or added."""

    def make(files: Mapping[str, str | bytes] = {}, site: Mapping[str, str | bytes] = {}) -> Theme:
        write_files(tmp_path / "themes" / "tiny", {**TINY, **files})
        write_files(site_root, site)
        return load_theme("tiny", site_root=site_root, themes=[tmp_path / "themes"])

    return make


@pytest.fixture
def config() -> Config:
    return Config(
        site=SiteConfig(
            title="Old News",
            description="A paper's archive",
            base_url="https://news.example/old",
            language="en",
        ),
        feeds=FeedsConfig(category_formats=("rss", "atom", "json")),
    )
