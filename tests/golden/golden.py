"""The golden sites: how they are built, and writing their expected trees anew.

    python tests/golden/golden.py    (make golden)

Each folder `<site>/source` is a site; `<site>/expected` holds every file that a build writes.
"""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from generator.build import BuildOptions, build_site
from generator.search.assets import client_name

HERE = Path(__file__).parent
CLOCK = datetime(2022, 6, 1, tzinfo=UTC)


def golden_sites() -> list[str]:
    """The names of the golden sites."""
    return sorted(path.parent.name for path in HERE.glob("*/source"))


def build_golden(name: str, folder: Path) -> Path:
    """Build a golden site from a copy in `folder`; the output folder."""
    root = folder / "site"
    shutil.copytree(HERE / name / "source", root)
    build_site(BuildOptions(root=root, clock=CLOCK, output=folder / "output"))
    shutil.rmtree(folder / "output" / ".backfile")
    # Bundled from npm: lunr.js is not ours to keep; nor the pointer, which names the bundle.
    search = folder / "output" / "search"
    shutil.rmtree(search / "client")
    shutil.rmtree(search / "kept" / client_name())
    (search / "index.js").unlink()
    return folder / "output"


def refresh() -> None:
    """Write every expected tree anew."""
    for name in golden_sites():
        with tempfile.TemporaryDirectory() as folder:
            output = build_golden(name, Path(folder))
            expected = HERE / name / "expected"
            shutil.rmtree(expected, ignore_errors=True)
            shutil.copytree(output, expected)


if __name__ == "__main__":
    refresh()
