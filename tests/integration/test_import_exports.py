"""Exports of WordPress and Ghost: every post and page becomes an article at the address it had."""

import json
import tracemalloc
from pathlib import Path

import frontmatter
import pytest
from building import SiteBuilder

from generator.ingest import ImportStatus, import_captures
from generator.model import Severity

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>旧报</title><wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[zhang]]></wp:author_login>
<wp:author_display_name><![CDATA[张三]]></wp:author_display_name></wp:author>
"""
END = "</channel></rss>"


def item(number, title="央行公告", content="第一段。\n\n第二段，\n换行。", **fields):
    values = {
        "link": f"http://old.example/2013/05/06/p{number}/", "date": "2013-05-06 07:29:31", "utc": "2013-05-05 23:29:31",
        "type": "post", "status": "publish", "name": f"p{number}", "more": "", **fields,
    }  # fmt: skip
    return f"""<item><title>{title}</title><link>{values["link"]}</link><dc:creator><![CDATA[zhang]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[摘要]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[{values["date"]}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{values["utc"]}]]></wp:post_date_gmt><wp:post_name><![CDATA[{values["name"]}]]></wp:post_name>
<wp:status>{values["status"]}</wp:status><wp:post_type>{values["type"]}</wp:post_type>{values["more"]}
<category domain="category" nicename="a"><![CDATA[财经]]></category><category domain="post_tag" nicename="b"><![CDATA[股市 & 债]]></category>
</item>
"""


@pytest.fixture
def run(tmp_path: Path):
    def run(text, name="export.xml"):
        place = tmp_path / "seeds" / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_captures([place], root=tmp_path, content=tmp_path / "content")

    return run


def articles(report):
    return [one.article for one in report.outcomes]


def test_a_post_of_wordpress_becomes_an_article_that_lives_where_it_lived(run, tmp_path):
    text = HEAD + item(7, "央行：&amp;quot;降准&amp;quot;") + END
    report = run(text)
    assert articles(report) == ["content/posts/2013-05-06-p7.md"]
    article = frontmatter.load(str(tmp_path / articles(report)[0]))
    assert article.metadata == {
        "layout": "post", "title": '央行："降准"', "date": "2013-05-06 07:29:31 +0800", "authors": ["张三"], "url": "/2013/05/06/p7/",
        "categories": ["财经"], "tags": ["股市 & 债"], "description": "摘要",
    }  # fmt: skip
    assert article.content == "<p>第一段。</p>\n<p>第二段，<br>\n换行。</p>"
    assert [one.code for one in report.findings] == ["import/hosts"]
    built = SiteBuilder(tmp_path).build()
    assert [one.url for one in built.outcomes] == ["/2013/05/06/p7/"]
    assert [one.status for one in run(text).outcomes] == [ImportStatus.UNCHANGED]


def test_what_wordpress_keeps_for_itself_is_passed_over_and_what_it_held_back_is_held_back(
    run, tmp_path
):
    report = run(
        HEAD
        + item(
            1,
            status="draft",
            date="0000-00-00 00:00:00",
            utc="0000-00-00 00:00:00",
            link="http://old.example/?p=1",
        )
        + item(2, type="attachment", status="inherit")
        + item(3, type="nav_menu_item")
        + item(4, status="auto-draft")
        + item(
            5, type="page", link="http://old.example/about/", more="<wp:comment></wp:comment>" * 2
        )
        + item(
            6, "关于", type="page", name="%e5%85%b3%e4%ba%8e", link="http://old.example/?page_id=6"
        )
        + END
    )
    assert articles(report) == [
        "content/undated/p1.md",
        "content/posts/2013-05-06-p5.md",
        "content/posts/2013-05-06-关于.md",
    ]
    told = [one.message for one in report.findings if one.code == "import/passed-over"]
    assert told[0].endswith(": 1 attachment, 1 auto-draft, 2 comment, 1 nav_menu_item")
    built = SiteBuilder(tmp_path).build()
    assert [(one.fate.value, one.url) for one in built.outcomes] == [
        ("published", "/about/"),
        ("published", "/%E8%B4%A2%E7%BB%8F/2013/05/06/%E5%85%B3%E4%BA%8E.html"),
        ("draft", ""),
    ]


def test_a_broken_item_costs_no_other(run):
    report = run(
        HEAD + item(1) + item(2).replace("</title>", "") + item(3, "控\x0b制\x1f符") + item(4) + END
    )
    assert articles(report) == [
        "content/posts/2013-05-06-p1.md", "", "content/posts/2013-05-06-p3.md", "content/posts/2013-05-06-p4.md",
    ]  # fmt: skip
    assert report.outcomes[1].status is ImportStatus.QUARANTINED
    assert [one.code for one in report.outcomes[1].diagnostics] == ["import/not-a-capture"]
    assert report.outcomes[1].diagnostics[0].severity is Severity.ERROR


def test_an_item_with_nothing_in_it_and_a_link_that_is_none_cost_nothing(run):
    broken = item(2, link="http://[old.example/")
    report = run(HEAD + "<itemx>" + item(1) + broken + "<item></item>\n" + item(3) + END)
    assert {"content/posts/2013-05-06-p2.md", "content/posts/2013-05-06-p3.md"} <= set(
        articles(report)
    )


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_an_export_that_is_cut_off_gives_what_it_has(run, cut):
    whole = HEAD + item(1) + item(2)
    report = run(whole[: -len("\n") - cut])
    assert articles(report)[0] == "content/posts/2013-05-06-p1.md"
    assert len(report.outcomes) == 2


def test_an_export_is_not_held_in_memory(run, tmp_path):
    place = tmp_path / "seeds/export.xml"
    place.parent.mkdir()
    with place.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(120):
            file.write(item(number, content=f"第{number}段。" * 20_000))
        file.write(END)
    tracemalloc.start()
    report = import_captures([place], root=tmp_path, content=tmp_path / "content")
    assert tracemalloc.get_traced_memory()[1] < 20 << 20 < place.stat().st_size
    tracemalloc.stop()
    assert len(report.outcomes) == 120


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("一\n\n二", "<p>一</p>\n<p>二</p>"),
        ("<p>一</p>\n\n<h2>二</h2>\n三", "<p>一</p>\n<h2>二</h2>\n三"),
        ('<!-- wp:paragraph {"a":1} -->\n<p>一</p>\n<!-- /wp:paragraph -->\n<!--more-->', "<p>一</p>"),
        ("<pre>a\n\nb</pre>\n\n二", "<pre>a\n\nb</pre>\n<p>二</p>"),
        ('[caption id="x"]<img src="a.png"> 图[/caption]', '[caption id="x"]<img src="a.png"> 图[/caption]'),
        ("　　一\r\n\r\n　　二", "<p>一</p>\n<p>二</p>"),
    ],
)  # fmt: skip
def test_blank_lines_of_wordpress_are_paragraphs(run, tmp_path, written, meant):
    report = run(HEAD + item(1, content=written) + END)
    assert frontmatter.load(str(tmp_path / articles(report)[0])).content == meant


def ghost(posts, framed=True, **tables):
    export = {"meta": {"exported_on": 1, "version": "5.0"}, "data": {"posts": posts, **tables}}
    return json.dumps({"db": [export]} if framed else export, ensure_ascii=False)


@pytest.mark.parametrize("framed", [True, False])
def test_a_post_of_ghost_becomes_an_article(run, tmp_path, framed):
    post = {
        "id": "a1", "title": "央行公告", "slug": "gonggao", "html": '<p>第一段。</p>\n\n<p><img src="__GHOST_URL__/content/images/a.png"></p>',
        "status": "published", "published_at": "2013-05-05T23:29:31.000Z", "custom_excerpt": "摘要", "feature_image": "__GHOST_URL__/content/images/b.png",
    }  # fmt: skip
    tables = {
        "tags": [{"id": "t1", "name": "财经"}, {"id": "t2", "name": "#隐"}, {"id": "t3", "name": "股市"}],
        "posts_tags": [{"post_id": "a1", "tag_id": tag, "sort_order": 9 - at} for at, tag in enumerate(("t1", "t2", "t3"))],
        "users": [{"id": "u1", "name": "张三"}],
        "posts_authors": [{"post_id": "a1", "author_id": "u1", "sort_order": 0}],
    }  # fmt: skip
    report = run(ghost([post], framed, **tables), "ghost.json")
    assert articles(report) == ["content/posts/2013-05-05-gonggao.md"]
    article = frontmatter.load(str(tmp_path / articles(report)[0]))
    assert article.metadata == {
        "layout": "post", "title": "央行公告", "date": "2013-05-05 23:29:31 +0000", "authors": ["张三"], "url": "/gonggao/",
        "tags": ["股市", "财经"], "description": "摘要",
    }  # fmt: skip
    assert article.content == (
        '<figure><img src="/content/images/b.png" alt=""></figure>\n<p>第一段。</p>\n<p><img src="/content/images/a.png"></p>'
    )
    built = SiteBuilder(tmp_path).build()
    assert [one.url for one in built.outcomes] == ["/gonggao/"]


def test_ghosts_drafts_and_older_posts_are_read(run, tmp_path):
    card = json.dumps({"cards": [["markdown", {"markdown": "# 一\n\n二"}]]})
    posts = [
        {"id": 1, "title": "甲", "slug": "a", "html": "<p>x</p>", "status": "draft", "published_at": None},
        {"id": 2, "title": "乙", "slug": "b", "mobiledoc": card, "published_at": "2013-05-06 04:00:00", "author_id": 7},
        {"id": 3, "title": "丙", "slug": "c", "markdown": "**粗**", "published_at": 1367812800000},
        {"id": 4, "title": "", "slug": "d"},
        "no post",
    ]  # fmt: skip
    report = run(ghost(posts, users=[{"id": 7, "name": "李四"}]), "ghost.json")
    assert articles(report) == [
        "content/undated/a.md",
        "content/posts/2013-05-06-b.md",
        "content/undated/c.md",
        "",
    ]
    assert frontmatter.load(str(tmp_path / "content/undated/a.md"))["status"] == "draft"
    second = frontmatter.load(str(tmp_path / "content/posts/2013-05-06-b.md"))
    assert (second["authors"], second.content) == (["李四"], "# 一\n\n二")


@pytest.mark.parametrize(
    "text",
    [
        '{"db": [',
        '{"db": [], "posts": 1}',
        '{"db":[{"data":{"posts":{"a":1}}}]}',
        '{"db":' + "[" * 100_000 + '"posts"',
    ],
)
def test_json_that_is_no_export_is_named(run, text):
    assert [one.status for one in run(text, "x.json").outcomes] == [ImportStatus.QUARANTINED]
