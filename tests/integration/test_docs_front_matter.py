"""`docs/front-matter.md` says how front matter is read: every example on it is read here."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import msgspec
import pytest
from documents import codes, read_page, rows, section

from generator.config import Config
from generator.model import Article
from generator.source.dating import DATE_KEYS
from generator.source.fields import TEXT_KEYS
from generator.source.reader import fix_text, read_articles
from generator.text.dates import parse_date

PAGE = read_page("docs/front-matter.md")
BODY = "\n正文写到这里为止。\n"
CHINA = ZoneInfo("Asia/Shanghai")
READ_AS = re.findall(
    r"```(?:yaml|toml|json|text)\n(.*?)```\n\n\| field \| read as \|\n\| --- \| --- \|\n((?:\|[^\n]*\n)+)",
    PAGE,
    re.DOTALL,
)


def lines(cell: str) -> str:
    """The text of a cell: ¶ stands for the end of a line, → for a tab."""
    return codes(cell)[0].replace("¶", "\n").replace("→", "\t")


def read(text: str, path: str = "content/example.md"):
    reading = read_articles([(path, "content", text.encode())], Config())[0]
    assert reading.article
    return reading.article, [finding.code for finding in reading.diagnostics]


def show(value: object, *, has_time: bool = True) -> list[str]:
    if isinstance(value, datetime):
        return [value.strftime("%Y-%m-%d %H:%M:%S %z" if has_time else "%Y-%m-%d")]
    return list(value) if isinstance(value, tuple) else [str(value)]


@pytest.mark.parametrize(("text", "table"), READ_AS, ids=map(str, range(len(READ_AS))))
def test_an_example_is_read_as_the_table_below_it_says(text, table):
    article, _ = read(text + BODY)
    for row in table.splitlines():
        _, name, cell, _ = (part.strip() for part in row.split("|"))
        if name.startswith("extra."):
            value = article.extra[name.removeprefix("extra.")]
        else:
            value = getattr(article, name)
        assert show(value, has_time=article.has_time) == codes(cell), name


def test_every_block_of_front_matter_on_the_page_is_an_example():
    fences = len(re.findall(r"^```(?:yaml|toml|json|text)$", PAGE, re.MULTILINE))
    assert len(READ_AS) == fences


def test_the_table_of_keys_lists_all_that_are_read_and_no_others():
    stated = [key for row in rows(PAGE, "key") for key in (*codes(row[0]), *codes(row[1]))]
    assert sorted(stated) == sorted(TEXT_KEYS | set(DATE_KEYS))


def test_names_for_the_same_thing_are_read_alike():
    for row in rows(PAGE, "key"):
        for name in codes(row[1]):
            key = codes(row[0])[0]
            first, second = (
                read(f"---\n{written}: {sample(key)}\n---\n{BODY}")[0] for written in (key, name)
            )
            assert facts(first) == facts(second), name


def facts(article: Article) -> dict[str, object]:
    """What front matter says, but for the keys that a theme gets as well."""
    given = msgspec.structs.asdict(article)
    return {key: given[key] for key in given if key not in ("extra", "body_start", "size")}


def sample(key: str) -> str:
    return {"lang": "zh-TW", "source_url": "https://example.org/1"}.get(key, "2022-02-21")


@pytest.mark.parametrize("row", rows(PAGE, "written"), ids=lambda row: row[0])
def test_a_date_is_read_as_the_table_says(row):
    parsed = parse_date(codes(row[0])[0], CHINA)
    shown = show(parsed.value, has_time=parsed.has_time) if parsed.value else []
    assert shown == codes(row[1])
    assert [parsed.problem] == (codes(row[2]) or [""])


def test_the_date_is_derived_by_the_first_rule_that_gives_one():
    table = [row for row in rows(PAGE, "rule") if len(row) == 4]
    assert len(table) == 12
    for _, example, date, reported in table:
        if not example:  # rule 5 reads the text
            continue
        path = codes(example)[0]
        text = BODY
        if not path.startswith("content/"):
            path, text = "content/quannan.md", f"---\ntitle: 全南\n{path}\n---\n{BODY}"
        article, found = read(text, path)
        assert (show(article.date, has_time=article.has_time) if article.date else []) == codes(
            date
        )
        assert [code for code in found if code.startswith("date/")] == codes(reported)


def test_the_title_is_derived_by_the_first_rule_that_gives_one():
    table = [row for row in rows(PAGE, "rule") if len(row) == 3]
    assert len(table) == 9
    for rule, text, title in table:
        if not text:
            continue
        article, found = read(lines(text) + "\n", "content/1.md")
        assert [article.title] == codes(title), rule
        assert ("title/missing" in found) == (not rule.startswith("1."))


def test_a_title_comes_from_the_name_of_the_file_by_rules_5_and_7():
    assert (
        read("<p>三大指数上涨。</p>\n", "content/the-market-rose.md")[0].title == "the market rose"
    )
    assert read("<p>三大指数上涨。</p>\n", "content/market.md")[0].title == "三大指数上涨"
    assert read("<img src=1.png>\n", "content/market.md")[0].title == "market"
    assert "title/placeholder" in read("<img src=1.png>\n", "content/1.md")[1]


REPAIRS = rows(section(PAGE, "Repairs"), "reported")


@pytest.mark.parametrize("row", REPAIRS, ids=lambda row: PurePosixPath(codes(row[0])[0]).name)
def test_a_repair_is_reported_and_written_back_as_the_table_says(row):
    before, after = lines(row[1]), lines(row[2])
    if not before.startswith(("---", "\n")):
        before, after = f"---\n{before}\n---", f"---\n{after}\n---"
    _, found = read(before + BODY)
    assert codes(row[0])[0] in found
    assert fix_text((before + BODY).encode()) == after + BODY
    assert fix_text((after + BODY).encode()) is None, "what is written back needs no repair"


def test_what_is_reported_without_a_repair_leaves_the_file_as_it_is():
    table = rows(section(PAGE, "Repairs"), "remark")
    assert len(table) == 3
    for reported, written, _ in table:
        text = f"---\n{lines(written)}\n---\n{BODY}"
        article, found = read(text)
        assert codes(reported)[0] in found
        assert fix_text(text.encode()) is None
        assert not article.is_draft
    assert read(f"---\ntitle: [股市, 收高]\n---\n{BODY}")[0].title == "[股市, 收高]"


def test_a_date_comes_from_the_head_of_the_text_by_rule_5():
    article, found = read(
        "全南新闻\n\n2022年2月21日 07:29 来源：赣南日报\n\n正文。\n", "content/quannan.md"
    )
    assert show(article.date) == ["2022-02-21 07:29:00 +0800"]
    assert "date/from-text" in found
