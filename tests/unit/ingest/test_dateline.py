"""Datelines and the people in them."""

from __future__ import annotations

import pytest

from generator.ingest.dateline import read_dateline
from generator.ingest.people import read_names, split_outlet


@pytest.mark.parametrize(
    ("text", "outlet", "place", "day", "reporters", "rest"),
    [
        ("国资潇湘融媒讯(记者 熊英)“公司", "国资潇湘融媒", "", "", ("熊英",), "“公司"),
        (
            "中国经济导报、中国发展网讯 朱伟精 罗津 记者王心武报道 日前,中国",
            "中国经济导报、中国发展网",
            "",
            "",
            ("朱伟精", "罗津", "王心武"),
            "日前,中国",
        ),
        ("本报讯 (记者萧森)元旦假期", "", "", "", ("萧森",), "元旦假期"),
        ("新华社北京2月21日电（记者 张三 李四）近日", "新华社", "北京", "2月21日", ("张三", "李四"), "近日"),
        ("新华社台北2月21日电 据报道", "新华社", "台北", "2月21日", (), "据报道"),
        ("中新网3月30日电据外媒报道，迪拜", "中新网", "", "3月30日", (), "据外媒报道，迪拜"),
        ("中新社 北京 2月21日电 (郭佳)中国", "中新社", "北京", "2月21日", ("郭佳",), "中国"),
        ("红网时刻长沙2月21日讯（记者 王 芳 通讯员 李四）今天", "红网时刻", "长沙", "2月21日", ("王芳", "李四"), "今天"),
        ("央视网消息：今天", "央视网", "", "", (), "今天"),
        ("湖北日报讯（记者李先宏、通讯员王五）今年", "湖北日报", "", "", ("李先宏", "王五"), "今年"),
        ("〔記者張三／台北報導〕立法院", "", "", "", ("張三",), "立法院"),
        ("（中央社記者張三台北21日電）行政院", "中央社", "", "", (), "行政院"),
        ("（记者 李四）近日", "", "", "", ("李四",), "近日"),
        ("本报记者 张三 报道 近日", "", "", "", ("张三",), "近日"),
        ("BEIJING, Feb. 21 (Xinhua) -- China", "Xinhua", "BEIJING", "Feb. 21", (), "China"),
        ("(Reuters) - Oil", "Reuters", "", "", (), "Oil"),
        ("LONDON (Reuters) - Oil", "Reuters", "LONDON", "", (), "Oil"),
    ],
)  # fmt: skip
def test_a_dateline_names_outlet_place_day_and_reporters(
    text: str, outlet: str, place: str, day: str, reporters: tuple[str, ...], rest: str
) -> None:
    dateline = read_dateline(text)
    assert dateline is not None
    found = (dateline.outlet, dateline.place, dateline.day, dateline.reporters)
    assert found == (outlet, place, day, reporters)
    assert text[dateline.length :] == rest
    assert dateline.date is None, "a day without a year is no date"


def test_a_dateline_with_a_year_states_a_date() -> None:
    dateline = read_dateline("【大纪元2022年02月21日讯】（大纪元记者张三报导）北京")
    assert dateline is not None
    assert dateline.date is not None
    assert (dateline.outlet, dateline.date.day) == ("大纪元", "2022-02-21")
    assert dateline.reporters == ("张三",)


@pytest.mark.parametrize(
    "text",
    [
        "近日，记者从市政府获悉，全市",
        "腾讯(Tencent)公布财报",
        "本报记者从市政府获悉，全市",
        "资讯(新闻)很多",
        "财经网资讯：今天",
        "家电(白电)行业",
        "快讯：央行降息",
        "日前，国家发改委发布消息：",
        "据英国媒体消息 今天",
        "昨天有好消息 今天",
        "NEW YORK is large (very) - they say",
        "近日,湖南中锦华泰科技有限公司副总经理张国安备感欣慰",
    ],
)
def test_ordinary_openings_are_no_datelines(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("特约记者钟慧燕通讯员张美霞", ("钟慧燕", "张美霞")),
        ("□ 本报记者 张三 通讯员 李四", ("张三", "李四")),
        ("湖南日报·华声在线记者 熊英", ("熊英",)),
        ("记者 阿不都热依木·买买提", ("阿不都热依木·买买提",)),
        ("本报驻京记者 张三 摄影报道", ("张三",)),
        ("John Smith", ("John Smith",)),
        ("记者从市政府获悉", ()),
        ("记者了解到", ()),
        ("医务工作者免门票", ()),
        ("記者張三台北21日電", ()),
        ("综合", ()),
    ],
)
def test_people_are_named_only_where_it_is_clear(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


def test_a_paper_that_calls_itself_this_paper_is_not_named() -> None:
    assert split_outlet("本报长沙") == ("", "长沙")
    assert split_outlet("据新华社") == ("新华社", "")
    assert split_outlet("综合") == ("", "")
