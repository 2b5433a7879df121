"""A title for an article that states none, by a named rule."""

from __future__ import annotations

import html
import re

import msgspec

from generator.text.html_document import HtmlDocument
from generator.text.patterns import late

_RULES = late(r"\s*(?:-{3,}[ \t]*\n\s*)+")
_ENDS_TEXT = late(r"[。；，]$")
_SETEXT = late(r"\s*([^\n<>|]{1,200}?)[ \t]*\n(?:=|-){3,}[ \t]*(?:\n|\Z)")
_ATX = late(r"\s*#{1,2}[ \t]+([^\n]{1,200}?)[ \t]*#*[ \t]*(?:\n|\Z)")
_H1 = late(r"\s*<h1(?:\s[^>]*)?>(.{1,400}?)</h1>", re.DOTALL | re.IGNORECASE)
_LINE = late(r"\s*([^\n]{2,80})(?:\n[ \t]*(?:\n|<)|\Z)")
_STARTS_MARKUP = late(r"[<>*_`|!\[\](){}#=+~-]|\d+[.)]\s|https?:")
_ENDS_SENTENCE = late(r"[。！？；：.!?;:,，、]$")
_MARKUP = late(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|^[ \t]*(?:>|#{1,6}|[-*+]|\d+[.)])[ \t]+"
    r"|!?\[([^\]\n]*)\]\([^)\n]*\)|^\[[^\]\n]+\]:.*$|[*_`~]{1,3}|\{[{%].*?[%}]\}",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = late(r"[。！？!?\n]|\.(?=\s|$)")
_WORDLESS = late(r"\A(?:[^\w\n]*\n)+")  # lines of stars or dots above a text
_LATIN_END = late(r"[\w.-]+$", re.ASCII)
_CLAUSE = late(r"[，；：,;:、]")
# A headline of a Chinese paper rarely has more characters; a cut one ends in an ellipsis.
_LONGEST = 40
# A file name that was written by a person and not by a program.
_HAN = late("[\u3400-\u9fff]{4}")
_WORDS = late(r"[^\W\d_]{2,}")


class DerivedTitle(msgspec.Struct, frozen=True, gc=False):
    """A title, the rule it came by, and where in the body the text after it starts."""

    title: str
    rule: str
    body_offset: int = 0


def derive_title(body: str, name: str, document: HtmlDocument | None) -> DerivedTitle | None:
    """The first rule that gives a title; None where neither body nor file name holds words."""
    if document is not None and document.title:
        return DerivedTitle(document.title, "the document's <title>")
    rules = _RULES.match(body)
    offset = rules.end() if rules else 0
    for rule, pattern in (
        ("the first heading", _SETEXT),
        ("the first heading", _ATX),
        ("the first heading", _H1),
    ):
        match = pattern.match(body, offset)
        if match and (title := _plain(match[1])) and not _ENDS_TEXT.search(title):
            return DerivedTitle(title, rule, match.end())
    line = _LINE.match(body, offset)
    is_title = line and not _STARTS_MARKUP.match(line[1]) and re.search(r"\w", line[1])
    if line and is_title and not _ENDS_SENTENCE.search(line[1].rstrip()):
        return DerivedTitle(_plain(line[1]), "the first line", line.end(1))
    words = " ".join(re.split(r"[\s_-]+", name)).strip()
    if len(_WORDS.findall(words)) >= 3 or _HAN.search(words):
        return DerivedTitle(words, "the file's name")
    sentence = _first_sentence(body)
    if sentence:
        return DerivedTitle(sentence, "the first sentence")
    return DerivedTitle(words, "the file's name") if _WORDS.search(words) else None


def _plain(markup: str) -> str:
    text = _MARKUP.sub(lambda m: m[2] or " " if m[0].startswith(("[", "!")) else "", markup)
    return " ".join(html.unescape(text).split())


def _first_sentence(body: str) -> str:
    # The first sentence stands in the first few thousand characters or nowhere.
    text = _MARKUP.sub(lambda m: m[2] or "" if m[0].startswith(("[", "!")) else " ", body[:4000])
    text = _WORDLESS.sub("", html.unescape(text).strip()).lstrip("-=~+").lstrip()
    end = _SENTENCE.search(text)
    sentence = " ".join((text[: end.start()] if end else text).split())
    if len(sentence) <= _LONGEST:
        return sentence
    # A clause's end in the last third reads best; a Latin word is not cut in two.
    clauses = [clause.start() for clause in _CLAUSE.finditer(sentence, _LONGEST * 2 // 3, _LONGEST)]
    cut = clauses[-1] if clauses else _LONGEST - 1
    head = sentence[:cut]
    if not clauses and sentence[cut : cut + 1].isascii():
        head = _LATIN_END.sub("", head) or head
    return f"{head.rstrip()}…"
