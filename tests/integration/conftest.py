"""Sites to build."""

import pytest
from building import SiteBuilder


@pytest.fixture
def site(tmp_path):
    """An empty site."""
    (tmp_path / "site").mkdir()
    return SiteBuilder(tmp_path / "site")
