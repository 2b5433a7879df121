"""Sites of other generators, and heaps of saved pages, as people have them: built as they stand."""

import os
import sys
from pathlib import Path

import pytest

from generator.build.check import check_site
from generator.build.listing import list_site

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
TEXT = "央行今天发布公告，决定下调存款准备金率。市场对此反应积极，三大股指高开高走。"
HEAD = "---\ntitle: {}\ndate: 2013-05-06\n---\n"
MENU = '<div class="nav"><a href="/">首页</a> <a href="/x">新闻</a></div>'


def addresses(report):
    return {outcome.path: outcome.url for outcome in report.outcomes if outcome.url}


def test_a_bundle_is_called_after_its_folder_and_shows_its_pictures(site):
    report = site.build(
        {
            "content/post/a/index.md": HEAD.format("甲") + "![图](p.png)\n\n[乙](../b.md)",
            "content/post/a/p.png": PNG,
            "content/post/2013-05-06-c/index.md": HEAD.format("丙") + '{{< figure src="q.PNG" >}}',
            "content/post/2013-05-06-c/q.PNG": PNG,
            "content/post/b.md": HEAD.format("乙") + TEXT,
        }
    )
    assert addresses(report) == {
        "content/post/a/index.md": "/2013/05/06/a.html",
        "content/post/2013-05-06-c/index.md": "/2013/05/06/c.html",
        "content/post/b.md": "/2013/05/06/b.html",
    }
    assert '<img src="../../../post/a/p.png" alt="图"' in site.page("2013/05/06/a.html")
    assert 'href="../../../2013/05/06/b.html"' in site.page("2013/05/06/a.html")
    assert "post/2013-05-06-c/q.PNG" in site.page("2013/05/06/c.html")
    assert (site.output / "post/a/p.png").read_bytes() == PNG
    assert "link/broken" not in site.codes()


def test_a_hexo_site_keeps_its_addresses_and_its_pictures(site):
    site.write(
        {
            "_config.yml": "title: 博客\nlanguage: [zh-CN, en]\ntimezone: ''\nurl: http://a.example\nroot: /\n"
            "permalink: :year/:month/:day/:title/\n",
            "source/_posts/one.md": "title: 旧式的头\ndate: 2013/05/06 12:00\ntags:\n- 股市\n---\n"
            "{% asset_img p.png 大楼 %} ![根](/images/x.png)\n\n{% post_link two 另一篇 %}",
            "source/_posts/one/p.png": PNG,
            "source/_posts/two.md": HEAD.format("二") + TEXT,
            "source/images/x.png": PNG,
        }
    )
    report = site.build(base_url=None)
    assert addresses(report) == {
        "source/_posts/one.md": "/2013/05/06/one/",
        "source/_posts/two.md": "/2013/05/06/two/",
    }
    page = site.page("2013/05/06/one/index.html")
    assert "旧式的头" in page
    assert 'src="../../../../one/p.png" alt="大楼"' in page
    assert 'src="../../../../images/x.png"' in page
    assert 'href="../../../../2013/05/06/two/index.html">另一篇' in page


def test_a_jekyll_site_publishes_the_pictures_in_any_folder_and_ends_its_addresses(site):
    site.write(
        {
            "_config.yml": "permalink: /:categories/:year/:month/:day/:title:output_ext\nlang: default\n",
            "_posts/2013-05-06-a.md": "---\ntitle: 甲\n---\n![图](/assets/img/a.png)\n",
            "assets/img/a.png": PNG,
            "_includes/b.png": PNG,
        }
    )
    report = site.build(base_url=None)
    assert addresses(report) == {"_posts/2013-05-06-a.md": "/2013/05/06/a.html"}
    assert 'src="../../../assets/img/a.png"' in site.page("2013/05/06/a.html")
    assert not (site.output / "_includes").exists()


