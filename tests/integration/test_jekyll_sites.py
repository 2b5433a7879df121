"""Whole Jekyll and Hexo sites: collections, pages beside the posts, defaults for front matter."""

from generator.build.live import LiveSite

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
POST = "---\ntitle: {}\n---\n{}\n"
CONFIG = """permalink: {permalink}
exclude: [notes/]
include: [_pages]
collections:
  articles:
    output: true
    permalink: /story/:path/
  films: {{output: true}}
  authors: {{output: false}}
defaults:
- scope: {{path: "", type: posts}}
  values: {{category: News, author: 编辑部}}
- scope: {{path: _posts/old}}
  values: {{category: Old}}
- scope: {{path: "", type: articles}}
  values: {{lang: en, tags: [甲, 乙], search: false}}
"""


def build(site, files, permalink="date"):
    site.write({"_config.yml": CONFIG.format(permalink=permalink), **files})
    report = site.build(base_url=None)
    return {outcome.path: outcome.url for outcome in report.outcomes if outcome.url}


def test_a_collection_is_published_where_jekyll_put_it(site):
    files = {
        "_articles/2019/s1.md": POST.format("长文", "正文。![图](/articles/p.png)"),
        "_articles/p.png": PNG,
        "_films/我 1.md": POST.format("影", "影评。"),
        "_authors/a.md": POST.format("甲", "小传。"),
        "_posts/2019-01-02-a.md": POST.format("乙", "见[文](/story/2019/s1/)。"),
    }
    assert build(site, files) == {
        "_articles/2019/s1.md": "/story/2019/s1/",
        "_films/我 1.md": "/films/%E6%88%91%201.html",
        "_posts/2019-01-02-a.md": "/news/2019/01/02/a.html",
    }
    assert (site.output / "articles/p.png").read_bytes() == PNG
    assert "link/broken" not in site.codes()
    assert build(site, files, "pretty")["_films/我 1.md"] == "/films/%E6%88%91%201/"


def test_collections_need_no_posts_beside_them(site):
    assert build(site, {"_films/a.md": POST.format("影", "影评。")}) == {
        "_films/a.md": "/films/a.html"
    }


def test_an_undated_article_of_a_collection_with_dates_in_its_addresses_lives_with_the_undated(
    site,
):
    site.write(
        {
            "_config.yml": "collections:\n  a:\n    output: true\n    permalink: /:year/:title.html\n",
            "_a/x.md": POST.format("甲", "文。"),
            "_a/2019-01-02-y.md": POST.format("乙", "文。"),
        }
    )
    report = site.build()
    assert {one.path: one.url for one in report.outcomes} == {
        "_a/x.md": "/undated/x.html",
        "_a/2019-01-02-y.md": "/2019/y.html",
    }


def test_defaults_hold_for_their_place_and_kind_and_never_against_the_file(site):
    files = {
        "_posts/2019-01-02-a.md": POST.format("甲", "一。"),
        "_posts/2019-01-03-b.md": "---\ntitle: 乙\ncategories: [Sport]\n---\n二。\n",
        "_posts/old/2009-01-03-c.md": POST.format("丙", "三。"),
        "_articles/s.md": POST.format("长文", "四。"),
    }
    assert build(site, files) == {
        "_posts/2019-01-02-a.md": "/news/2019/01/02/a.html",
        "_posts/2019-01-03-b.md": "/sport/2019/01/03/b.html",
        "_posts/old/2009-01-03-c.md": "/old/2009/01/03/c.html",
        "_articles/s.md": "/story/s/",
    }
    assert "编辑部" in site.page("news/2019/01/02/a.html")
    assert 'lang="en"' in site.page("story/s/index.html")
    assert (site.output / "tag/甲.html").is_file()


def test_a_default_is_not_wanted_where_the_file_says_the_same_in_another_word(site):
    defaults = "defaults:\n- values: {lang: en, permalink: '/x/:title.html', categories: [甲], author: 乙}\n"
    head = "---\ntitle: 题\nlanguage: zh-TW\nurl: /own.html\ncategory: 丙\nauthors: [丁]\n---\n"
    site.write({"_config.yml": defaults, "_posts/2019-01-02-a.md": head + "文。\n"})
    assert [one.url for one in site.build(base_url=None).outcomes] == ["/own.html"]
    page = site.page("own.html")
    assert 'lang="zh-TW"' in page
    assert "作者：丁" in page
    assert not (site.output / "category/甲.html").exists()


