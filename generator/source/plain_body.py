"""Bodies so plain that neither Markdown nor a sanitiser changes a letter of them.

Most bodies of a collected news archive are paragraphs of text with some bold words and links to
other hosts. One pattern knows them: what it matches in full is safe, well-formed and spelt as the
sanitiser spells it. Anything else, one unknown attribute included, takes the long way. The tests
hold both ways against each other.
"""

from __future__ import annotations

import re

from generator.source.plain_markdown import convert_line
from generator.source.sanitise import FORBIDDEN_BEYOND
from generator.text.patterns import late

# Text ends at a tag; what it may hold is asked once for the whole body (`_is_plain`). A pattern that asks it of
# each character takes five times as long.
_TEXT = "[^<]++"
_BOLD = rf"<(?:strong>(?:{_TEXT})?+</strong|b>(?:{_TEXT})?+</b|em>(?:{_TEXT})?+</em)>"
# A host about which there are no two minds; the sanitiser drops addresses that cannot be. `&x=` is
# never an entity.
_URL = (
    r"https?://(?:[a-z0-9]++[.-])++[a-z]{2,}+"
    r"(?:[/?#](?:[-a-zA-Z0-9._~:/?#@!$()*+,;=%]|&(?=[a-zA-Z0-9]*+=))*+)?+(?=\")"
)
# Styles that neither hide nor align: nothing of them is kept.
_STYLE = r"(?:(?:border|height|margin|padding|width):[^:;<>&\"/*\n]*+;?+ ?+)*+"
_IMAGE = (
    rf'<img src="{_URL}"(?: border="[0-9]++")?+(?: alt="[^"<>&\n]*+")?+(?: width="[1-9][0-9]{{0,3}}+")?+'
    rf'(?: height="[1-9][0-9]{{0,3}}+")?+(?: style="{_STYLE}")?+ ?+/?+>'
)
# A class is dropped unless it is one of ours: `footnote`, `language-…`.
_REST = (
    r'(?: (?:class="(?!footnote|language)[a-zA-Z_]++"|data-code="[^"<>&\n]*+"|target="_[a-z]++"))*+'
)
_LINK = rf'<a href="{_URL}"{_REST}>(?:{_TEXT}|{_BOLD}|{_IMAGE})++</a>'
_PARAGRAPH = (
    r'<p(?: style="text-align: ?+(?:center|right);?+")?+>'
    rf"(?:{_TEXT}|{_BOLD}|<br>|{_LINK}|{_IMAGE})*+</p>"
)
_CENTERED = rf"<center>{_IMAGE}</center>"
# Spaces between paragraphs stay, those beside another block go.
_BLOCK = rf"(?:{_PARAGRAPH}(?: ?+(?:\n++ ?+)?+{_PARAGRAPH})*+|{_CENTERED})"
_BLOCKS = late(rf"\n*+ {{0,3}}+{_BLOCK}(?:\n*+{_BLOCK})*+[ \n]*+")

# Control characters, halves of characters and noncharacters.
_UNSOUND = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INDENTED = late(r"\n (?!<p[ >])")
# An `&` in text that is not spelt as the sanitiser would: one in a tag has a `>` behind it.
_LOOSE = late(r"&(?!(?:amp|lt|gt|nbsp);)[^<>]*+(?:<|\Z)")

_DROPPED = late(r'(<a href="[^"]*+") [^>]*+>')
_BARE = late(r"&(?=[a-zA-Z0-9]*+=)")
_ALIGNED = late(r'<p style="text-align: ?+(center|right);?+">')
_PICTURE = late(
    r'(<img src="[^"]*+")(?: border="[^"]*+")?+((?: (?:alt|width|height)="[^"]*+")*+)[^>]*+>'
)


def read_plain(text: str, *, is_sound: bool = False) -> str | None:
    """A body in Markdown as safe HTML; None where it is not plain.

    `is_sound`: it is known to hold no control characters and noncharacters.
    """
    quote, start = "", 0
    if text.startswith(">"):  # of what an abstract is made
        start = text.find("\n\n")
        quote = convert_line(text[:start]) or ""
        if start < 0 or not quote:
            return None
    if not (is_sound or _UNSOUND.search(text) is None) or not _BLOCKS.fullmatch(text, start):
        return None
    html = text[start:].strip(" \n")
    if not _is_plain(html):
        return None
    html = _spell(html)
    return f"{quote}\n{html}" if quote else html


def _is_plain(html: str) -> bool:
    """Whether blocks hold no text that Markdown's first step or the sanitiser would change.

    That is: a tab, an indented line, U+00A0, an entity of another spelling, a `>`, a noncharacter
    beyond the first plane (for which a text that has none of that plane is not even searched).
    """
    return not (
        "\t" in html
        or "\xa0" in html
        or ("\n " in html and _INDENTED.search(html))
        or ("&" in html and _LOOSE.search(html))
        or html.count("<") != html.count(">")
        or any(character in html for character in FORBIDDEN_BEYOND)
    )


def _spell(html: str) -> str:
    """Plain blocks as the sanitiser spells them."""
    html = html.replace("</p><p", "</p>\n<p")
    if "<center>" in html:
        for before, after in (("p", "center"), ("center", "p"), ("center", "center")):
            html = html.replace(f"</{before}><{after}", f"</{before}>\n<{after}")
    if "<a " in html:
        html = _DROPPED.sub(_kept_link, html)
    if "<p " in html:
        html = _ALIGNED.sub(r'<p style="\1">', html)
    if "<img " in html:
        html = _PICTURE.sub(_kept_picture, html)
    return _BARE.sub("&amp;", html) if "&" in html else html


# Templates (`\\1>`) are expanded by Python code, more slowly than these.
def _kept_link(match: re.Match[str]) -> str:
    return f"{match[1]}>"


def _kept_picture(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}>"
