"""Lines of credits, and the dates they state."""

from __future__ import annotations

import pytest

from generator.ingest.credits import read_byline, read_credits
from generator.ingest.dates import find_date


@pytest.mark.parametrize(
    ("text", "fields", "day"),
    [
        ("2022-02-21 07:29 来源：赣南日报 作者：张三 浏览：123", ["source 赣南日报", "author 张三"], "2022-02-21"),
        ("发布时间：2022-02-21 07:29", [], "2022-02-21"),
        ("来源：新华网 | 2022年02月21日 10:11", ["source 新华网"], "2022-02-21"),
        ("赣南日报 2022-02-21", ["source 赣南日报"], "2022-02-21"),
        ("更新时间:2022-03-01 发布时间:2022-02-21 来源:新华网", ["updated 2022-03-01", "source 新华网"], "2022-02-21"),
        ("更新时间:2022-03-01", ["updated 2022-03-01"], ""),
        ("（责任编辑：张三）", ["editor 张三"], ""),
        ("【编辑:陈海峰】", ["editor 陈海峰"], ""),
        ("（文章来源：赣南日报）", ["source 赣南日报"], ""),
        ("作者：本报评论员", ["author 本报评论员"], ""),
        ("作者：熊丙奇，系21世纪教育研究院副院长", ["author 熊丙奇"], ""),
        ("来源：中国政府网(ID：zhengfu)", ["source 中国政府网(ID：zhengfu)"], ""),
        ("责任编辑：王五 审核：赵六", ["editor 王五", "editor 赵六"], ""),
        ("浏览次数：123 字号：[ 大 中 小 ]", [], ""),
        ("By John Smith", ["author John Smith"], ""),
        ("Published: February 21, 2022", [], "2022-02-21"),
    ],
)  # fmt: skip
def test_a_line_of_credits_gives_its_fields(text: str, fields: list[str], day: str) -> None:
    found = read_credits(text, 3, "credit-line")
    assert found is not None
    stated = [f"{field.name} {field.value}" for field in found.fields if field.name != "date"]
    assert stated == fields
    assert (found.date.day if found.date else "") == day
    assert all(field.line == 3 and field.rule == "credit-line" for field in found.fields)


@pytest.mark.parametrize(
    "text",
    [
        "时间：三天两夜",
        "时间就是金钱",
        "来源：他说，钱是从银行来的。",
        "评论：这是一个好办法",
        "国家发改委网站",
        "2022年2月21日，记者来到全南县",
        "近日天气晴好",
        "来源：" + "长" * 200,
    ],
)
def test_a_line_that_says_anything_else_is_text(text: str) -> None:
    assert read_credits(text, 1, "credit-line") is None


def test_a_byline_names_its_people() -> None:
    assert [field.value for field in read_byline("□本报记者 张三 通讯员 李四", 1)] == [
        "张三",
        "李四",
    ]
    assert [field.value for field in read_byline("文｜李四 图｜王五", 1)] == ["李四"]
    assert [field.value for field in read_byline("By John Smith, Reuters", 1)] == ["John Smith"]
    assert read_byline("By the time he came", 1) == ()
    assert read_byline("作者系某大学教授", 1) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-02-21", "2022-02-21"),
        ("于2022年2月21日07时29分31秒", "2022-02-21 07:29:31"),
        ("2022.02.21 07:29", "2022-02-21 07:29:00"),
        ("2022年02月21日 下午 3:05", "2022-02-21 15:05:00"),
        ("February 21, 2022, 7:29 PM", "2022-02-21 19:29:00"),
        ("21 Feb 2022", "2022-02-21"),
        ("2022-02-21T07:29:31+08:00", "2022-02-21 07:29:31 +0800"),
        ("2022-02-21T07:29:31.5Z", "2022-02-21 07:29:31 +0000"),
    ],
)
def test_a_full_date_is_read_with_what_it_states_of_time_and_zone(text: str, value: str) -> None:
    found = find_date(text)
    assert found is not None
    assert str(found.value) == value
    assert found.day == "2022-02-21"


@pytest.mark.parametrize(
    "text", ["2月21日", "2022-02-30", "2022年2月", "Feb. 21", "电话 2022-1234567", ""]
)
def test_less_than_a_full_date_is_no_date(text: str) -> None:
    assert find_date(text) is None
