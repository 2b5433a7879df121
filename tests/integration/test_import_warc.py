"""WARC files: every page in them becomes an article at the address it had."""

import gzip
import io
import tracemalloc
from pathlib import Path
from zipfile import ZipFile

import frontmatter
import pytest
from building import SiteBuilder

from generator.ingest import ImportStatus, import_captures
from generator.model import Severity

TEXT = "央行今天发布公告，决定下调存款准备金率。市场对此反应积极，三大股指高开高走。"
OLD = "http://old.example"


def page(title, text="", charset="utf-8"):
    body = f"<h1>{title}</h1><p>2013-05-06 07:29 来源：旧报</p><p>{TEXT}{text}</p><p>{TEXT}见<a href='/news/2.html'>另一篇</a>。</p>"
    return f"<html><head><meta charset={charset}><title>{title}</title></head><body>{body}</body></html>".encode(
        charset
    )


def warc(*answers, packed=True):
    """A file of answers: address, data, and what differs from a page of 2014."""
    records = [record("warcinfo", "", b"software: x")]
    for address, data, *rest in answers:
        said = {
            "kind": "text/html",
            "status": "200 OK",
            "date": "2014-01-02T03:04:05Z",
            "headers": (),
        }
        said |= rest[0] if rest else {}
        head = [f"HTTP/1.1 {said['status']}", f"Content-Type: {said['kind']}"]
        head += [f"{name}: {value}" for name, value in said["headers"]]
        http = "\r\n".join(head).encode() + b"\r\n\r\n" + data
        records.append(record("request", address, b"GET / HTTP/1.0\r\n\r\n", said["date"]))
        records.append(record("response", address, http, said["date"]))
    return b"".join(map(gzip.compress, records) if packed else records)


def record(kind, address, body, date="2014-01-02T03:04:05Z"):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(body), body)


@pytest.fixture
def run(tmp_path: Path):
    def run(files=None, hosts=()):
        for name, data in (files or {}).items():
            place = tmp_path / "seeds" / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(data)
        return import_captures(
            [tmp_path / "seeds"], root=tmp_path, content=tmp_path / "content", hosts=hosts
        )

    return run


def outcomes(report):
    return {
        one.capture.partition("#")[2]: (one.status.value, one.article) for one in report.outcomes
    }


def codes(report):
    return [one.code for one in report.diagnostics]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_becomes_an_article_that_lives_where_it_lived(run, tmp_path, packed):
    report = run({"a.warc.gz": warc((f"{OLD}/news/1.html", page("降准公告发布")), packed=packed)})
    name = "20140102030405/http://old.example/news/1.html"
    assert outcomes(report) == {name: ("imported", "content/posts/2013-05-06-1.md")}
    article = frontmatter.load(str(tmp_path / "content/posts/2013-05-06-1.md"))
    assert article["title"] == "降准公告发布"
    assert article["source_url"] == article["url"] == f"{OLD}/news/1.html"
    assert article["captured"] == "2014-01-02T03:04:05Z"
    assert f'href="{OLD}/news/2.html"' in article.content
    assert codes(report) == ["import/boilerplate-cut", "import/hosts"]
    site = SiteBuilder(tmp_path)
    built = site.build({"backfile.toml": '[content]\nhosts = ["old.example"]\n'})
    assert [one.url for one in built.outcomes] == ["/news/1.html"]
    again = run(hosts=["old.example"])
    assert outcomes(again) == {name: ("unchanged", "content/posts/2013-05-06-1.md")}
    assert "import/hosts" not in codes(again)


def test_only_answers_that_are_pages_are_read_and_the_others_are_counted(run):
    report = run(
        {
            "a.warc.gz": warc(
                (f"{OLD}/1.html", page("降准公告发布")),
                (f"{OLD}/p.png", b"\x89PNG", {"kind": "image/png"}),
                (f"{OLD}/q.png", b"\x89PNG", {"kind": "image/png"}),
                (f"{OLD}/gone.html", page("没有这一页"), {"status": "404 Not Found"}),
                (f"{OLD}/list.html", b"<html><body><a href=1>1</a></body></html>"),
                ("dns:old.example", b"x"),
                ("http://[old.example/", page("没有这一页")),
            )
        }
    )
    assert list(outcomes(report).values()) == [
        ("imported", "content/posts/2013-05-06-1.md"),
        ("passed-over", ""),
    ]
    told = [
        one.message.partition(": ")[2]
        for one in report.diagnostics
        if one.code == "import/passed-over"
    ]
    assert told == ["no running text", "2 image/png, 2 response records, 1 status 404"]
    assert not any(one.severity is Severity.ERROR for one in report.diagnostics)


