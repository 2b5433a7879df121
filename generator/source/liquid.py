"""Liquid in old bodies: the few tags that have one meaning are read, all others stay as text.

Jekyll and Eleventy put them where an address or a code block stands. What needs the old site's
data (`{{ release.url }}`) cannot be known any more, and nothing is invented.
"""

from __future__ import annotations

import re

from generator.text.patterns import late

# {{ site.url }}, {{ site.baseurl }}: the site's root.
_SITE_URL = late(r"\{\{-?\s*site\.(?:base)?url\s*-?\}\}")
# {{ "/2018/12/04/a/" | url }}, {{ '/a.png' | relative_url }}: that path.
_PATH = late(r"\{\{-?\s*([\"'])([^\"'\n{}]*)\1\s*\|\s*(?:url|relative_url|absolute_url)\s*-?\}\}")
# {% link en/news/_posts/2019-04-17-a.md %}: the page made of that file.
_LINK = late(r"\{%-?\s*link\s+([^\s%{}]+)\s*-?%\}")
# {% post_url 2019-04-17-a %}: the same, of a post.
_POST_URL = late(r"\{%-?\s*post_url\s+([^\s%{}]+)\s*-?%\}")
# {% highlight ruby linenos %} … {% endhighlight %}, each on its line: a code block.
_HIGHLIGHT = late(
    r"^[ \t]*\{%-?\s*highlight\s+([\w+#.-]+)[^%\n]*%\}[ \t]*\n(.*?)^[ \t]*\{%-?\s*endhighlight\s*-?%\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
# {% comment %} … {% endcomment %}: nobody ever saw it.
_COMMENT = late(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
# kramdown: `* TOC` with `{:toc}` below, a list that became the table of contents; and attributes on
# a line of their own before a block, which Python-Markdown shows.
_TOC = late(r"^(?:[*+-]|1\.) +\S[^\n]*\n\{:\s*toc[^}\n]*\}[ \t]*$", re.MULTILINE)
_ATTRIBUTES = late(r"(?:(?<=\n\n)|\A)\{:[^}\n]*\}[ \t]*\n", re.MULTILINE)
# {% for post in site.posts %} … {% endfor %}: a list of the old site, which a build makes anew.
_LOOP = late(r"\{%-?\s*(?:(end)for\s*|for\s+\w+\s+in\s+(?:(site|paginator)\b)?[^%]*)-?%\}")
# Where code is shown, a loop may be what the article is about.
_CODE = late(r"\{%-?\s*(?:raw|highlight)|```|~~~|<pre|<code|`\{%|^(?: {4}|\t)\s*\{%", re.MULTILINE)
_RAW = late(r"\{%-?\s*(?:end)?raw\s*-?%\}")


def read_liquid(body: str) -> str:
    """Replace the tags that have one meaning by what they mean."""
    if "{" not in body:  # ten times as fast as looking for two
        return body
    if "{{" in body:
        body = _PATH.sub(lambda match: match[2], _SITE_URL.sub("", body))
    if "{:" in body:
        body = _ATTRIBUTES.sub("", _TOC.sub("", body))
    if "{%" in body:
        body = _cut_loops(_COMMENT.sub("", body))
        body = _LINK.sub(lambda match: "/" + match[1].lstrip("/"), body)
        body = _POST_URL.sub(lambda match: f"/_posts/{match[1].lstrip('/')}.md", body)
        body = _HIGHLIGHT.sub(_fence, body)
        body = _RAW.sub("", body)
    return body


def _fence(match: re.Match[str]) -> str:
    """A fenced block; code that holds such a fence itself is left as it was."""
    return match[0] if "```" in match[2] else f"```{match[1]}\n{match[2]}```"


def _cut_loops(body: str) -> str:
    """The body without loops over the old site's lists, and what stands in them."""
    if "endfor" not in body or _CODE.search(body):
        return body
    parts: list[str] = []
    kept, start, depth = 0, 0, 0  # `depth` counts loops from the outermost one that is cut
    for tag in _LOOP.finditer(body):
        if tag[1]:
            depth -= depth > 0
            if depth == 0 and start > kept:
                parts.append(body[kept : start - 1])
                kept, start = tag.end(), 0
        elif depth or tag[2]:
            start = start or tag.start() + 1
            depth += 1
    return "".join((*parts, body[kept:]))
