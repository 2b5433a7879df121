"""The manifest: which files in the output folder are ours, and a digest of each.

It lives in the output folder itself (`.backfile/manifest`), so that whatever happens to the rest
of the state, a build knows what it may overwrite and prune.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from generator.publish.folder import STATE

# First line of the file; another version's manifest is treated as none.
_HEADER = "backfile manifest 1"

Manifest = Mapping[str, str]
"""Output file, relative with `/` → digest in hexadecimal."""


def manifest_file(output: Path) -> Path:
    """Where the manifest of an output folder is."""
    return output / STATE / "manifest"


def read_manifest(output: Path) -> Manifest:
    """What the last build wrote; empty where there was none or its manifest is damaged."""
    try:
        text = manifest_file(output).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    header, *lines = text.split("\n")
    if header != _HEADER:
        return {}
    parts = [line.partition("  ") for line in lines]
    return {file: digest for digest, mark, file in parts if mark}


def write_manifest(output: Path, manifest: Manifest) -> None:
    """Write the manifest in place of the last one, atomically and in a stable order."""
    lines = [f"{manifest[file]}  {file}" for file in sorted(manifest)]
    data = "\n".join((_HEADER, *lines)) + "\n"
    target = manifest_file(output)
    fresh = target.with_name("manifest.new")
    with fresh.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(target)