def test_what_http_did_to_a_page_is_undone(run, tmp_path):
    packed = gzip.compress(page("压缩的页面来了"))
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    russian = f"<html><title>Газета</title><body><h1>Заголовок статьи</h1><p>{'Сегодня в Москве было заседание. ' * 9}</p>"
    report = run(
        {
            "a.warc.gz": warc(
                (f"{OLD}/a.html", chunked, {"headers": headers}),
                (f"{OLD}/b.html", page("股市今天收高", charset="gb18030")),
                (f"{OLD}/c.html", russian.encode("koi8-r"), {"kind": "text/html; charset=KOI8-R"}),
            )
        }
    )
    assert [one.status for one in report.outcomes] == [ImportStatus.IMPORTED] * 3
    titles = {frontmatter.load(str(path))["title"] for path in (tmp_path / "content").rglob("*.md")}
    assert titles == {"压缩的页面来了", "股市今天收高", "Заголовок статьи"}


def test_a_page_captured_again_is_an_article_only_where_its_text_is_another(run, tmp_path):
    address = f"{OLD}/1.html"
    files = {
        "a.warc.gz": warc(
            (address, page("降准公告发布")),
            (
                address,
                page("降准公告发布") + b"<!-- counter 7 -->",
                {"date": "2015-01-02T03:04:05Z"},
            ),
            (address, page("降准公告发布", "更正。"), {"date": "2016-01-02T03:04:05Z"}),
            (address, page("降准公告发布", "再更正。"), {"date": "2016-01-02T03:04:05Z"}),
        )
    }
    wanted = {
        "20140102030405/http://old.example/1.html": ("imported", "content/posts/2013-05-06-1.md"),
        "20150102030405/http://old.example/1.html": ("duplicate", "content/posts/2013-05-06-1.md"),
        "20160102030405/http://old.example/1.html": ("imported", "content/posts/2013-05-06-1-2.md"),
        "20160102030405/http://old.example/1.html (2)": ("imported", "content/posts/2013-05-06-1-3.md"),
    }  # fmt: skip
    assert outcomes(run(files)) == wanted
    again = {name: (was.replace("imported", "unchanged"), to) for name, (was, to) in wanted.items()}
    assert outcomes(run()) == again
    site = SiteBuilder(tmp_path)
    site.build({"backfile.toml": '[content]\nhosts = ["old.example"]\n'})
    assert "url/collision" not in site.codes()


def test_a_file_that_was_moved_keeps_its_articles(run, tmp_path):
    run({"a.warc.gz": warc((f"{OLD}/1.html", page("降准公告发布")))})
    (tmp_path / "seeds/a.warc.gz").rename(tmp_path / "seeds/b.warc.gz")
    assert list(outcomes(run()).values()) == [("unchanged", "content/posts/2013-05-06-1.md")]


def test_the_same_page_in_two_files_is_one_article(run):
    one = warc((f"{OLD}/1.html", page("降准公告发布")))
    for report in (run({"a.warc.gz": one, "b.warc.gz": one}), run()):
        assert [outcome.status for outcome in report.outcomes][1] is ImportStatus.DUPLICATE


def test_addresses_with_a_query_tell_articles_apart(run):
    report = run(
        {
            "a.warc.gz": warc(
                *((f"{OLD}/show.asp?id={n}&x=甲", page("降准公告发布", n)) for n in range(2)),
                (f"{OLD}/", page("今天的头版")),
            )
        }
    )
    assert [one.article for one in report.outcomes] == [
        "content/posts/2013-05-06-show-id-0-x-甲.md",
        "content/posts/2013-05-06-show-id-1-x-甲.md",
        "content/posts/2013-05-06-old.example.md",
    ]


def test_damage_costs_what_it_hit_and_is_told(run):
    parts = [
        warc((f"{OLD}/{number}.html", page(f"第{number}篇的标题", number * 2000)))
        for number in "123"
    ]
    broken = bytearray(parts[1])
    broken[-200:-100] = bytes(100)
    report = run({"a.warc.gz": parts[0] + bytes(broken) + parts[2][:-40]})
    assert [one.article for one in report.outcomes][:1] == ["content/posts/2013-05-06-1.md"]
    assert any(one.article == "content/posts/2013-05-06-3.md" for one in report.outcomes)
    assert "import/damaged" in codes(report)


def test_a_file_with_no_page_is_named(run):
    report = run(
        {
            "a.warc.gz": warc((f"{OLD}/p.png", b"x", {"kind": "image/png"})),
            "b.warc": b"WARC/1.0\r\n",
        }
    )
    assert [one.status for one in report.outcomes] == [ImportStatus.QUARANTINED] * 2


