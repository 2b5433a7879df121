"""Raw text captures as a whole."""

from __future__ import annotations

import frontmatter

from generator.ingest.capture import read_capture
from generator.ingest.reading import Reading

FIRST = "市政府昨天召开会议，部署优化营商环境工作，各县区负责人参加。"
SECOND = "会议要求，各部门要把优化营商环境作为一号工程来抓，主动服务企业。"


def read(text: str, name: str = "a.txt") -> Reading:
    found = read_capture(text.encode(), name).reading
    assert found is not None
    return found


def post(reading: Reading) -> frontmatter.Post:
    return frontmatter.loads(reading.article.decode())


def test_a_capture_gives_headline_credits_subheads_captions_and_a_record_of_the_rest() -> None:
    reading = read(
        "首页 > 新闻 > 正文\n"
        "市政府部署优化营商环境\n"
        "2022-02-21 07:29 来源：赣南日报 作者：张三\n"
        "□ 本报记者 李四\n"
        f"{FIRST}\n"
        "主动服务企业\n"
        f"{SECOND}\n"
        "▲ 会议现场\n"
        "市政府部署优化营商环境\n"
        "（责任编辑：王五）\n"
        "免责声明：本文仅代表作者观点。\n"
        "分享 投诉 首页\n"
    )
    article = post(reading)
    assert article["title"] == "市政府部署优化营商环境"
    assert str(article["date"]) == "2022-02-21 07:29:00"
    assert (article["source"], article["authors"]) == ("赣南日报", ["张三", "李四"])
    assert article.content == (
        f"□ 本报记者 李四\n\n{FIRST}\n\n## 主动服务企业\n\n{SECOND}\n\n"
        "<figure><figcaption>〔图缺〕▲ 会议现场</figcaption></figure>\n\n（责任编辑：王五）"
    )
    assert reading.day == "2022-02-21"
    assert [(cut.line, cut.rule) for cut in reading.cut] == [
        (1, "navigation"),
        (3, "credit-line"),
        (9, "headline-repeated"),
        (11, "disclaimer"),
        (12, "buttons"),
    ]
    assert ("editor", "王五", 10) in [(one.name, one.value, one.line) for one in reading.fields]
    assert [one.code for one in reading.findings] == ["import/boilerplate-cut"]


def test_every_character_of_a_capture_is_in_the_article_or_in_the_record() -> None:
    text = f"市政府部署\n\n{FIRST}\n\n,\n\n{SECOND}\n\n    分享\n    投诉"
    reading = read(text)
    kept = reading.article.decode() + "".join(cut.text for cut in reading.cut)
    for line in filter(None, map(str.strip, text.split("\n"))):
        assert line in kept


def test_a_capture_without_a_headline_gets_a_title_whose_rule_is_named_in_both_places() -> None:
    reading = read(f"本报讯 (记者萧森){FIRST}\n{SECOND}\n")
    article = post(reading)
    assert article["title"] == "各部门要把优化营商环境作为一号工程来抓"
    assert article["title_rule"] == reading.fields[0].rule == "central-clause"
    assert reading.findings[0].code == "import/title-from-lead"
    assert article.content.startswith("本报讯 (记者萧森)市政府"), "the dateline stays in the text"
    assert "source" not in article
    assert article["authors"] == ["萧森"]


def test_no_date_is_made_of_a_day_without_a_year_or_of_dates_in_the_text() -> None:
    reading = read(f"标题在此\n新华社北京2月21日电 {FIRST}\n2022年2月20日，{SECOND}\n")
    assert reading.day == ""
    assert "date" not in post(reading)
    assert ("day", "2月21日") in [(one.name, one.value) for one in reading.fields]


def test_credits_above_the_headline_are_no_headline() -> None:
    article = post(read(f"来源：新华网 2022-02-21\n市政府部署优化营商环境\n{FIRST}\n"))
    assert (article["title"], article["source"]) == ("市政府部署优化营商环境", "新华网")


def test_a_bracketed_headline_stays_whole_and_its_inner_one_is_recorded() -> None:
    headline = "永吉县三年行动方案(江西省安福县倾力擦亮营商环境品牌)"
    reading = read(f"{headline}\n\n{FIRST}\n")
    assert post(reading)["title"] == headline
    assert reading.fields[1].value == "江西省安福县倾力擦亮营商环境品牌"


def test_an_english_capture_is_read_as_english() -> None:
    article = post(
        read(
            "Oil prices climb as supply tightens\n\nBy Jane Roe\n\nFebruary 21, 2022\n\n"
            "LONDON (Reuters) - Oil prices rose on Monday as supply concerns grew.\n\nSupply\n\n"
            "Analysts said the market was tight and would stay so for months.\n\nShare\nTweet\n"
        )
    )
    assert article["title"] == "Oil prices climb as supply tightens"
    assert (article["source"], article["authors"]) == ("Reuters", ["Jane Roe"])
    assert str(article["date"]) == "2022-02-21"
    assert article.content.endswith(
        "\n\n## Supply\n\nAnalysts said the market was tight and would stay so for months."
    )


def test_a_traditional_chinese_capture_is_read_as_such() -> None:
    article = post(
        read(
            "行政院通過新方案\n〔記者張三／台北報導〕行政院會今天通過新方案，將於下月實施。\n分享給朋友\n列印\n"
        )
    )
    assert (article["title"], article["authors"]) == ("行政院通過新方案", ["張三"])
    assert article.content == "〔記者張三／台北報導〕行政院會今天通過新方案，將於下月實施。"


def test_a_title_with_quotation_marks_and_backslashes_survives_front_matter() -> None:
    headline = '他说"好" \\ 就: 好 #1 🎉' + "长" * 40
    article = post(read(f"{headline}\n{FIRST}{SECOND}{FIRST}\n"))
    assert article["title"] == headline


def test_the_page_s_address_on_the_first_line_is_its_address_and_no_headline() -> None:
    reading = read(f"https://old.example/a?b=1\n市政府部署优化营商环境\n{FIRST}\n")
    article = post(reading)
    assert (article["title"], article["source_url"]) == (
        "市政府部署优化营商环境",
        "https://old.example/a?b=1",
    )
    assert article.content == FIRST


def test_a_stated_original_title_is_the_title() -> None:
    reading = read(f"原标题：市政府部署优化营商环境\n{FIRST}\n{SECOND}\n")
    assert post(reading)["title"] == "市政府部署优化营商环境"
    assert reading.fields[0].rule == "announced"
