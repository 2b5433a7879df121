"""Headlines, and titles made of an article's own words."""

from __future__ import annotations

import pytest

from generator.ingest.headline import announced_title, derive_title, is_headline
from generator.ingest.lines import Block


def blocks(*texts: str) -> list[Block]:
    return [Block(number, text) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    "headline",
    [
        "向南迈大步 融湾劲更足",
        "永吉县优化营商环境三年行动方案(江西省吉安市安福县倾力擦亮营商环境品牌)",
        "营商环境好不好？企业说了算！",
        "Oil prices climb as supply tightens",
    ],
)
def test_a_short_first_line_over_longer_text_is_the_headline(headline: str) -> None:
    assert is_headline(blocks(headline, "这是正文的第一段，比标题更长，而且有句号。" * 3))


@pytest.mark.parametrize(
    "first",
    ["北向资金净流入达30亿元。", "据介绍，", "他说：", "长" * 81, "He said so."],
)
def test_a_sentence_or_the_start_of_one_is_no_headline(first: str) -> None:
    assert not is_headline(blocks(first, "这是正文的第一段。" * 12))


def test_a_line_over_nothing_longer_is_no_headline() -> None:
    assert not is_headline(blocks("北向资金净流入达30亿元"))
    assert not is_headline(blocks("床前明月光如水", "疑是地上霜", "举头望明月"))


def test_the_title_is_the_clause_of_the_lead_whose_words_most_paragraphs_share() -> None:
    text = blocks(
        "“园区当场就明确表态,给出时间表。”近日,某公司副总经理张国安备感欣慰,因为宗地问题得以解决。",
        "中锦华泰是龙岭产业开发区引入的湘商回归项目,总投资约3.5亿元。",
        "产业园是地方经济的发动机。",
        "2022年以来,龙岭产业开发区引入湘商回归项目22个。",
        "龙岭产业开发区将继续推进湘商回归项目落地。",
    )
    title = derive_title(text)
    assert title.text == "中锦华泰是龙岭产业开发区引入的湘商回归项目"
    assert (title.rule, title.line) == ("central-clause", 2)


def test_a_clause_further_down_must_be_shared_by_many_more_paragraphs() -> None:
    first, second = "甲地营商环境建设取得新进展", "乙地产业园区招商工作有突破"
    lead = blocks(f"{first}，好。", f"{second}，好。")
    both = blocks(*[f"其一，{first}，{second}。"] * 4)
    only_second = blocks(f"其二，{second}。")
    assert derive_title([*lead, *both]).text == first
    assert derive_title([*lead, *both, *only_second]).text == first, (
        "five shares are not 3/2 of four"
    )
    assert derive_title([*lead, *both, *only_second * 4]).text == second


def test_a_title_is_never_made_of_speech_a_hanging_clause_or_half_a_quotation() -> None:
    title = derive_title(
        blocks(
            "“我们的园区我们的园区我们的园区，我们的园区。”因为我们的园区很好很好很好，"
            "他在我们的园区里“很好很好很好，”说。全县重点项目建设推进会昨天举行，我们的园区。"
        )
    )
    assert title.text == "全县重点项目建设推进会昨天举行"


def test_a_lead_without_such_a_clause_gives_its_opening_words() -> None:
    title = derive_title(
        blocks(
            "据美联社报道，美国总统1日表示，为遏制疫情蔓延，将采取一系列措施，并延长到月底为止。"
        )
    )
    assert title.text == "据美联社报道，美国总统1日表示，为遏制疫情蔓延，将采取一系列措施……"
    assert title.rule == "opening-words"
    assert derive_title(blocks("北向资金净流入。")).text == "北向资金净流入"


def test_other_scripts_take_the_first_sentence_or_the_first_words_up_to_a_space() -> None:
    title = derive_title(blocks("Oil prices rose on Monday. Analysts, e.g. Mr. Roe, agreed."))
    assert (title.text, title.rule) == ("Oil prices rose on Monday", "first-sentence")
    title = derive_title(blocks("Oil prices " + "very " * 40 + "rose."))
    assert title.rule == "opening-words"
    assert title.text.endswith("very…")
    assert len(title.text) <= 101


def test_a_title_announced_by_an_agency_is_a_headline() -> None:
    title = announced_title(Block(1, "新华社天津4月3日电 题：战“疫”里的“国企担当”"))
    assert title is not None
    assert (title.text, title.rule) == ("战“疫”里的“国企担当”", "announced")
    assert announced_title(Block(1, "新华社天津4月3日电 今天。")) is None
