"""Links lead to our pages where the plan has an answer, and are valid URLs where it has none."""

import pytest

from generator.source.targets import Targets, mend_url

TARGETS = Targets(
    {
        "old/a.html": "../a.html",
        "/b/#teil 1": "../b.html#teil 1",
        "//old.example/c?x=1": "../c.html",
    },
    "../../",
)


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("old/a.html", "../a.html"),
        (" old/a.html ", "../a.html"),
        ("//old.example/c?x=1", "../c.html"),
        ("/b/#teil 1", "../b.html#a-teil-1"),
        ("old/b.html", "old/b.html"),
        ("/old/b.html", "/old/b.html"),
        ("?page=2", "?page=2"),
    ],
)
def test_a_link_inside_the_archive_is_no_remote_one(raw, url):
    target = TARGETS.find(raw)
    assert target is not None
    assert target.url == url
    assert not target.is_remote


def test_a_file_of_the_old_root_is_found_from_ours():
    assert TARGETS.find_file("/img/a b.png").url == "../../img/a%20b.png"
    assert Targets({}, "").find_file("/img/a.png").url == "./img/a.png"
    assert TARGETS.find_file("img/a.png").url == "img/a.png"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("http://x.example/a?b=1&c=2", "http://x.example/a?b=1&c=2"),
        ("https://x.example/中文?问=答#节", "https://x.example/中文?问=答#节"),
        ("//x.example/a", "https://x.example/a"),
        ("\\\\x.example\\a", "https://x.example/a"),
        ("/\\x.example", "https://x.example"),
        ("HTTP:x.example", "http://x.example"),
        ("http:///x.example/a", "http://x.example/a"),
        (" http://x.example/a\nb\t", "http://x.example/ab"),
        ("http://x.example/a b|c[1]{2}^`\\d", "http://x.example/a%20b%7Cc%5B1%5D%7B2%7D%5E%60/d"),
        ("http://x.example/?a[0]=b|c\\d", "http://x.example/?a%5B0%5D=b%7Cc%5Cd"),
        ("http://x.example/100%", "http://x.example/100%25"),
        ("http://x.example/%e4%b8", "http://x.example/%e4%b8"),
        ("http://x.example/#a#b", "http://x.example/#a%23b"),
        ("http://user:word@x.example/", "http://x.example/"),
        ("http://x.example:8080/", "http://x.example:8080/"),
        ("http://x.example:/", "http://x.example/"),
        ("http://中文.example/", "http://xn--fiq228c.example/"),
        ("http://ｘ．example/", "http://x.example/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://127.0.0.1/a", "http://127.0.0.1/a"),
        ("mailto:a b@x.example", "mailto:a%20b@x.example"),
        ("tel:+86 10", "tel:+86%2010"),
        ("a\\b c", "a/b%20c"),
    ],
)
def test_urls_are_mended_as_browsers_read_them(raw, url):
    assert mend_url(raw) == url


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)", " java\nscript:alert(1)", "\x01javascript:x", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "ftp://x.example/", "C:\\a.html", "http://", "http:// /", "http://a b/",
        "http://x..example/", "http://.x/", "http://1.2.3.400/", "http://0x7f.1.1.1.1/", "http://x.example:99999/",
        "http://x.example:ab/", "http://[1/", "http://a%20b/", "http://a\u3002\u3002b/", "mailto:", "tel:",
    ],
)  # fmt: skip
def test_other_schemes_and_impossible_hosts_lead_nowhere(raw):
    assert mend_url(raw) is None


@pytest.mark.parametrize(
    "raw", ["a b", "http://x.example/a b|%", "//x.example/#a#b", "mailto:a b@c"]
)
def test_a_mended_url_needs_no_mending(raw):
    assert mend_url(mend_url(raw)) == mend_url(raw)
