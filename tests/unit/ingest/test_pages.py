"""Captured HTML pages."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import frontmatter
import pytest

from generator.ingest.capture import read_answer, read_capture
from generator.ingest.page_facts import Origin
from generator.ingest.reading import Reading

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><title>向南迈大步_赣南新闻网</title>
<meta name="author" content="admin"><link rel="canonical" href="https://old.example/2022/a.html"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/x">新闻</a></div>
<div class="wrap"><h1>向南迈大步</h1><div>发布时间：2022-02-21 07:29　来源：赣南日报　作者：钟慧燕</div>
<div id="content"><p>　　近日，行走在全南县桃江两岸，记者真切感受到满满活力。</p>

<p style="color:red" onclick="x()">作为<b>前沿</b>地带，全南推进对接 A&amp;B。<a href="c.html">链接</a></p>
<p><img src="spacer.gif" data-src="b.jpg"></p><script>var a = "句子。";</script>
<p>（责任编辑：张三）</p><p>免责声明：本文仅代表作者观点。</p></div>
<ul><li><a href="1">甲新闻标题</a></li><li><a href="2">乙新闻标题</a></li></ul></div>
<footer>版权所有，翻印必究。</footer></body></html>"""


def read(markup: str | bytes, name: str = "a.html") -> Reading:
    data = markup.encode() if isinstance(markup, str) else markup
    found = read_capture(data, name).reading
    assert found is not None
    return found


def post(reading: Reading) -> frontmatter.Post:
    return frontmatter.loads(reading.article.decode())


def test_a_page_gives_its_headline_facts_and_clean_text() -> None:
    reading = read(PAGE)
    article = post(reading)
    assert article["title"] == "向南迈大步"
    assert str(article["date"]) == "2022-02-21 07:29:00"
    assert (article["source"], article["authors"]) == ("赣南日报", ["钟慧燕"])
    assert (article["source_url"], article["lang"]) == ("https://old.example/2022/a.html", "zh-CN")
    assert article.content == (
        "<p>近日，行走在全南县桃江两岸，记者真切感受到满满活力。</p>\n"
        "<p>作为<b>前沿</b>地带，全南推进对接 A&amp;B。"
        '<a href="https://old.example/2022/c.html">链接</a></p>\n'
        '<p><img src="https://old.example/2022/b.jpg"></p>\n'
        "<p>（责任编辑：张三）</p>"
    )


def test_what_is_left_out_of_a_page_is_recorded() -> None:
    cuts = {cut.text: cut.rule for cut in read(PAGE).cut}
    assert cuts["免责声明：本文仅代表作者观点。"] == "disclaimer"
    assert cuts["首页"] == cuts["版权所有，翻印必究。"] == "outside-main-text"
    assert any("甲新闻标题" in text for text in cuts)


def test_a_page_of_tables_and_line_breaks_in_gb18030_is_read() -> None:
    markup = (
        "<HTML><HEAD><TITLE>全市经济工作会议召开 - 某某日报</TITLE></HEAD><BODY><TABLE><TR><TD>"
        "<A href=a>首页</A>|<A href=b>新闻</A></TD></TR></TABLE><TABLE><TR><TD><A href=1>要闻一二三</A></TD><TD>"
        "<P><B>全市经济工作会议召开</B></P><P>某某日报 2009年3月5日</P><FONT size=3>"
        "　　本报讯（记者 张三）昨日，全市经济工作会议召开。<BR>　　会议强调，要稳中求进。<BR><BR>会议要求，抓好落实。"
        "</FONT><P>【关闭窗口】</P></TD></TR></TABLE></BODY></HTML>"
    )
    article = post(read(markup.encode("gb18030")))
    assert (article["title"], article["source"]) == ("全市经济工作会议召开", "某某日报")
    assert str(article["date"]) == "2009-03-05"
    assert article.content == (
        "<p>本报讯（记者 张三）昨日，全市经济工作会议召开。</p>\n<p>会议强调，要稳中求进。</p>\n<p>会议要求，抓好落实。</p>"
    )


def test_a_page_is_decoded_by_its_own_word_where_bytes_do_not_tell() -> None:
    markup = '<html><head><meta charset="Shift_JIS"><title>新しい計画</title></head><body><p>政府は新しい計画を発表した。</p><p>来月から始まる。</p></body></html>'
    read_ = read_capture(markup.encode("shift_jis"), "a.html")
    assert read_.encoding == "shift_jis"
    assert read_.reading is not None
    assert "政府は新しい計画を発表した。" in read_.reading.article.decode()


