"""A page's file, its URL, and the way from page to page."""

import pytest

from generator.text.address import Address


@pytest.mark.parametrize(
    ("file", "path", "href", "root"),
    [
        ("index.html", "/", "index.html", ""),
        ("a/index.html", "/a/", "a/index.html", "../"),
        ("a/b/c.html", "/a/b/c.html", "a/b/c.html", "../../"),
        ("category/a  b(c).html", "/category/a%20%20b(c).html", "category/a%20%20b(c).html", "../"),
        ("x/标题.html", "/x/%E6%A0%87%E9%A2%98.html", "x/%E6%A0%87%E9%A2%98.html", "../"),
    ],
)
def test_addresses(file, path, href, root):
    address = Address(file)
    assert (address.path, address.href, address.root) == (path, href, root)
