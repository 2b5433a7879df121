"""`docs/adapters.md`: the example adapter works, the interface is told in full."""

from __future__ import annotations

import re
import types
import typing

import pytest
from documents import blocks, codes, read_page, rows, section

from generator.config import Config, ContentConfig
from generator.source import adapters
from generator.source.adapters import Adapter, Facts
from generator.source.reader import read_articles, read_body

PAGE = read_page("docs/adapters.md")
EXAMPLE = section(PAGE, "An example")


@pytest.fixture
def gazette():
    code = next(block.text for block in blocks(EXAMPLE) if block.info == "python")
    module = types.ModuleType("gazette")
    exec(compile(code, "docs/adapters.md", "exec"), module.__dict__)
    return module.Gazette()


def test_the_example_reads_its_archive_as_the_page_says(gazette, monkeypatch):
    monkeypatch.setitem(adapters.ADAPTERS, "gazette", gazette)
    body = next(block.text for block in blocks(EXAMPLE) if block.info == "html")
    line = re.search(r"An article with `([^`]+)`", EXAMPLE)
    assert line
    data = f"---\ntitle: 江南造船厂交付新船\n{line[1]}\n---\n{body}".encode()
    reading = read_articles([("content/1.md", "content", data)], Config())[0]
    assert reading.article
    table = {name: codes(cell) for name, cell in rows(EXAMPLE, "field")}
    assert table.pop("body") == [read_body(reading.article, data)]
    for name, shown in table.items():
        value = getattr(reading.article, name)
        assert shown == (list(value) if isinstance(value, tuple) else [value]), name


def test_the_interface_lists_every_method_and_fact():
    members = [name for name in vars(Adapter) if not name.startswith("_")]
    assert [codes(row[0])[0] for row in rows(PAGE, "name")] == members
    facts = [codes(row[0])[0] for row in rows(section(PAGE, "The interface"), "field")]
    assert facts == list(Facts.__struct_fields__)


def test_the_example_has_the_interface_of_an_adapter(gazette):
    members = {name for name in vars(Adapter) if not name.startswith("_")}
    assert members <= set(dir(gazette))


def test_the_choices_of_the_configuration_are_listed():
    choices = typing.get_args(typing.get_type_hints(ContentConfig)["adapter"])
    assert [codes(row[0])[0] for row in rows(PAGE, "value")] == list(choices)


def test_finews_reads_the_article_on_the_page_as_the_table_says():
    block = next(block for block in blocks(section(PAGE, "finews")) if block.info == "text")
    path = "content/2022-02-21-NW202202212282371475.md"
    reading = read_articles([(path, "content", block.text.encode())], Config())[0]
    article = reading.article
    assert article
    assert article.adapter == "finews"
    assert (article.source, article.category_title) == ("赣南日报", "赣南日报")
    assert article.source_url.endswith("infoCode=NW202202212282371475")
    kept = read_body(article, block.text.encode())
    assert kept.strip() == "<p>近日，行走在全南县桃江两岸，记者感受到营商环境的活力。</p>"
