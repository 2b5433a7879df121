"""Fixtures and settings for all tests."""

import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import settings

# Examples are drawn from a fixed seed, so that a run says the same twice, and a slow machine is
# no failure.
settings.register_profile("backfile", deadline=None, derandomize=True, database=None)
settings.load_profile("backfile")

SHARED = Path(os.environ.get("BACKFILE_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def corpora(tmp_path_factory):
    """The real archives, unpacked; skips where they are not."""
    archives = sorted((SHARED / "corpora").glob("*.tar.gz"))
    if not archives:
        pytest.skip(f"no real archives in {SHARED}: set BACKFILE_SHARED")
    folder = tmp_path_factory.mktemp("corpora")
    for archive in archives:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return folder