def test_teasers_of_other_articles_and_a_box_in_the_text_are_not_taken_for_the_text() -> None:
    teasers = "".join(
        f"<p><a href={n}>这是另外一篇文章的导语，它说了很多别的事情。</a></p>" for n in range(9)
    )
    text = "".join(f"<p>这是正文的第{n}段，它说的是这篇文章的事情。</p>" for n in range(6))
    box = "<div><p>导读一，说的是要点。</p><p>导读二，也是要点。</p></div>"
    content = post(read(f"<html><body><div>{teasers}</div><div>{box}{text}</div></body>")).content
    assert content == (
        "<p>导读一，说的是要点。</p>\n<p>导读二，也是要点。</p>\n"
        + text.replace("</p><p>", "</p>\n<p>")
    )


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ('<meta property="article:published_time" content="2022-02-21T07:29:31+08:00">', "meta:article:published_time"),
        ('<meta name="PubDate" content="2022-02-21">', "meta:pubdate"),
        ('<script type="application/ld+json">{"datePublished": "2022-02-21T07:29:31Z"}</script>', "json-ld"),
        ("<time datetime=2022-02-21>Monday</time>", "time-element"),
    ],
)  # fmt: skip
def test_a_day_stated_in_the_markup_is_the_day_of_publication(head: str, rule: str) -> None:
    reading = read(
        f"<html><head>{head}</head><body><h1>一个足够长的标题在这里</h1><p>第一句话。</p><p>第二句话。</p>"
    )
    assert reading.day == "2022-02-21"
    assert rule in [field.rule for field in reading.fields if field.name == "date"]


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:modified_time" content="2022-02-21">',
        "<time datetime=2022-02-21>a</time><time datetime=2022-02-22>b</time>",
        '<meta name="date" content="2022-02-31">',
        "<p>2022年2月21日，会议举行。</p>",
    ],
)
def test_other_days_on_a_page_are_no_day_of_publication(markup: str) -> None:
    assert read(f"<html><body>{markup}<p>第一句话。</p><p>第二句话。</p>").day == ""


@pytest.mark.parametrize(
    ("head", "title", "rule"),
    [
        ("<title>某地召开会议_新闻中心_某某网</title><h1>某地召开会议</h1>", "某地召开会议", "h1"),
        ("<title>某地召开会议 - 某某网</title><h1>某某网</h1>", "某地召开会议", "title-element"),
        ('<meta property="og:title" content="某地召开会议 | 某某网"><meta property="og:site_name" content="某某网">', "某地召开会议", "og:title"),
        ("<h1>某地召开重要工作会议</h1>", "某地召开重要工作会议", "h1"),
    ],
)  # fmt: skip
def test_the_headline_is_told_from_the_name_of_the_site(head: str, title: str, rule: str) -> None:
    reading = read(f"<html>{head}<p>第一句话说了很多。</p><p>第二句话也说了很多。</p>")
    assert (reading.fields[0].value, reading.fields[0].rule) == (title, rule)


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<html></html>", "no running text"),
        ("<html><body><a href=1>首页</a><p>404 Not Found</p></body></html>", "no running text"),
        ("<html><body>" + "<div>" * 3000 + "<p>深。</p>", "elements nested too deep"),
    ],
)
def test_a_page_without_readable_text_is_refused_with_a_reason(markup: str, why: str) -> None:
    found = read_capture(markup.encode(), "a.html")
    assert found.reading is None
    assert (found.findings[-1].code, found.findings[-1].detail) == ("import/not-a-capture", why)


SENTENCE = "央行今天发布公告，决定下调存款准备金率。市场对此反应积极，三大股指高开高走。"


def test_a_page_laid_out_with_tables_gives_the_text_alone() -> None:
    reading = read(
        f"<HTML><TITLE>央行宣布降准</TITLE><BODY><TABLE><TR><TD><A HREF=a.htm>首页</A></TD></TR>"
        f"<TR><TD><CENTER><B>央行宣布降准</B></CENTER><P>1998年11月23日　新华社"
        f"<P>　　{SENTENCE}<BR>　　{SENTENCE}<BR>　　{SENTENCE}（完）<P><A HREF=a.htm>返回</A></TD></TR></TABLE>"
    )
    article = post(reading)
    assert article.content.count(f"<p>{SENTENCE}") == 3
    assert (article["title"], str(article["date"])) == ("央行宣布降准", "1998-11-23")
    assert "返回" not in article.content


