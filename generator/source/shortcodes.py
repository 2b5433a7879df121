"""Shortcodes of Hexo, Hugo and WordPress: those that stand for a picture, a link or code are read.

As with Liquid, all others stay as text: what a site's theme made of them cannot be known.
"""

from __future__ import annotations

import re

from generator.source.boxes import drop_contents, open_containers, open_hexo_boxes, open_hugo_boxes
from generator.text.patterns import late

_ATTRIBUTE = late(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|“([^”]*)”|'([^']*)'|([^\s\"'>]+))")

# Hexo: {% asset_img [class names] pic.png [width [height]] [title text] %}, and {% img %}
_ASSET = late(r"\{%\s*(?:asset_)?img\s+([^%\n]*?)\s*%\}")
_FILE = late(r"\S+\.(?:jpe?g|png|gif|webp|svg|bmp)$", re.IGNORECASE)
# Hexo: {% post_link name [title] %}, {% asset_link file [title] %}
_POST_LINK = late(r"\{%\s*(post|asset)_link\s+(\S+)\s*([^%\n]*?)\s*(?:true|false)?\s*%\}")
# Hexo: {% codeblock [title] [lang:x] … %} … {% endcodeblock %}
_CODE = late(
    r"^[ \t]*\{%\s*(code(?:block)?)(?:\s[^%\n]*?(?:lang:([\w+#.-]+))?[^%\n]*?)?\s*%\}[ \t]*\n(.*?)^[ \t]*\{%\s*end\1\s*%\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
# Hugo: {{< figure src="a.png" title="x" >}}
_FIGURE = late(r"\{\{[<%]\s*(?:figure|img|image)\s+([^{}]*?)/?\s*[>%]\}\}")
# Hugo: {{< ref "a.md" >}}, {{% relref "/post/a.md#x" %}}
_REF = late(r"\{\{[<%]\s*(?:rel)?ref\s+[\"“]?([^\"”\s{}]+)[\"”]?\s*[>%]\}\}")
# Hugo: {{< highlight go "linenos=table" >}} … {{< /highlight >}}
_HIGHLIGHT = late(
    r"^[ \t]*\{\{[<%]\s*highlight\s+([\w+#.-]+)[^{}\n]*[>%]\}\}[ \t]*\n(.*?)^[ \t]*\{\{[<%]\s*/\s*highlight\s*[>%]\}\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
# {% youtube dQw4w9WgXcQ %}, {{< youtube id="dQw4w9WgXcQ" >}}: the film's own page.
_FILM = late(
    r"(?:\{%|\{\{[<%])\s*(youtube|vimeo|bilibili)\s+(?:id\s*=\s*)?[\"'“]?([\w-]{4,20})[^{}\n]*?[>%]\}\}?"
)
_FILMS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "bilibili": "https://www.bilibili.com/video/",
}
# Zola: [x](@/blog/a.md), a path below content/.
_ZOLA = late(r"\]\(@/([^)\s]+)\)")
# Pelican: {filename}/a.md, {static}/images/a.png, |filename|a.md: a path below content/ or beside.
_PELICAN = late(r"(?<=[(\"'])[{|](?:filename|static|attach)[|}]")
# WordPress: [caption …]<img> text[/caption]
_CAPTION = late(r"\[caption\b[^\]\n]*\](.*?)\[/caption\]", re.DOTALL)


def read_shortcodes(body: str) -> str:
    """Replace the shortcodes that have one meaning by Markdown that has it too."""
    # A single character is found ten times as fast as two.
    has_brace = "{" in body
    if has_brace and "{%" in body:
        body = _ASSET.sub(_asset, body)
        body = _POST_LINK.sub(_link, body)
        body = _CODE.sub(lambda match: _fence(match[0], match[2] or "", match[3]), body)
        body = open_hexo_boxes(_FILM.sub(_film, body))
    if has_brace and ("{{<" in body or "{{%" in body):
        body = _FIGURE.sub(_figure, body)
        body = _REF.sub(lambda match: match[1], body)
        body = _HIGHLIGHT.sub(lambda match: _fence(match[0], match[1], match[2]), body)
        body = open_hugo_boxes(_FILM.sub(_film, body))
    if ":" in body and ":::" in body:
        body = open_containers(body)
    if "[[" in body:
        body = drop_contents(body)
    if "@" in body and "](@/" in body:
        body = _ZOLA.sub(r"](/content/\1)", body)
    if has_brace or "|" in body:
        body = _PELICAN.sub("", body)
    if "[/caption]" in body:
        body = _CAPTION.sub(lambda match: f"<figure>{match[1].strip()}</figure>", body)
    return body


def _asset(match: re.Match[str]) -> str:
    words = match[1].split()
    at = next((index for index, word in enumerate(words) if _FILE.match(word)), None)
    if at is None:
        return match[0]
    label = [word for word in words[at + 1 :] if not word.isdigit()]
    return f"![{' '.join(label)}]({words[at]})"


def _link(match: re.Match[str]) -> str:
    text = match[3].strip("\"' ") or match[2]
    return f"[{text}](/_posts/{match[2]}.md)" if match[1] == "post" else f"[{text}]({match[2]})"


def _film(match: re.Match[str]) -> str:
    return f"<{_FILMS[match[1]]}{match[2]}>"


def _figure(match: re.Match[str]) -> str:
    values = {name: next(filter(None, rest), "") for name, *rest in _ATTRIBUTE.findall(match[1])}
    if not values.get("src"):
        return match[0]
    label = values.get("caption") or values.get("title") or values.get("alt") or ""
    return f"![{label}]({values['src'].replace(' ', '%20')})"


def _fence(whole: str, language: str, code: str) -> str:
    """A fenced block; code that holds such a fence itself is left as it was."""
    return whole if "```" in code else f"```{language}\n{code}```"