PAGE = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>央行宣布降准_滚动新闻_新浪网</title></head><body>{MENU}<center><table><tr><td><h1>央行宣布降准</h1>
<font>http://a.example</font> 2006年07月21日 19:23 <font>新华网</font></td></tr><tr><td><font id=zoom>
<p>　　{TEXT}<p>　　{TEXT}</p><br>　　{TEXT}（完）<br></font></td></tr></table>
<hr>关于我们 ┊ 广告服务<br>Copyright 2006 版权所有</center></body></html>"""


def test_a_captured_page_shows_its_article_and_not_the_page_around_it(site):
    report = site.build({"content/a.HTM": PAGE.encode("gb18030"), "content/list.html": MENU})
    assert addresses(report)["content/a.HTM"] == "/2006/07/21/a.html"
    page = site.page("2006/07/21/a.html")
    article = page[page.index("<article") : page.index("</article>")]
    assert "<h1" in page
    assert article.count("央行今天发布公告") == 3
    assert "首页" not in article
    assert "广告服务" not in article
    assert "滚动新闻" not in page
    assert site.codes("content/a.HTM") == ["body/captured-page", "encoding/gb18030"]
    assert site.tree() == (site.build(), site.tree())[1]


@pytest.mark.parametrize("setting", ['pages = "whole"', 'html = "trusted"'])
def test_a_captured_page_is_shown_whole_where_that_is_wanted(site, setting):
    page = "<!doctype html><title>央行宣布降准</title><body><p>首页 新闻</p><p>" + TEXT
    site.build({"backfile.toml": f"[content]\n{setting}\n", "content/2013-05-06-a.html": page})
    assert "首页 新闻" in site.page("2013/05/06/a.html")
    assert "body/html-document" in site.codes()


def test_what_a_browser_saved_with_a_page_is_no_article_but_its_pictures_are_shown(site):
    page = f'<html><title>央行宣布降准</title><body><p>{TEXT}</p><p><img src="./a_files/1.png"></p><p>{TEXT}</p>'
    report = site.build(
        {
            "content/a.html": page,
            "content/a_files/1.png": PNG,
            "content/a_files/ad.html": "<html><body>广告</body></html>",
            "content/a_files/x.js": "1",
        }
    )
    assert addresses(report) == {"content/a.html": "/undated/a.html"}
    assert 'src="../a_files/1.png"' in site.page("undated/a.html")
    assert not (site.output / "a_files/x.js").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' disks refuse such names")
def test_a_file_whose_name_is_not_utf_8_is_accounted_for_and_costs_no_other(site):
    site.write({"content/a.md": HEAD.format("甲") + TEXT, "static/a.txt": "x"})
    for folder in ("content", "static"):
        name = os.fsencode(site.root / folder) + b"/\xd6\xd0.md"
        Path(os.fsdecode(name)).write_bytes(b"x")
    report = site.build()
    assert (report.inputs, report.published, report.quarantined) == (2, 1, 1)
    assert site.codes("content/\\xd6\\xd0.md") == ["file/name-not-utf-8"]


def test_a_pipe_among_the_articles_is_passed_over(site):
    site.write({"content/a.md": HEAD.format("甲") + TEXT})
    os.mkfifo(site.root / "content/b.md")
    assert site.build().published == 1
    assert site.codes("content/b.md") == ["file/not-an-article"]


def test_a_date_before_all_newspapers_is_none(site):
    report = site.build(
        {"content/a.md": "---\ntitle: 甲\ndate: 0001-01-01T00:00:00Z\n---\n" + TEXT}
    )
    assert addresses(report) == {"content/a.md": "/undated/a.html"}
    assert "date/impossible" in site.codes()


def test_check_and_list_know_the_addresses_that_are_taken_anyway(site):
    files = {
        "content/a.md": "---\ntitle: 甲\npermalink: /404.html\n---\n" + TEXT,
        "content/b.md": "---\ntitle: 乙\npermalink: /own.html\n---\n" + TEXT,
        "static/own.html": "x",
    }
    built = addresses(site.build(files))
    assert {entry.path: entry.url for entry in list_site(site.options())} == built
    assert (
        [
            finding.path
            for finding in check_site(site.options()).findings
            if finding.code == "url/collision"
        ]
        == [finding.path for finding in site.report.findings if finding.code == "url/collision"]
        == ["content/a.md", "content/b.md"]
    )


def test_a_category_inside_another_is_kept_as_hexo_writes_it(site):
    text = "---\ntitle: 甲\ndate: 2013-05-06\ncategories:\n- [财经, 股市]\n- 要闻\n---\n" + TEXT
    report = site.build({"source/_posts/a.md": text})
    assert addresses(report) == {"source/_posts/a.md": "/%E8%B4%A2%E7%BB%8F/%E8%82%A1%E5%B8%82/%E8%A6%81%E9%97%BB/2013/05/06/a.html"}  # fmt: skip


@pytest.mark.parametrize("rule", ["－－－", "———", "===", "***"])
def test_a_head_between_rules_of_other_dashes_is_read(site, rule):
    text = f"{rule}\n标题：央行公告\n日期：２０１９年５月６日\n{rule}\n{TEXT}"
    report = site.build({"content/a.txt": text})
    assert addresses(report) == {"content/a.txt": "/2019/05/06/a.html"}
    assert "<h1>央行公告</h1>" in site.page("2019/05/06/a.html")
    assert rule not in site.page("2019/05/06/a.html")


def test_a_line_without_a_word_is_no_title(site):
    site.build({"content/a.txt": f"……\n\n{TEXT}"})
    assert "<h1>……</h1>" not in site.page("undated/a.html")


def test_two_marks_of_byte_order_hide_no_head(site):
    report = site.build({"content/a.md": "\ufeff\ufeff" + HEAD.format("甲") + TEXT})
    assert addresses(report) == {"content/a.md": "/2013/05/06/a.html"}


def test_an_mdx_post_is_an_article_without_its_program(site):
    text = "---\ntitle: Two\nslug: two\npubDate: Jul 08 2019\n---\nimport A from '../a.astro';\n\nText.\n\n<A client:load />\n"
    report = site.build({"src/content/blog/two.mdx": text, "package.json": "{}"})
    assert addresses(report) == {"src/content/blog/two.mdx": "/2019/07/08/two.html"}
    page = site.page("2019/07/08/two.html")
    assert "<p>Text.</p>" in page
    assert "import" not in page[page.index("<article") : page.index("</article>")]


def test_a_reference_of_hugo_needs_no_ending(site):
    site.build(
        {
            "content/post/a.md": HEAD.format("甲") + '[乙]({{< ref "b" >}})',
            "content/post/b.md": "---\ntitle: 乙\ndate: 2014-05-06\n---\n" + TEXT,
        }
    )
    assert 'href="../../../2014/05/06/b.html">乙' in site.page("2013/05/06/a.html")


def test_large_texts_get_no_index_that_takes_minutes(site, monkeypatch):
    files = {"content/a.md": HEAD.format("甲") + TEXT}
    site.build(files)
    assert (site.output / "search/lunr.json").exists()
    monkeypatch.setattr("generator.build.searching.MOST_BYTES", 100)
    site.build({"content/b.md": HEAD.format("乙") + TEXT})
    assert not (site.output / "search/lunr.json").exists()
    assert "search/no-lunr-json" in site.codes()


def test_the_month_that_a_folder_names_is_told_and_no_day_is_invented(site):
    report = site.build({"content/2019/05/a.md": "---\ntitle: 甲\n---\n" + TEXT})
    assert addresses(report) == {"content/2019/05/a.md": "/undated/a.html"}
    found = [one.message for one in report.findings if one.code == "date/missing"]
    assert found == ["no date: its folder says 2019-05"]
