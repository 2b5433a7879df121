"""The Liquid that has one meaning is read; the rest stays as text."""

import pytest

from generator.source.liquid import read_liquid


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[a]({{ site.baseurl }}/x/)", "[a](/x/)"),
        ("[a]({{site.url}}/x/)", "[a](/x/)"),
        ('[a]({{ "/2018/12/04/a/" | url }})', "[a](/2018/12/04/a/)"),
        ("![a]({{ '/a.png' | relative_url }})", "![a](/a.png)"),
        ("[a]({% link en/news/_posts/2019-04-17-a.md %})", "[a](/en/news/_posts/2019-04-17-a.md)"),
        ("[a]({% post_url 2019-04-17-a %})", "[a](/_posts/2019-04-17-a.md)"),
        (
            "x\n{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\ny",
            "x\n```ruby\nputs 1\n```\ny",
        ),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        (
            "a{% for p in site.posts %}{% for t in p.tags %}x{% endfor %}y{% endfor %}b{% for p in paginator.posts %}z{% endfor %}c",
            "abc",
        ),
    ],
)
def test_tags_with_one_meaning_are_read(written, meant):
    assert read_liquid(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "{{ release.url.zip }}", "{{ page.title }}{% endif %}", "{% include figure.html %}", "{{ 'a' | upcase }}",
        "no Liquid at all", "```\n{% for p in site.posts %}{% endfor %}\n```", "{% for p in site.posts %}",
        "{% for a in page.x %}{{ a }}{% endfor %}", "{% highlight md %}\n```\n{% endhighlight %}",
    ],
)  # fmt: skip
def test_everything_else_stays(text):
    assert read_liquid(text) == text
