"""The habits of finews: credit, source link, five footers, stock widgets."""

import pytest

from generator.config import Config, ContentConfig
from generator.source.reader import read_articles, read_body

FRONT = "---\nlayout: post\ntitle: t\ndate: 2022-02-21 07:29:31 +0800\ncategories: {category}\ntags: {tag}\n---\n"
CREDIT = '<p class="em_media">（文章来源：赣南日报）</p>'
LINK = "<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202202212282371475>"


def read(body, category="gannanribao", tag="赣南日报新闻", adapter="auto"):
    data = (FRONT.format(category=category, tag=tag) + body).encode()
    config = Config(content=ContentConfig(adapter=adapter))
    article = read_articles([("content/2022-02-21-a.md", "content", data)], config)[0].article
    return article, read_body(article, data)


@pytest.mark.parametrize(
    "footer",
    [
        "",
        "\n\n[返回首页](../)",
        "\n\n[返回东财滚动新闻](//finews.zning.me/)",
        "\n\n[返回东财滚动新闻](//finews.withounder.com/emnews/)｜[返回首页](//finews.withounder.com/)",
        "\n\n[返回x新闻](//finews.withounder.com/category/a  b(c).html)｜[返回首页](//finews.withounder.com/)",
    ],
)
def test_the_footer_and_the_credit_go_and_the_facts_stay(footer):
    article, body = read(f"<p>正文</p>{CREDIT}\n\n{LINK}{footer}")
    assert body == "<p>正文</p>"
    assert article.adapter == "finews"
    assert article.source == "赣南日报"
    assert article.source_url.endswith("infoCode=NW202202212282371475")
    assert article.category_title == "赣南日报"


def test_an_empty_source_link_goes_and_states_nothing():
    article, body = read("<p>正文</p>\n\n<>\n\n[返回首页](//finews.withounder.com/)")
    assert (article.source_url, body) == ("", "<p>正文</p>")


def test_a_credit_with_a_widget_inside_is_text():
    span = '<span id="bk_90.BK0473"><a href="http://quote.eastmoney.com/unify/r/90.BK0473">证券</a></span><span id="bkquote_90.BK0473"></span>'
    article, _ = read(f'<p>正文</p><p class="em_media">（文章来源：上海{span}报）</p>')
    assert article.source == "上海证券报"


def test_stock_widgets_become_links_or_text():
    _, body = read(
        '<p>其中，<span id="stock_1.600160"><a href="http://quote.eastmoney.com/unify/r/1.600160" class="keytip">巨化股份</a></span>'
        '<span id="quote_1.600160"></span>和<span web="1" href="http://x" class="em_stock_key_common" data-code="1">蔚来</span>。</p>'
    )
    assert (
        body
        == '<p>其中，<a href="http://quote.eastmoney.com/unify/r/1.600160" class="keytip">巨化股份</a>和蔚来。</p>'
    )


def test_a_category_is_one_line_spaces_and_all_and_its_address_is_split():
    article, _ = read(
        "<p>x</p>",
        category="21shijijingjibaodao  nancailicaitong",
        tag="21世纪经济报道  南财理财通新闻",
    )
    assert article.categories == ("21shijijingjibaodao  nancailicaitong",)
    assert article.category_path == ("21shijijingjibaodao", "nancailicaitong")
    assert article.tags == ("21世纪经济报道  南财理财通新闻",)


def test_other_archives_are_left_alone():
    article, body = read("<p>[返回首页](../)</p>", tag="other")
    assert article.adapter == ""
    assert body == "<p>[返回首页](../)</p>"


def test_the_adapter_can_be_switched_off():
    article, body = read(f"<p>正文</p>{CREDIT}", adapter="none")
    assert (article.adapter, article.source) == ("", "")
    assert CREDIT in body


def test_a_footer_in_the_middle_of_a_text_is_text():
    text = "[返回首页](../)\n" + "<p>" + "字" * 1600 + "</p>"
    _, body = read(text)
    assert body.startswith("[返回首页]")
