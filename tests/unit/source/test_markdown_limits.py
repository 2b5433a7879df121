"""No text makes Python-Markdown run for long: what would is told beforehand."""

import pytest

from generator.source.markdown_limits import is_affordable

# Each costs Python-Markdown from ten seconds to hours.
HOSTILE = {
    "opening brackets": "[" * 20_000,
    "opening pictures": "![" * 10_000,
    "links without end": "[a](" * 10_000,
    "references without end": "[a][" * 5000,
    "links whose titles do not end": '[a](" )' * 20_000,
    "tags without end": "<a " * 20_000,
    "attributes without end": '<a href="' * 10_000,
    "addresses without end": "<a@a " * 20_000,
    "sections without end": "<![CDATA[" * 5000,
    "comments in open tags": "<b><!-- x -->" * 10_000,
    "inline tags": "<b>" * 300_000,
    "end tags": "<p>a</p>" * 120_000,
    "rules": "---\na\n" * 20_000,
    "headings": "# a\n" * 40_000,
    "abbreviations": "".join(f"*[a{number}]: x\n" for number in range(10_000)),
    "fences without end": "```a\n" * 20_000,
    "footnotes": "[^1]: a\n\n" + "[^1] " * 10_000,
    "quotes in quotes": ">" * 100_000,
    "quotes in quotes, line by line": "\n".join(">" * depth for depth in range(1, 1000)),
    "lists in quotes": "> - " * 20_000 + "a",
    "lists in lists": "- " * 500_000 + "a",
    "items": "- a\n" * 250_000,
    "paragraphs": "a\n\n" * 300_000,
    "cells": "|".join("a" * 250_000) + "\n" + "|".join("-" * 250_000),
    "escapes": "\\`" * 100_000,
    "entities": "&a;" * 300_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused(text):
    assert not is_affordable(text)


ORDINARY = {
    "a long chapter": "段落，“引用”，100%。\n\n" * 10_000,
    "one long line": "没有分段的文字，" * 100_000,
    "a long list of links": "- [题目](http://x.example/a_b?c=1 'title')\n" * 1000,
    "a program": "    for i in range(10):\n" * 5000,
    "a fenced program": "```sh\n" + "# 注释\nls -l | grep *.txt\n" * 500 + "```\n",
    "many fences": ("```\nx\n```\n\n文字。\n\n") * 300,
    "a large table": "a | b | c\n--|--|--\n" + "一 | 二 | 三\n" * 2000,
    "footnotes": "".join(f"文[^{number}]\n\n[^{number}]: 注\n\n" for number in range(300)),
    "a rule of many signs": "* " * 200 + "\n",
    "headings": "# 题\n\n文字。\n\n" * 1000,
    "markup with mistakes": "<p>甲 < 乙 & 丙</p>\n" * 1000,
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_text_is_converted_however_long(text):
    assert is_affordable(text)


def test_small_text_is_always_converted():
    assert is_affordable("[" * 1000)
