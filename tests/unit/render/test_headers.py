"""`_headers`: the policy pages work under, and what may be kept for ever."""

from __future__ import annotations

import msgspec
from tiny_site import with_site

from generator.config import ContentConfig, SearchConfig
from generator.render import render_headers


def with_content(config, **changes):
    return msgspec.structs.replace(config, content=ContentConfig(**changes))


def test_pages_may_load_from_their_own_host_alone(make_theme, config):
    text = render_headers(with_site(config, base_url=""), make_theme().assets).decode()
    assert text.startswith("/*\n  Content-Security-Policy: default-src 'none'; style-src 'self';")
    assert "http" not in text
    assert "unsafe" not in text


def test_assets_are_kept_for_ever_in_the_folder_of_the_site(make_theme, config):
    theme = make_theme()
    lines = render_headers(config, theme.assets).decode().splitlines()
    assert lines[0] == "/old/*"
    at = lines.index(f"/old/{theme.assets[0].file}")
    assert lines[at + 1] == "  Cache-Control: public, max-age=31536000, immutable"


def test_the_search_index_is_kept_for_ever_but_for_its_pointer(config):
    lines = render_headers(config, ()).decode().splitlines()
    at = lines.index("/old/search/kept/*")
    assert lines[at + 1] == "  Cache-Control: public, max-age=31536000, immutable"
    off = msgspec.structs.replace(config, search=SearchConfig(enabled=False))
    assert "search" not in render_headers(off, ()).decode()


def test_remote_pictures_are_allowed_where_the_site_keeps_them(make_theme, config):
    text = render_headers(with_content(config, remote_images="keep"), ()).decode()
    assert "img-src 'self' data: http: https:;" in text


def test_a_site_that_trusts_its_articles_sets_them_no_policy(config):
    assert b"Content-Security-Policy" not in render_headers(
        with_content(config, html="trusted"), ()
    )


def test_a_theme_of_very_many_assets_keeps_to_what_hosts_read(make_theme, config):
    theme = make_theme({f"assets/{number}.svg": "<svg/>" for number in range(150)})
    lines = render_headers(config, theme.assets).decode().splitlines()
    assert sum(line.startswith("/") for line in lines) == 100
