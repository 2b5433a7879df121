"""Whole output trees, byte for byte. `make golden` writes them anew: read the diff."""

import pytest
from building import read_tree
from golden.golden import HERE, build_golden, golden_sites


@pytest.mark.parametrize("name", golden_sites())
def test_a_site_is_built_as_it_was_before(name, tmp_path):
    built = read_tree(build_golden(name, tmp_path))
    expected = read_tree(HERE / name / "expected")
    assert sorted(built) == sorted(expected)
    changed = [file for file in built if built[file] != expected[file]]
    assert changed == []
