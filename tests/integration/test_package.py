"""The installed package stands alone: themes and all, in an empty folder."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_an_installed_backfile_starts_and_builds_a_site_in_an_empty_folder(tmp_path):
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheels, home, empty = tmp_path / "wheels", tmp_path / "home", tmp_path / "empty"
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, ROOT],
        check=True,
    )
    (wheel,) = wheels.glob("backfile-*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", home, wheel], check=True
    )
    empty.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(home)}

    def run(*arguments, folder):
        done = subprocess.run(
            arguments, cwd=folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    where = run(sys.executable, "-c", "import generator; print(generator.__file__)", folder=empty)
    assert Path(where.strip()).is_relative_to(home)
    run(sys.executable, home / "bin" / "backfile", "init", "mysite", folder=empty)
    said = run(sys.executable, home / "bin" / "backfile", "build", folder=empty / "mysite")
    assert "1 of 1 article published" in said
    assert list((empty / "mysite/output/assets").glob("style.*.css"))
    client = "import generator.serve.assets as assets; print(*assets.read_client())"
    assert run(sys.executable, "-c", client, folder=empty).split() == ["preview.js", "preview.css"]


def test_the_clients_can_be_bundled_where_no_package_is_installed_yet():
    """So does an isolated build of the wheel."""
    command = [sys.executable, "-S", "-c", "import generator.serve.bundle"]
    subprocess.run(command, cwd=ROOT, check=True)
