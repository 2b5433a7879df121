"""Each repair is one named rule, and what it gives reads strictly."""

import pytest
from reading import read

from generator.source.front_matter import read_front_matter

HEAD = "---\nlayout: post\n"
TAIL = "date: 2022-01-01 10:00:00 +0800\ncategories: abc\ntags: x新闻\n---\n<p>body</p>\n"
REST = {"layout": "post", "date": "2022-01-01 10:00:00 +0800", "categories": "abc", "tags": "x新闻"}


@pytest.mark.parametrize(
    ("written", "meant", "rule"),
    [
        ('"他说"好"了"', '他说"好"了', "unescaped-quote"),
        ("'it's me'", "it's me", "unescaped-quote"),
        ('"甲\\乙"', "甲\\乙", "backslash"),
        ('"甲\\"', "甲\\", "backslash"),
        ('"没有结尾', "没有结尾", "unclosed-quote"),
        ("甲: 乙", "甲: 乙", "colon-in-value"),
        ('"甲\\ 乙"', "甲\\ 乙", "backslash"),
        ('"甲\\Vive"', "甲\\Vive", "backslash"),
        ('"C:\\a\\b"', "C:\\a\\b", "backslash"),
        ('"双碳"目标下的机会', '"双碳"目标下的机会', "unescaped-quote"),
        ("#收高", "#收高", "reserved-character"),
        ("@甲", "@甲", "reserved-character"),
        ("`甲`", "`甲`", "reserved-character"),
        ("[独家] 甲", "[独家] 甲", "reserved-character"),
        ("*甲*", "*甲*", "reserved-character"),
        ("&甲 乙", "&甲 乙", "reserved-character"),
        ("!甲 乙", "!甲 乙", "reserved-character"),
        ("% 甲", "% 甲", "reserved-character"),
        ('"甲\n---\n乙"', "甲 --- 乙", "rule-in-value"),
    ],
)
def test_a_title_that_yaml_refuses_is_read_as_it_was_meant(written, meant, rule):
    values, codes, body = read(f"{HEAD}title: {written}\n{TAIL}")
    assert values == {**REST, "title": meant}
    assert codes == [f"front-matter/{rule}"]
    assert body == "<p>body</p>\n"


@pytest.mark.parametrize(
    "title",
    [
        '"plain"',
        "'single'",
        "bare words",
        '"escaped \\" quote"',
        '"\\u4e2d\\u6587 \\\\ and \\n"',
        '"folded \\\n  over lines"',
        '"two\n  lines"',
        "012",
        "no",
        "2021-02-30",
        "~tilde",
        "a # comment",
        "C# and F#",
        "http://example.org/a:b",
        "'colon: inside'",
        ">\n  folded\n  text",
    ],
)
def test_what_reads_well_is_never_repaired(title):
    _, codes, _ = read(f"{HEAD}title: {title}\n{TAIL}")
    assert codes == []


def test_text_stays_the_text_it_was_written_as():
    values, codes, _ = read("---\ntitle: 012\ntags: no\ncategories: 21\nslug: 1e3\n---\n")
    assert values == {"title": "012", "tags": "no", "categories": "21", "slug": "1e3"}
    assert codes == []


def test_an_impossible_date_of_an_unknown_key_is_kept_as_text():
    values, _, _ = read("---\ntitle: a\nheld: 2021-02-30\nn: 3\nlist: [1, a]\n---\n")
    assert values == {"title": "a", "held": "2021-02-30", "n": 3, "list": [1, "a"]}


def test_front_matter_that_is_not_closed_ends_before_the_body():
    values, codes, body = read('---\ntitle: "a"\ntags: b\n<p>body</p>\n\n---\nmore\n')
    assert values == {"title": "a", "tags": "b"}
    assert codes == ["front-matter/unclosed"]
    assert body == "<p>body</p>\n\n---\nmore\n"