def test_a_table_of_figures_stays_a_table() -> None:
    table = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    assert (
        "<td>甲</td><td>1</td>"
        in read(f"<p>{SENTENCE}</p>{table}<p>{SENTENCE}</p>").article.decode()
    )


@pytest.mark.parametrize(
    ("head", "day", "source_url"),
    [
        ("<!-- saved from url=(0042)http://a.example/2013/05/06/1.html -->", "2013-05-06", "http://a.example/2013/05/06/1.html"),
        ("<!--\n Page saved with SingleFile \n url: https://a.example/1.html \n saved date: x-->", "", "https://a.example/1.html"),
        ("<!-- Mirrored from a.example/20130506/1.html by HTTrack Website Copier -->", "2013-05-06", "http://a.example/20130506/1.html"),
    ],
)  # fmt: skip
def test_a_saved_page_names_its_address_and_keeps_links_to_what_was_saved(
    head: str, day: str, source_url: str
) -> None:
    page = f'{head}<html><title>央行宣布降准</title><body><p>{SENTENCE}</p><p>{SENTENCE}<img src="f/1.png"></p>'
    reading = read(page)
    assert (reading.day, post(reading)["source_url"]) == (day, source_url)
    assert '<img src="f/1.png">' in post(reading).content


def test_a_date_beside_the_headline_counts_though_its_line_says_more() -> None:
    reading = read(
        f"<html><title>央行宣布降准</title><body><h2>央行宣布降准</h2><div>2008-05-06 03:15 聯合報 記者王小明／台北報導 讚</div>"
        f"<div><p>{SENTENCE}</p><p>{SENTENCE}</p></div>"
    )
    assert reading.day == "2008-05-06"


def test_a_page_without_a_date_has_the_day_of_its_path() -> None:
    page = f"<html><title>央行宣布降准</title><body><p>{SENTENCE}</p><p>{SENTENCE}</p>"
    reading = read(page, "www.a.example/2013/05/06/1.html")
    assert (reading.day, str(post(reading)["date"])) == ("2013-05-06", "2013-05-06")


@pytest.mark.parametrize("start", ["<h1>央行宣布降准</h1>", "<center>", "<font size=2>"])
def test_a_fragment_of_a_page_is_a_page(start: str) -> None:
    assert read(f"{start}<p>{SENTENCE}</p><p>{SENTENCE}</p>").shape == "html"


def test_a_page_saved_as_one_file_is_read() -> None:
    page = f"<html><title>央行宣布降准</title><body><p>{SENTENCE}</p><p>{SENTENCE}</p>"
    message = MIMEMultipart("related")
    part = MIMEText(page, "html", "utf-8")
    part["Content-Location"] = "http://a.example/1.html"
    message.attach(part)
    article = post(read(message.as_bytes(), "a.mht"))
    assert (article["title"], article["source_url"]) == ("央行宣布降准", "http://a.example/1.html")
    assert SENTENCE in article.content


def test_the_word_of_a_server_that_knows_nothing_is_not_taken_but_others_are() -> None:
    """Latin-1 is what Apache said of every page; Windows-1250 is a word that means something."""
    chinese = (
        f"<html><body><h1>央行宣布降准</h1><p>{'央行今天发布公告，决定下调存款准备金率。' * 3}</p>"
    )
    read = read_answer(chinese.encode("gb18030"), Origin("http://a.example/1.html"), "ISO-8859-1")
    assert read.encoding == "gb18030"
    assert read.reading
    assert "央行宣布降准" in read.reading.article.decode()
    polish = f"<html><body><h1>Zażółć gęślą jaźń</h1><p>{'Rząd ogłosił dziś nową ustawę o łączności. ' * 6}</p>"
    read = read_answer(polish.encode("cp1250"), Origin("http://a.example/1.html"), "windows-1250")
    assert read.reading
    assert "Zażółć gęślą jaźń" in read.reading.article.decode()
