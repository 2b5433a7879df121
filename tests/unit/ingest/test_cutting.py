"""What is cut from a captured page, and what must not be."""

from __future__ import annotations

import pytest

from generator.ingest.cutting import cut_page
from generator.ingest.lines import Block

BODY = ["标题一二三", "这是正文的第一段，有句号。", "这是正文的第二段，也有句号。"]


def cut(*texts: str) -> tuple[list[str], dict[str, str]]:
    kept, cuts = cut_page([Block(number, text) for number, text in enumerate(texts, 1)])
    return [block.text for block in kept], {one.text: one.rule for one in cuts}


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("首页 > 新闻 > 正文", "navigation"),
        ("您当前的位置：首页 > 国内", "navigation"),
        ("新闻 | 国内 | 国际 | 财经 | 体育", "navigation"),
        ("登录 注册", "buttons"),
        ("Home | News | Sport", "navigation"),
    ],
)
def test_navigation_above_the_headline_is_cut(head: str, rule: str) -> None:
    assert cut(head, *BODY) == (BODY, {head: rule})


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        (["分享", "投诉", "首页"], "buttons"),
        (["免责声明:本文仅代表文章作者的个人观点,与本站无关。"], "disclaimer"),
        (["【免责声明】", "本文转自网络，与本站立场无关，请读者仅作参考。"], "disclaimer"),
        (["声明：转载请注明出处。", "分享到：微信 微博"], "disclaimer"),
        (["Copyright © 2022 某某报 All Rights Reserved"], "rights"),
        (["版权所有 某某日报社 京ICP备05000001号"], "rights"),
        (["相关阅读", "某地推进改革", "某地召开会议"], "related-links"),
        (["Share", "Print", "Email"], "buttons"),
    ],
)
def test_what_stands_under_the_article_is_cut(tail: list[str], rule: str) -> None:
    kept, cuts = cut(*BODY, *tail)
    assert kept == BODY
    assert list(cuts) == tail
    assert cuts[tail[0]] == rule


def test_stray_marks_are_cut_wherever_they_stand() -> None:
    assert cut(BODY[0], ",", *BODY[1:], "……") == (BODY, {",": "stray-marks", "……": "stray-marks"})


@pytest.mark.parametrize(
    "text",
    [
        "声明指出，双方将继续合作。",
        "相关部门表示，将依法处理这一事件，并向社会公布结果。",
        "首页的改版让读者更容易找到新闻。",
        "分享经济正在改变城市生活。",
    ],
)
def test_sentences_that_begin_like_page_furniture_stay(text: str) -> None:
    texts = [*BODY, text]
    assert cut(*texts) == (texts, {})


def test_a_sentence_at_the_head_that_begins_like_a_trail_stays() -> None:
    texts = ["当前位置的优势十分明显，企业纷纷落户。", *BODY]
    assert cut(*texts) == (texts, {})


def test_a_disclaimer_does_not_take_an_article_s_text_with_it() -> None:
    later = "这是免责声明之后仍然属于正文的一段话，它足够长，超过六十个字，所以不会被当成页面上的按钮或者链接而一并删去，它必须留在文章里面，一个字也不能少。"
    kept, cuts = cut(*BODY, "免责声明：本文仅供参考。", later)
    assert kept == [*BODY, later]
    assert cuts == {"免责声明：本文仅供参考。": "disclaimer"}


def test_a_page_of_nothing_but_buttons_leaves_nothing() -> None:
    assert cut("分享", "投诉", "首页")[0] == []
