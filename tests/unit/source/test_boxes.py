"""Boxes of themes are opened, programs of MDX left out; the text in both stays."""

import pytest

from generator.source.mdx import read_mdx
from generator.source.shortcodes import read_shortcodes


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{% note info %}\n注意\n{% endnote %}\n文", "\n注意\n\n文"),
        ("{% tabs a %}{% tab b %}甲{% endtab %}{% endtabs %}", "甲"),
        ("{% blockquote 鲁迅 %}\n一\n二\n{% endblockquote %}", "\n> 一\n> 二\n"),
        ("{% cq %}一{% endcq %}", "> 一"),
        ("{{% notice tip %}}注意{{% /notice %}}", "注意"),
        ('{{< tabs >}}{{< tab name="a" >}}甲{{< /tab >}}{{< /tabs >}}', "甲"),
        (
            "::: tip 提示\n内容\n:::\n:::note\n文\n:::\n",
            "\n**提示**\n\n内容\n\n\n\n\n文\n\n\n",
        ),
        ("::::warning\n:::note\n文\n:::\n::::\n", "\n\n\n\n文\n\n\n\n\n"),
        ("一\n\n[[toc]]\n\n二", "一\n\n\n\n二"),
        ("{% img left /a.png 300 图 %}", "![图](/a.png)"),
        ("{% youtube dQw4w9WgXcQ %}", "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>"),
        ('{{< youtube id="dQw4w9WgXcQ" >}}', "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>"),
        ("{{< bilibili BV1xx411c7mD >}}", "<https://www.bilibili.com/video/BV1xx411c7mD>"),
    ],
)
def test_a_box_is_opened(written, meant):
    assert read_shortcodes(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "{% note %} alone",
        "{% if x %}a{% endif %}",
        "{{< tip >}} alone",
        "::: tip\nalone",
        "a ::: b",
        "{% endnote %}{% note %}",
        ":::unknown\na\n",
        "见 [[toc]] 与 [[TOC]]x",
    ],
)
def test_what_is_no_pair_stays(text):
    assert read_shortcodes(text) == text


def test_many_tags_without_an_end_cost_little(limited):
    for tag in ("{% a %}", "{{< a >}}", "::: tip\n"):
        assert read_shortcodes(tag * 50_000 + "{% endb %}{{< /b >}}") == tag * 50_000 + "{% endb %}{{< /b >}}"  # fmt: skip


@pytest.fixture
def limited():
    """Two seconds, where time in the square of the tags would take minutes."""
    import time

    start = time.process_time()
    yield
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("import A from '@theme/A';\nimport {\n  B } from \"b\";\n\n文", "\n文"),
        ("export const x = {\n  a: 1,\n};\n\n文", "\n文"),
        ('<Tabs><TabItem value="a" b={x > {y: 1}}>里面</TabItem></Tabs>', "里面"),
        ("文{/* 注释 */}字", "文字"),
        ("<A client:load />文<b>字</b>", "文<b>字</b>"),
        (
            "```jsx\nimport A from 'a';\n<A/>{/* x */}\n```\n<A/>文",
            "```jsx\nimport A from 'a';\n<A/>{/* x */}\n```\n文",
        ),
        ("important 'news'. exports rose.", "important 'news'. exports rose."),
        ("import 是进口。", "import 是进口。"),
    ],
)
def test_the_text_of_mdx_is_kept(written, meant):
    assert read_mdx(written) == meant


def test_mdx_costs_little_however_it_is_written(limited):
    for text in ("<A {", "```\n~~~\n", "{/*", 'import "\n', '<A b="', "{/*" * 9 + "*/}"):
        read_mdx(text * 30_000)
