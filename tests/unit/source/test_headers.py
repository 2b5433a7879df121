"""Front matter as other generators and people write it."""

import pytest
import yaml
from reading import read

from generator.source.handlers import YamlFields

BODY = "正文第一段：如下。\n"


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Title: 甲: 乙\nDate: 2010-12-03 10:20\nTags: 股市, 基金\nAuthors: 张三, 李四\nSummary: 一\n    二\n\n",
         {"title": "甲: 乙", "date": "2010-12-03 10:20", "tags": "股市, 基金", "authors": ("张三", "李四"), "summary": "一 二"}),
        ("标题：甲\n日期：2013年5月6日\n来源：新华网\n\n", {"title": "甲", "date": "2013年5月6日", "source": "新华网"}),
        ("title: 甲\ntags:\n- 股市\n- 基金\n---\n", {"title": "甲", "tags": ("股市", "基金")}),
        ("---\n标题: 甲\n分类: 财经\n---\n", {"title": "甲", "categories": "财经"}),
        ('---json\n{"title": "甲"}\n---\n', {"title": "甲"}),
        ('---toml\ntitle = "甲"\n---\n', {"title": "甲"}),
        ("--- yaml\ntitle: 甲\n---\n", {"title": "甲"}),
        ("---\n  title: 甲\n  tags: [a]\n---\n", {"title": "甲", "tags": ("a",)}),
        ("---\ntitle: ~\ntags: null\n---\n", {"title": "", "tags": ""}),
    ],
)  # fmt: skip
def test_heads_of_other_generators_are_read(head, values):
    assert read(head + BODY) == (values, [], BODY if "\n\n" not in head else f"\n{BODY}")


@pytest.mark.parametrize(
    "text",
    [
        "Title: 甲\n\n" + BODY,  # one line is no head
        "Date: 2013-05-06\nFrom: a@b.c\n\n" + BODY,
        "title: 甲\ndate: 2013-05-06\n" + BODY,  # the text runs on
        "作者：张三\n\n" + BODY,
        "时间：昨天\n地点：北京\n\n" + BODY,
    ],
)
def test_a_text_that_begins_with_a_colon_is_no_head(text):
    assert read(text) == ({}, ["front-matter/missing"], text)


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ("title：甲：乙\ndate：2013-05-06", {"title": "甲：乙", "date": "2013-05-06"}),
        ("title:甲\ndate:2013-05-06", {"title": "甲", "date": "2013-05-06"}),
        ("title: 甲\n\tdate: 2013-05-06", {"title": "甲", "date": "2013-05-06"}),
        ("title: 甲\n  date: 2013-05-06", {"title": "甲", "date": "2013-05-06"}),
    ],
)
def test_a_key_that_is_nearly_one_is_read_as_one(lines, values):
    found, codes, body = read(f"---\n{lines}\n---\n{BODY}")
    assert (found, body) == (values, BODY)
    assert set(codes) == {"front-matter/loose-key"}


def test_an_indented_key_below_a_key_without_a_value_belongs_to_it():
    values, codes, _ = read("---\ntitle: 甲\nimage:\n  url: /a.png\n  tags: x\n---\n" + BODY)
    assert (values["image"], codes) == ({"url": "/a.png", "tags": "x"}, [])


@pytest.mark.parametrize(
    ("written", "meant", "codes"),
    [
        ("新闻 #1", "新闻 #1", ["front-matter/reserved-character"]),
        ("央行: 早报 #12", "央行: 早报 #12", ["front-matter/colon-in-value"]),
        ("C# 入门", "C# 入门", []),
        ("新闻 # 内部注释", "新闻", []),
        ('"新闻 #1"', "新闻 #1", []),
    ],
)
def test_a_number_behind_a_title_is_no_comment(written, meant, codes):
    values, found, _ = read(f"---\ntitle: {written}\ntags: a #b\n---\n{BODY}")
    assert (values, found) == ({"title": meant, "tags": "a"}, codes)


def bomb(lines):
    links = "\n".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, lines))
    return f"title: 甲\nk0: &k0 [x]\n{links}\n"


def test_aliases_that_expand_without_measure_are_taken_as_text():
    with pytest.raises(yaml.YAMLError):
        YamlFields().load(bomb(12))
    with pytest.raises(yaml.YAMLError):
        YamlFields().load("a: &a [*a]\n")
    values, _, body = read(f"---\n{bomb(12)}---\n{BODY}")
    assert (values["title"], values["k0"], body) == ("甲", "&k0 [x]", BODY)


def test_what_neither_utf_8_nor_64_bits_can_hold_is_kept_as_near_as_can_be():
    values, _, _ = read(
        '{"title": "\\ud83d 半", "x": ["\\udc00", {"\\udc01": 1}], "n": 123456789012345678901234567890}\n'
    )
    assert values == {
        "title": "\ufffd 半",
        "x": ["\ufffd", {"\ufffd": 1}],
        "n": "123456789012345678901234567890",
    }
    values, _, _ = read("---\nn: 123456789012345678901234567890\n---\n")
    assert values == {"n": "123456789012345678901234567890"}
