"""A Chromium, a site of every kind of page, and a host that serves it as strictly as can be."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from building import SiteBuilder, post
from playwright.sync_api import Browser, expect, sync_playwright

from generator.config import Config
from generator.render.headers import content_policy

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PARAGRAPH = "<p>沪深两市今日高开低走，成交额较前一交易日放大，<a href='/x'>分析人士</a>认为市场情绪仍然谨慎。</p>\n"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
RICH = (
    "<blockquote><p>提要：这是一篇长文。</p></blockquote>\n"
    + "".join(
        f'<h2 id="h{number}">第{number}节</h2>\n{PARAGRAPH * 4}'
        f'<h3 id="h{number}-1">小节</h3>\n{PARAGRAPH * 3}'
        for number in range(1, 5)
    )
    + "<table><thead><tr><th>项目</th><th>数值</th></tr></thead><tbody>"
    + "<tr><td>成交额</td><td>1,234 亿元</td></tr>" * 3
    + "</tbody></table>\n<pre><code>print('你好')\n</code></pre>\n"
    + f"<figure><img src='{PIXEL}' alt='走势图' width='600' height='300'>"
    + "<figcaption>走势图</figcaption></figure>\n<ul><li>一</li><li>二</li></ul>\n"
)


def make_posts() -> dict[str, str]:
    """Write 41 posts over three years: undated, English, one long, two about one thing."""
    posts = {
        "backfile.toml": '[site]\ntitle = "旧闻"\ndescription = "一份旧报"\n[lists]\nper_page = 5\n',
        "content/long.md": post("一篇很长的文章", "2022-05-30 08:00:00 +0800", RICH,
                                categories="要闻", tags="沪指", link="https://paper.example/1"),
        "content/loose.md": "---\ntitle: 没有日期\n---\n" + PARAGRAPH,
        "content/english.md": post("An English article", "2021-03-04 08:00:00 +0800",
                                   "<p>Markets closed higher.</p>", lang="en", categories="World"),
        "content/tariff.md": post("葡萄酒关税上调", "2020-02-20 08:00:00 +0800", PARAGRAPH, categories="要闻"),
        "content/again.md": post("葡萄酒关税再议", "2022-02-20 08:00:00 +0800", PARAGRAPH, categories="要闻"),
    }  # fmt: skip
    for number in range(36):
        date = f"{2020 + number % 3}-{1 + number % 12:02}-{1 + number % 4:02} 0{number % 10}:30:00 +0800"
        posts[f"content/{number}.md"] = post(
            f"第 {number} 条新闻：沪指收高", date, PARAGRAPH * 4,
            categories=("股市", "要闻", "基金")[number % 3], tags=f"标签{number % 4}",
        )  # fmt: skip
    return posts


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", content_policy(Config()))
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class HostedSite:
    """A built site on a host of its own. `pages`: kind → path; `output`: its folder."""

    def __init__(self, url: str, output: Path, pages: dict[str, str]) -> None:
        self.url, self.output, self.pages = url, output, pages

    def at(self, kind: str) -> str:
        return f"{self.url}/{quote(self.pages[kind])}"


def _find_pages(output: Path) -> dict[str, str]:
    def first(pattern: str) -> str:
        return min(path.relative_to(output).as_posix() for path in output.glob(pattern))

    return {
        "home": "index.html",
        "home-older": first("page/*.html"),
        "article": first("**/long.html"),
        "article-en": first("**/english.html"),
        "article-undated": first("**/loose.html"),
        "article-related": first("**/tariff.html"),
        "term": first("category/[!i]*.html"),
        "terms": "category/index.html",
        "tags": "tag/index.html",
        "dates": "date/index.html",
        "year": "2022/index.html",
        "month": first("2022/*/index.html"),
        "day": first("2022/*/*/index.html"),
        "undated": "undated/index.html",
        "search": "search/index.html",
        "not-found": "404.html",
    }


@contextmanager
def host(root: Path, files: dict[str, str]) -> Iterator[HostedSite]:
    """Build a site and serve it with the policy of `_headers`."""
    site = SiteBuilder(root)
    site.build(files, base_url="http://127.0.0.1")
    pages = _find_pages(site.output)
    handler = functools.partial(_Handler, directory=str(site.output))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield HostedSite(f"http://127.0.0.1:{server.server_port}", site.output, pages)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostedSite]:
    """A site in the default theme."""
    with host(tmp_path_factory.mktemp("hosted"), make_posts()) as site:
        yield site


@pytest.fixture(scope="session")
def hosted_plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostedSite]:
    """The same site in the plain theme."""
    posts = make_posts()
    posts["backfile.toml"] += '[theme]\nname = "plain"\n'
    with host(tmp_path_factory.mktemp("plain"), posts) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; every test opens a context of its own."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    expect.set_options(timeout=20_000)  # a slow machine is no failure
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
