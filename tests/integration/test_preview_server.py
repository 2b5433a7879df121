"""The preview over HTTP: pages, files, headers, refusals."""

import pytest
from building import post
from serving import serve

from generator.errors import UsageError
from generator.serve.server import bind

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

MEDIA = bytes(range(256)) * 40
FILES = {
    "backfile.toml": '# secret\n[site]\ntitle = "旧闻"\n',
    "content/2022-02-21-one.md": post("第一条", categories="news"),
    "content/2022-02-20-two.md": post("第二条", "2022-02-20 08:00:00 +0800", draft="true"),
    "content/2099-01-01-late.md": post("以后", "2099-01-01 08:00:00 +0800"),
    "content/2021-01-01-over.md": post("过期", "2021-01-01", expires="2021-06-01"),
    "static/a/film.mp4": MEDIA,
    "static/.hidden": "secret",
    "static/.well-known/security.txt": "Contact: mailto:a@b.example",
    "static/folder/index.html": "<body>own page</body>",
}
ONE = "/news/2022/02/21/one.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("served"), FILES) as site:
        yield site


def test_pages_come_with_the_script_and_their_type(site):
    for path in ("/", ONE, "/category/news.html", "/2022/", "/search/"):
        response = site.get(path)
        text = response.data.decode()
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert text.count('<script src="/_backfile/preview.js" data-session="') == 1
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_preview_has_its_own_files(site):
    script = site.get("/_backfile/preview.js")
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert site.get("/_backfile/preview.css").headers["Content-Type"] == "text/css; charset=utf-8"
    assert site.get("/_backfile/other.js").status == 404
    assert site.get("/_backfile/").status == 404


def test_a_page_that_is_not_there_is_the_sites_own(site):
    response = site.get("/nothing/here/")
    assert response.status == 404
    assert "preview.js" in response.data.decode()
    assert site.get("/nothing.css").headers["Content-Type"].startswith("text/plain")


def test_folders_and_names_without_endings_lead_to_pages(site):
    assert site.get("/2022").status == 307
    assert site.get("/2022?x=1").headers["Location"] == "/2022/?x=1"
    assert site.get(ONE.removesuffix(".html")).status == 200
    assert "own page" in site.text("/folder/")


def test_articles_that_are_not_published_are_marked(site):
    assert 'data-backfile-draft="draft"' in site.text("/2022/02/20/two.html")
    assert 'data-backfile-draft="future"' in site.text("/2099/01/01/late.html")
    assert 'data-backfile-draft="expired"' in site.text("/2021/01/01/over.html")
    assert "data-backfile-draft" not in site.text(ONE)
    assert "以后" in site.text("/")


def test_without_drafts_the_site_is_as_published(tmp_path):
    with serve(tmp_path / "site", FILES, drafts=False, future=False, expired=False) as site:
        for path in ("/2022/02/20/two.html", "/2099/01/01/late.html", "/2021/01/01/over.html"):
            assert site.get(path).status == 404
        assert "以后" not in site.text("/")


@pytest.mark.parametrize("path", [ONE, "/a/film.mp4", "/_backfile/preview.js"])
def test_what_the_browser_has_is_not_sent_again(site, path):
    tag = site.get(path).headers["ETag"]
    again = site.get(path, If_None_Match=tag)
    assert (again.status, again.data) == (304, b"")
    assert site.get(path, If_None_Match='"other"').status == 200


