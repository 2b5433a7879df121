"""Boxes that themes drew around a text (notes, warnings, tabs): the text stays, the tags go.

Only tags in pairs are boxes. They are paired in one pass, for a pattern that looks for each end
needs time in the square of the tags.
"""

from __future__ import annotations

import re
from collections import defaultdict

from generator.text.patterns import late

# Hexo: {% note info %} … {% endnote %}
_HEXO = late(r"\{%-?\s*(end)?(\w+)[^%\n]*%\}")
# Liquid's own, which say what is shown and when.
_CONTROL = frozenset(
    [
        "if",
        "for",
        "unless",
        "case",
        "capture",
        "raw",
        "highlight",
        "comment",
        "tablerow",
        "code",
        "codeblock",
    ]
)
# Hugo: {{% notice tip %}} … {{% /notice %}}
_HUGO = late(r"\{\{[<%]\s*(/)?\s*([\w-]+)[^{}\n]*[>%]\}\}")
# VuePress, VitePress and Docusaurus: `::: tip Title` … `:::`, each on its line.
_CONTAINER = late(
    r"^(:{3,})[ \t]*(?:(?:tip|note|info|warning|danger|caution|important|success|details|quote)\b"
    r"[ \t]*\[?([^\]\n]*?)\]?)?[ \t]*$",
    re.MULTILINE,
)
_CONTENTS = late(r"^\[\[_?toc_?\]\][ \t]*$", re.IGNORECASE | re.MULTILINE)
_QUOTES = frozenset(("blockquote", "quote", "cq", "centerquote", "pullquote"))


def open_hexo_boxes(body: str) -> str:
    """The body without Hexo's paired tags; what quotes becomes a quotation."""
    if "end" not in body:
        return body
    return _open(
        body,
        [(tag, tag[2], bool(tag[1])) for tag in _HEXO.finditer(body) if tag[2] not in _CONTROL],
    )


def open_hugo_boxes(body: str) -> str:
    """The body without Hugo's paired shortcodes."""
    return _open(body, [(tag, tag[2], bool(tag[1])) for tag in _HUGO.finditer(body)])


def drop_contents(body: str) -> str:
    """The body without `[[toc]]`, where VuePress and GitLab put the table of contents."""
    return _CONTENTS.sub("", body)


def open_containers(body: str) -> str:
    """The body without the lines around containers; a container's title stays."""
    tags = list(_CONTAINER.finditer(body))
    return _open(body, [(tag, tag[1], tag[0].rstrip() == tag[1]) for tag in tags])


def _open(body: str, tags: list[tuple[re.Match[str], str, bool]]) -> str:
    """Cut the tags that have a partner; each comes with its name, and whether it ends something."""
    waiting: dict[str, list[re.Match[str]]] = defaultdict(list)
    cuts: list[tuple[int, int, str]] = []
    for tag, name, is_end in tags:
        if not is_end:
            waiting[name].append(tag)
        elif waiting[name]:
            start = waiting[name].pop()
            cuts.append((start.start(), start.end(), _title(start, name)))
            cuts.append((tag.start(), tag.end(), "\n" if name.startswith(":") else ""))
            if name in _QUOTES:
                cuts += _quote(body, start.end(), tag.start())
    parts: list[str] = []
    kept = 0
    for begin, end, instead in sorted(cuts):
        parts += (body[kept:begin], instead)
        kept = end
    return "".join((*parts, body[kept:]))


def _title(tag: re.Match[str], name: str) -> str:
    """What stands in place of the tag that begins a box."""
    if name.startswith(":"):
        return f"\n**{tag[2]}**\n" if tag[2] else "\n"
    return ""


def _quote(body: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The marks of a quotation, before each line between two places."""
    lines = [start] if body[start] != "\n" else []
    lines += [
        start + at + 1 for at, character in enumerate(body[start : end - 1]) if character == "\n"
    ]
    return [(at, at, "> ") for at in lines]