def test_pages_beside_the_posts_keep_their_addresses_and_lists_are_made_anew(site):
    loop = "{% for post in site.posts %}{% for t in post.tags %}x{% endfor %}<li>{% endfor %}"
    files = {
        "_posts/2019-01-02-a.md": POST.format("甲", "见[我们](/about.html)。"),
        "about.md": POST.format("关于", "我们是一份旧报。"),
        "blog/index.md": POST.format("专题", f"这里是专题。{loop}尾。"),
        "_pages/contact.md": "---\npermalink: /contact/\n---\n# 联系\n\n地址。\n",
        "_pages/rules.md": POST.format("规则", "规则。"),
        "old/2003.html": f"<html><title>旧页之一</title><body><p>{'旧的网页。' * 9}</p></body></html>",
        "index.html": f"---\n---\n<h1>最新</h1>{loop}<a href='/feed.xml'>RSS</a>",
        "category/a.html": "---\nlayout: category\ntitle: 甲\n---\n",
        "404.md": POST.format("404", "没有。"),
        "README.md": "# 说明\n",
        "google1.html": "<!doctype html><title>x</title><body>google-site-verification: 1",
        "vendor/x.md": POST.format("外", "外。"),
        "notes/x.md": POST.format("外二", "外二。"),
    }
    assert build(site, files) == {
        "_posts/2019-01-02-a.md": "/news/2019/01/02/a.html",
        "about.md": "/about.html",
        "blog/index.md": "/blog/",
        "_pages/contact.md": "/contact/",
        "_pages/rules.md": "/_pages/rules.html",
        "old/2003.html": "/old/2003.html",
    }
    assert "<p>这里是专题。尾。</p>" in site.page("blog/index.html")
    told = {one.path: one.code for one in site.report.findings if "not-an-article" in one.code}
    assert set(told) == {"index.html", "category/a.html", "404.md", "README.md", "google1.html"}
    assert "date/missing" not in site.codes("about.md")
    assert "link/broken" not in site.codes()
    assert build(site, files, "pretty")["about.md"] == "/about/"
    tree = site.tree()
    site.build(base_url=None)
    assert site.tree() == tree


def test_a_front_page_with_text_of_its_own_is_not_lost(site):
    files = {
        "_posts/2019-01-02-a.md": POST.format("甲", "一。"),
        "index.md": POST.format("发刊词", "本报今天创刊。"),
    }
    assert build(site, files)["index.md"] == "/index-2.html"
    assert site.codes("index.md") == ["url/collision"]


def test_hexo_publishes_the_pages_in_its_source_folder(site):
    site.write(
        {
            "_config.yml": "permalink: :year/:title/\n",
            "source/_posts/2019-01-02-a.md": POST.format("甲", "一。"),
            "source/about/index.md": POST.format("关于", "我们。"),
            "source/tags/index.md": "---\ntitle: 标签\ntype: tags\n---\n所有标签。\n",
            "themes/x/README.md": POST.format("x", "x。"),
        }
    )
    report = site.build()
    assert {one.path: one.url for one in report.outcomes} == {
        "source/_posts/2019-01-02-a.md": "/2019/a/",
        "source/about/index.md": "/about/",
    }


def test_the_folder_above_the_folders_of_collections_is_no_category(site):
    site.write(
        {
            "_config.yml": "collections_dir: all\ncollections: {films: {output: true}}\n",
            "all/_posts/2019-01-02-a.md": POST.format("甲", "一。"),
            "all/_films/b.md": POST.format("影", "影评。"),
        }
    )
    assert {one.path: one.url for one in site.build().outcomes} == {
        "all/_posts/2019-01-02-a.md": "/2019/01/02/a.html",
        "all/_films/b.md": "/films/b.html",
    }


def test_a_page_that_gets_or_loses_its_text_is_found_by_the_next_build(site):
    files = {
        "_posts/2019-01-02-a.md": POST.format("甲", "一。"),
        "about.md": POST.format("关于", "我们。"),
    }
    build(site, files)
    (site.root / "about.md").write_text("---\ntitle: 关于\n---\n")
    assert "about.md" not in build(site, {})
    (site.root / "about.md").write_text("---\ntitle: 关于\n---\n新的文字。\n")
    assert build(site, {})["about.md"] == "/about.html"
    assert "新的文字" in site.page("about.html")


def test_a_preview_shows_pages_and_collections_as_a_build_does(site):
    files = {
        "_posts/2019-01-02-a.md": POST.format("甲", "一。"),
        "_films/f.md": POST.format("影", "影评。"),
        "about.md": POST.format("关于", "我们。"),
    }
    site.write({"_config.yml": CONFIG.format(permalink="date"), **files})
    live = LiveSite(site.options(base_url=None))
    live.open()
    assert "影评" in live.make("films/f.html").data.decode()
    site.write({"about.md": POST.format("关于", "改了。"), "new.md": POST.format("新页", "新的。")})
    live.refresh([site.root / "about.md", site.root / "new.md"])
    assert "改了" in live.make("about.html").data.decode()
    assert "新的" in live.make("new.html").data.decode()
    site.write({"later.md": POST.format("后来", "后来的。")})
    live.refresh([site.root / "later.md"])
    assert "后来的" in live.make("later.html").data.decode()
    site.write({"about.md": "---\ntitle: 关于\n---\n"})
    live.refresh([site.root / "about.md"])
    assert live.make("about.html") is None


def test_a_site_that_another_program_built_is_no_part_of_its_sources(site):
    """Hugo's `public/` beside Jekyll's `_posts/`, or a copy of the old output."""
    page = (
        "<!doctype html><html><head><title>旧</title></head><body><p>这是一句话。</p></body></html>"
    )
    files = {
        "_posts/2019-01-02-a.md": POST.format("甲", "正文。"),
        "about/index.md": POST.format("关于", "这是一句话。"),
        "about/feed.xml": "---\n---\n<rss/>",
        "public/index.html": page,
        "public/2019/b.html": page,
        "public/p.png": PNG,
        "copy/index.html": page,
        "copy/sitemap.xml": "<urlset/>",
        "copy/2019/b.html": page,
        "old/index.html": page,
    }
    assert build(site, files) == {
        "_posts/2019-01-02-a.md": "/news/2019/01/02/a.html",
        "about/index.md": "/about/",
        "old/index.html": "/old/",
    }
    assert not (site.output / "public").exists()
    assert site.codes("public") == site.codes("copy") == ["file/not-an-article"]