def test_parts_of_files_can_be_asked_for(site):
    whole = site.get("/a/film.mp4")
    assert (whole.status, whole.data) == (200, MEDIA)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Content-Type"] == "video/mp4"
    part = site.get("/a/film.mp4", Range="bytes=100-199")
    assert (part.status, part.data) == (206, MEDIA[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(MEDIA)}"
    assert site.get("/a/film.mp4", Range="bytes=-5").data == MEDIA[-5:]
    assert site.get("/a/film.mp4", Range=f"bytes={len(MEDIA)}-").status == 416


def test_a_head_is_a_page_without_its_body(site):
    head, page = site.get(ONE, "HEAD"), site.get(ONE)
    assert (head.status, head.data) == (200, b"")
    assert head.headers["Content-Length"] == page.headers["Content-Length"]


@pytest.mark.parametrize(
    "path",
    [
        "/../backfile.toml",
        "/..%2fbackfile.toml",
        "/%2e%2e/backfile.toml",
        "/%2e%2e%2fbackfile.toml",
        "/%252e%252e%252fbackfile.toml",
        "/..%5cbackfile.toml",
        "/..%c0%afbackfile.toml",
        "/%c0%ae%c0%ae/backfile.toml",
        "/..%u2216backfile.toml",
        "/....//backfile.toml",
        "/static/../backfile.toml",
        "/search/../../../backfile.toml",
        "/search/..%2f..%2f..%2fbackfile.toml",
        "/search/client/..%2f..%2f..%2fstate.db",
        "/a/film.mp4/../../../backfile.toml",
        "/.hidden",
        "/%2ehidden",
        "/.backfile/state.db",
        "/content/2022-02-21-one.md",
        "/backfile.toml",
        "//etc/passwd",
        "/a%00.html",
        "/file:///etc/passwd",
        "http://127.0.0.1/../backfile.toml",
        "/C:%5cWindows%5cwin.ini",
    ],
)
def test_no_path_leads_out_of_the_site(site, path):
    response = site.get(path)
    assert response.status == 404
    assert all(word not in response.data for word in (b"secret", b"root:", b"title:"))


def test_what_hosts_want_to_be_hidden_is_published(site):
    assert site.get("/.well-known/security.txt").status == 200


def test_foreign_hosts_and_origins_are_refused(site):
    assert site.get("/", Host="evil.example").status == 421
    assert site.get("/", Host=f"evil.example:{site.port}").status == 421
    assert site.get("/_backfile/events", Origin="http://evil.example").status == 403
    assert site.get("/_backfile/preview.js", Origin="null").status == 403
    with site.tab(Origin=f"http://127.0.0.1:{site.port}") as tab:
        assert tab.next("hello")["version"] >= 1


def test_writing_is_refused(site):
    response = site.get("/", "POST")
    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")


def test_headers_beyond_measure_are_refused(site):
    head = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"
    assert not site.send(head).startswith(b"HTTP/1.1 2")
    many = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 20_000 + b"\r\n"
    assert not site.send(many).startswith(b"HTTP/1.1 2")
    assert site.get("/").status == 200


@pytest.mark.parametrize(
    "data", [b"\x16\x03\x01\x02\x00\x01", b"GET /\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\r\n" * 99 + b"x y z\r\n\r\n"]
)  # fmt: skip
def test_what_is_no_request_is_answered_with_an_error_and_a_close(site, data):
    answer = site.send(data)
    assert not answer or answer.startswith(b"HTTP/1.1 4")
    assert site.get("/").status == 200


def test_clients_that_never_end_their_request_are_let_go(site, monkeypatch):
    monkeypatch.setattr("generator.serve.patience._ROUND", 0.1)
    assert site.send(b"GET / HTTP/1.1\r\nHost: 127.0") == b""
    assert site.send(b"") == b""
    assert site.get("/").status == 200


def test_an_open_stream_outlasts_the_patience_for_requests(site, monkeypatch):
    monkeypatch.setattr("generator.serve.patience._ROUND", 0.05)
    with site.tab() as tab:
        assert tab.next("hello")
        for number in range(3):
            site.write({"content/2022-02-21-one.md": post(f"第{number}版", categories="news")})
            assert tab.next("change")
    site.write(FILES)


def test_a_site_in_a_folder_is_served_there(tmp_path):
    files = {**FILES, "backfile.toml": '[site]\nbase_url = "https://paper.example/old"\n'}
    with serve(tmp_path / "site", files) as site:
        assert site.heard.url == f"http://127.0.0.1:{site.port}/old/"
        assert site.get("/").headers["Location"] == "/old/"
        assert site.get("/old").headers["Location"] == "/old/"
        assert 'src="/old/_backfile/preview.js"' in site.text("/old" + ONE)
        assert site.get(ONE).status == 404
        assert site.get("/_backfile/preview.js").status == 404
        assert site.get("/old/_backfile/preview.js").status == 200
        with site.tab("/old/", base="/old/") as tab:
            tab.next("hello")
            site.write({"content/2022-02-21-one.md": post("新题", categories="news")})
            assert "/old" + ONE in tab.next("change")["pages"]


def test_search_is_there_when_it_was_built_behind(site):
    assert site.get("/search/client/search.js").status == 200
    with site.tab() as tab:
        if not site.heard.is_built.is_set():
            tab.next("search")
    pointer = list((site.root / ".backfile/preview/search").glob("*.js"))
    assert pointer
    response = site.get(f"/search/{pointer[0].name}")
    assert (response.status, response.data) == (200, pointer[0].read_bytes())


def test_nothing_of_the_preview_reaches_the_output_of_a_build(site):
    assert not site.output.exists()
    site.build()
    for file, data in site.tree().items():
        assert b"_backfile" not in data, file
        assert b"data-backfile-draft" not in data, file
    assert b"\xe4\xbb\xa5\xe5\x90\x8e" not in site.tree()["index.html"]  # the article of 2099


def test_the_next_free_port_is_taken_unless_one_was_asked_for():
    with bind("127.0.0.1", None) as first, bind("127.0.0.1", None) as second:
        ports = first.getsockname()[1], second.getsockname()[1]
        assert 8000 <= ports[0] < ports[1]
        with pytest.raises(UsageError, match=f"cannot listen on 127.0.0.1:{ports[0]}"):
            bind("127.0.0.1", ports[0])
    with pytest.raises(UsageError, match="cannot listen on"):
        bind("no such host.invalid", 8000)
