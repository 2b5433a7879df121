"""Bodies so plain that neither Markdown nor a sanitiser changes a letter of them.

Most bodies of a collected news archive are paragraphs of text with some bold words and links to
other hosts. One pattern knows them: what it matches in full is safe, well-formed and spelt as the
sanitiser spells it. Anything else, one unknown attribute included, takes the long way. The tests
hold both ways against each other.
"""

from __future__ import annotations

from generator.source.plain_markdown import convert_line
from generator.text.patterns import late

# What ends plain text: markup, a character that is written as an entity (U+00A0) or that Markdown's
# first step or the sanitiser takes out.
_TEXT = (
    "(?:[^<>&\x00-\x1f\x7f-\xa0\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]++"
    "|\n(?! ))"
)
_BOLD = rf"<(?:strong>{_TEXT}*+</strong|b>{_TEXT}*+</b|em>{_TEXT}*+</em)>"
# A host about which there are no two minds; the sanitiser drops addresses that cannot be.
_URL = r"https?://(?:[a-z0-9]++[.-])++[a-z]{2,}+(?:[/?#][-a-zA-Z0-9._~:/?#@!$()*+,;=%]*+)?+(?=\")"
# A class is dropped unless it is one of ours: `footnote`, `language-…`.
_REST = r'(?: (?:class="(?!footnote|language)[a-zA-Z_]++"|data-code="[^"<>&\n\t]*+"|target="_[a-z]++"))*+'
_LINK = rf'<a href="{_URL}"{_REST}>(?:{_TEXT}|{_BOLD})++</a>'
_PARAGRAPH = rf"<p>(?:{_TEXT}|{_BOLD}|<br>|{_LINK})*+</p>"
_PARAGRAPHS = late(rf"\n*+ {{0,3}}+{_PARAGRAPH}(?: ?+(?:\n++ ?+)?+{_PARAGRAPH})*+[ \n]*+")
_DROPPED = late(r'(<a href="[^"]*+") [^>]*+>')


def read_plain(text: str) -> str | None:
    """A body in Markdown as safe HTML; None where it is not plain."""
    quote, start = "", 0
    if text.startswith(">"):  # of what an abstract is made
        start = text.find("\n\n")
        quote = convert_line(text[:start]) or ""
        if start < 0 or not quote:
            return None
    if not _PARAGRAPHS.fullmatch(text, start):
        return None
    html = text[start:].strip().replace("</p><p", "</p>\n<p")
    if "<a " in html:
        html = _DROPPED.sub(r"\1>", html)
    return f"{quote}\n{html}" if quote else html