def test_front_matter_that_is_not_closed_ends_before_a_quotation():
    values, codes, body = read("---\ntitle: a\n> digest: it says\n\n<p>body</p>\n")
    assert values == {"title": "a"}
    assert codes == ["front-matter/unclosed"]
    assert body.startswith("> digest")


def test_a_value_that_goes_on_without_indent_is_joined():
    values, codes, _ = read("---\ntitle: one\ntwo\ntags: b\n---\n")
    assert values["title"] == "one two"
    assert codes == ["front-matter/line-break-in-value"]


def test_tabs_where_yaml_allows_none_are_spaces():
    values, codes, _ = read("---\ntitle: a\ntags:\n\t- b\n\t- c\n---\n")
    assert values == {"title": "a", "tags": ("b", "c")}
    assert codes == ["front-matter/tab"]


def test_a_list_beside_a_broken_title_stays_a_list():
    values, codes, _ = read('---\ntitle: "a"b"\ntags:\n- c\n- d\n---\n')
    assert values == {"title": 'a"b', "tags": ("c", "d")}
    assert codes == ["front-matter/unescaped-quote"]


def test_of_a_key_given_twice_the_last_value_holds_and_both_lines_are_named():
    result = read_front_matter("---\ntitle: English\ntitle: 日本語\n---\n")
    assert result.fields["title"].value == "日本語"
    finding = result.changes[0].finding
    assert (finding.code, finding.line, finding.detail) == (
        "front-matter/duplicate-key",
        3,
        "`title` in lines 2, 3",
    )


@pytest.mark.parametrize(
    "text",
    ["---\njust words\n---\nbody", "---\n\nA rule, then a text.\n", "---\n- a\n- b\n---\n"],
)
def test_rules_without_keys_are_body_text(text):
    values, codes, body = read(text)
    assert values == {}
    assert codes == ["front-matter/not-a-mapping"]
    assert body == text


def test_blank_lines_before_the_front_matter_are_skipped_and_lines_still_count_from_the_top():
    result = read_front_matter("\n\n---\ntitle: a\ndate: b\n---\n")
    assert [change.finding.code for change in result.changes] == ["front-matter/blank-lines-first"]
    assert result.fields["date"].line == 5


def test_a_rule_in_the_body_does_not_close_the_front_matter_late():
    _, codes, body = read("---\ntitle: a\n---\n\ntext\n\n---\n\nmore\n")
    assert codes == []
    assert body == "\ntext\n\n---\n\nmore\n"


def test_toml_gives_its_taxonomies_and_its_own_kinds_of_value():
    text = '+++\ntitle = "a"\ndate = 2022-02-17\ndraft = true\n[taxonomies]\ntags = ["x"]\n[extra]\nn = 1\n+++\nb'
    values, codes, body = read(text)
    assert values == {
        "title": "a", "date": "2022-02-17", "draft": "true", "tags": ("x",), "extra": {"n": 1},
    }  # fmt: skip
    assert codes == []
    assert body == "b"


def test_a_broken_line_of_toml_is_read_as_text():
    values, codes, _ = read('+++\ntitle = "a "b" c"\nslug = "x"\n+++\n')
    assert values == {"title": 'a "b" c', "slug": "x"}
    assert codes == ["front-matter/unescaped-quote"]


def test_json_front_matter_is_read():
    values, codes, body = read('{"title": "a", "tags": ["x", 2]}\nbody')
    assert values == {"title": "a", "tags": ("x", "2")}
    assert codes == []
    assert body == "body"


def test_comment_lines_are_front_matter_too():
    text = "[#]: collector: (me)\n[#]: subject: (标题 (一))\n[#]: via: (https://example.org/a)\n\n标题\n"
    values, codes, body = read(text)
    assert values == {
        "collector": "me",
        "title": "标题 (一)",
        "source_url": "https://example.org/a",
    }
    assert codes == []
    assert body == "\n标题\n"


def test_a_body_that_starts_with_a_brace_is_a_body():
    values, codes, body = read("{{ page.title }}\ntext")
    assert (values, codes) == ({}, ["front-matter/missing"])
    assert body.startswith("{{")
