"""Shortcodes of old generators with one meaning."""

import pytest

from generator.source.liquid import read_liquid
from generator.source.shortcodes import read_shortcodes


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{% asset_img p.png 大楼 外景 %}", "![大楼 外景](p.png)"),
        ("{% asset_img left p.png 300 200 大楼 %}", "![大楼](p.png)"),
        ("{% asset_img 大楼 %}", "{% asset_img 大楼 %}"),
        ("{% post_link two %}", "[two](/_posts/two.md)"),
        ("{% asset_link a.pdf 全文 %}", "[全文](a.pdf)"),
        ("{% codeblock lang:python %}\nx\n{% endcodeblock %}", "```python\nx\n```"),
        ("{% codeblock %}\nx\n{% endcodeblock %}", "```\nx\n```"),
        ('{{< figure src="a b.png" title="大楼" >}}', "![大楼](a%20b.png)"),
        ('{{< figure title="大楼" >}}', '{{< figure title="大楼" >}}'),
        ('[甲]({{< ref "a.md" >}}), [乙]({{% relref "/b.md#c" %}})', "[甲](a.md), [乙](/b.md#c)"),
        ("{{< highlight go >}}\nx\n{{< /highlight >}}", "```go\nx\n```"),
        ("{{< youtube abc >}}", "{{< youtube abc >}}"),
        ("[甲](@/blog/a.md)", "[甲](/content/blog/a.md)"),
        ("![甲]({static}/images/p.png)[乙](|filename|b.md)", "![甲](/images/p.png)[乙](b.md)"),
        ('[caption id="a" width="3"]![](c.png) 图注[/caption]', "<figure>![](c.png) 图注</figure>"),
    ],
)  # fmt: skip
def test_a_shortcode_becomes_what_it_stands_for(written, read):
    assert read_shortcodes(f"前\n\n{written}\n\n后") == f"前\n\n{read}\n\n后"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("甲{% comment %}内部\n注释{% endcomment %}乙", "甲乙"),
        ("* TOC\n{:toc}\n\n甲", "\n\n甲"),
        ("甲\n\n{: .note}\n乙", "甲\n\n乙"),
        ("甲\n{: .note}\n\n乙", "甲\n{: .note}\n\n乙"),
    ],
)
def test_what_kramdown_and_liquid_never_showed_is_not_shown(written, read):
    assert read_liquid(written) == read