def test_memory_does_not_grow_with_the_file(run, tmp_path):
    film = (f"{OLD}/film.mp4", bytes(1 << 20), {"kind": "video/mp4"})
    once = warc((f"{OLD}/1.html", page("降准公告发布")), *[film] * 8, packed=False)
    place = tmp_path / "seeds/a.warc"
    place.parent.mkdir()
    with place.open("wb") as file:
        for _ in range(8):
            file.write(once)
    tracemalloc.start()
    assert len(run().outcomes) == 8
    assert tracemalloc.get_traced_memory()[1] < 40 << 20
    tracemalloc.stop()


def test_the_pictures_that_an_article_shows_are_published_where_they_were(run, tmp_path):
    png = b"\x89PNG\r\n\x1a\n" + bytes(40)
    shown = page("降准公告发布").replace(
        b"</body>",
        "<p><img src='p 1.png'> <img src='/图/q.jpg'> <img src='/r.php?x'></p><p>完。</p></body>".encode(),
    )
    image = {"kind": "image/png"}
    report = run(
        {
            "a.warc.gz": warc(
                (f"{OLD}/news/p%201.png", png, image),
                (f"{OLD}/news/1.html", shown),
                (f"{OLD}/%E5%9B%BE/q.jpg", b"gone", image | {"status": "404 Not Found"}),
                (f"{OLD}/%E5%9B%BE/q.jpg", png + b"1", image),
                (f"{OLD}/%E5%9B%BE/q.jpg", png + b"2", image),
                (f"{OLD}/unshown.png", png, image),
                (f"{OLD}/r.php?x", png, image),
            )
        }
    )
    assert "import/pictures" in codes(report)
    written = [
        path.relative_to(tmp_path).as_posix() for path in (tmp_path / "content").rglob("*.*g")
    ]
    assert sorted(written) == ["content/news/p 1.png", "content/图/q.jpg"]
    assert (tmp_path / "content/图/q.jpg").read_bytes() == png + b"1"
    site = SiteBuilder(tmp_path)
    site.build({"backfile.toml": '[content]\nhosts = ["old.example"]\n'})
    assert 'src="../news/p%201.png"' in site.page("news/1.html")
    assert 'src="../%E5%9B%BE/q.jpg"' in site.page("news/1.html")


@pytest.mark.parametrize(
    "path",
    ["../../x.png", ".x.png", "a//../../x.png", "a\\..\\x.png", "%2e%2e/x.png", "x" * 300 + ".png"],
)
def test_no_picture_is_written_outside_or_under_an_odd_name(run, tmp_path, path):
    shown = page("降准公告发布").replace(
        b"</body>", f"<p><img src='{OLD}/{path}'></p><p>完。</p></body>".encode()
    )
    run(
        {
            "a.warc.gz": warc(
                (f"{OLD}/1.html", shown), (f"{OLD}/{path}", b"x", {"kind": "image/png"})
            )
        }
    )
    found = [
        place for place in tmp_path.rglob("*.png") if not place.is_relative_to(tmp_path / "content")
    ]
    assert found == []
    assert not any(
        place.name.startswith(".x") or "\\" in place.name for place in tmp_path.rglob("*.png")
    )


def wacz(*files, damage=0):
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        for name, content in files:
            archive.writestr(name, content)
    made = bytearray(data.getvalue())
    if damage:
        made[damage : damage + 9] = bytes(9)
    return bytes(made)


def test_the_warc_files_in_a_wacz_are_read(run):
    files = [
        ("archive/b.warc.gz", warc((f"{OLD}/2.html", page("股市今天收高")))),
        ("archive/a.warc", warc((f"{OLD}/1.html", page("降准公告发布")), packed=False)),
        ("indexes/index.cdx", "x"),
    ]
    wanted = ["content/posts/2013-05-06-1.md", "content/posts/2013-05-06-2.md"]
    assert [one.article for one in run({"a.wacz": wacz(*files)}).outcomes] == wanted


def test_a_damaged_wacz_is_told(run):
    whole = wacz(("archive/a.warc", warc((f"{OLD}/1.html", page("降准公告发布")), packed=False)))
    for name, data in (
        ("cut.wacz", whole[:-30]),
        ("bad.wacz", wacz(("archive/a.warc", b"x" * 999), damage=400)),
    ):
        report = run({name: data})
        assert "import/damaged" in codes(report)
        assert [one.status for one in report.outcomes][-1] is ImportStatus.QUARANTINED
