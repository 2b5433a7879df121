"""The picture that a page names for previews of links to it."""

from __future__ import annotations

import re

import pytest
from building import SiteBuilder, post

ARTICLE = "a/2022/02/21/x.html"


@pytest.mark.parametrize(
    ("setting", "body", "picture"),
    [
        ("", "<p>正文。</p>", ""),
        ("card.png", "<p>正文。</p>", "https://archive.example/card.png"),
        ("/题图 1.png", "<p>正文。</p>", "https://archive.example/%E9%A2%98%E5%9B%BE%201.png"),
        ("https://cdn.example/1.png", "<p>正文。</p>", "https://cdn.example/1.png"),
        ("card.png", '<p><img src="/own.png" alt=""></p>', "https://archive.example/own.png"),
    ],
    ids=["none", "the site's", "odd name", "another host's", "the article's own"],
)
def test_a_page_names_its_own_picture_else_the_site_s(tmp_path, setting, body, picture):
    site = SiteBuilder(tmp_path)
    site.build({
        "backfile.toml": f'[site]\nimage = "{setting}"\n[cards]\nmake = "never"\n',
        "static/own.png": b"png",
        "content/x.md": post(body=body, categories="a"),
    })  # fmt: skip
    page = site.page(ARTICLE)
    found = re.search(r'property="og:image" content="([^"]*)"', page)
    assert (found[1] if found else "") == picture
    size = "summary_large_image" if picture else "summary"
    assert f'<meta name="twitter:card" content="{size}">' in page


def test_a_site_without_an_address_names_no_picture_of_its_own(tmp_path):
    site = SiteBuilder(tmp_path)
    site.build(
        {"backfile.toml": '[site]\nimage = "card.png"\n', "content/x.md": post(categories="a")},
        base_url=None,
    )
    assert "og:image" not in site.page(ARTICLE)
