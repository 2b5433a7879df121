"""Who may ask, and for what."""

import pytest
from loops import run_apart
from starlette.responses import PlainTextResponse

from generator.serve.guard import Guard, is_plain, is_public


def ask(path="/", *, host="127.0.0.1:8000", headers=(), method="GET", listens="127.0.0.1"):
    """The status of an answer."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    fields = [(b"host", host.encode())] if host is not None else []
    fields += [(name.encode(), value.encode()) for name, value in headers]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": fields,
    }
    run_apart(Guard(PlainTextResponse("passed"), listens)(scope, receive, send))
    return sent[0]["status"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "LOCALHOST:9", "[::1]:8000", "localhost.", "127.0.0.1"]
)
def test_this_machine_is_answered(host):
    assert ask(host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "localhost@evil.example",
        "192.168.1.5:8000",
        "",
        "localhost:8000:8000",
        "localhost evil",
        None,
    ],
)
def test_a_name_that_may_lead_here_from_elsewhere_is_refused(host):
    assert ask(host=host) == 421


def test_two_hosts_are_refused():
    assert ask(headers=[("host", "localhost")]) == 421


def test_the_address_that_was_asked_for_is_answered():
    assert ask(host="192.168.1.5:8000", listens="192.168.1.5") == 200
    assert ask(host="news.local:8000", listens="news.local") == 200


def test_a_public_preview_is_reached_by_number_and_by_no_foreign_name():
    assert ask(host="192.168.1.5:8000", listens="0.0.0.0") == 200
    assert ask(host="[fe80::1]:8000", listens="::") == 200
    assert ask(host="evil.example", listens="0.0.0.0") == 421
    assert is_public("0.0.0.0")
    assert is_public("::")
    assert is_public("192.168.1.5")
    assert not is_public("127.0.0.1")
    assert not is_public("::1")
    assert not is_public("localhost")


@pytest.mark.parametrize("path", ["/_backfile/events", "/news/_backfile/preview.js"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([], 200),
        ([("origin", "http://127.0.0.1:8000")], 200),
        ([("origin", "http://evil.example")], 403),
        ([("origin", "http://127.0.0.1:8001")], 403),
        ([("origin", "http://localhost:8000")], 403),
        ([("origin", "null")], 403),
        ([("sec-fetch-site", "cross-site")], 403),
        ([("sec-fetch-site", "same-site")], 403),
        ([("sec-fetch-site", "same-origin")], 200),
    ],
)
def test_the_channel_is_open_to_the_previews_own_pages_alone(path, headers, status):
    assert ask(path, headers=headers) == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"])
def test_nothing_can_be_changed(method):
    assert ask(method=method) == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../backfile.toml",
        "/a/../../etc/passwd",
        "/..",
        "/.git/config",
        "/.backfile/state.db",
        "/a/.hidden",
        "/a\\..\\b",
        "/a\x00.html",
        "/a\nb",
        "/.well-known/../backfile.toml",
        "/.well-known/.hidden",
    ],
)
def test_ways_out_and_hidden_files_are_no_pages(path):
    assert not is_plain(path)
    assert ask(path) == 404


def test_what_hosts_want_to_be_hidden_is_shown():
    assert is_plain("/.well-known/security.txt")
    assert is_plain("/新闻/2022/index.html")
    assert is_plain("/a..b/c...html")


def test_an_address_beyond_measure_is_refused():
    assert ask("/" + "a" * 5000) == 414
