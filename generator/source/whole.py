"""Elements that are whole and plain: written as they are, not tag by tag.

Most of an article is paragraphs, items, headings and code of text with links, pictures and some
formatting. Tag by tag they would come out the same; the tests hold both ways against each other.
"""

from __future__ import annotations

from generator.source.attributes import Attributes, is_hidden
from generator.source.content_model import DEEPEST, Context
from generator.source.writer import Writer
from generator.text.patterns import late

_TAG = r'<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*+)(?P<raw>(?: [^\s"=<>]+="[^"]*")*+)>'
TOKEN = late(rf"(?P<text>[^<]++)|{_TAG}")
# Elements that come out nearly as they are: text and plain formatting that shows something at once,
# links, and pictures.
_SHOWN = r"\s*+[^<\s][^<]*+"
_FORMATS = "|".join(
    rf"<{name}>{_SHOWN}</{name}>" for name in ("b", "code", "em", "i", "strong", "sub", "sup")
)
_LINK = rf'<a href="[^"]*+">(?:{_SHOWN}|{_FORMATS})(?:[^<]++|{_FORMATS})*+</a>'
_IMAGE = r'<img(?: [^\s"=<>]+="[^"]*")*+>'
_INLINE = rf"{_FORMATS}|{_LINK}|<strong>{_LINK}</strong>|<em>{_LINK}</em>|{_IMAGE}"
_RUN = rf"(?:{_SHOWN}|{_INLINE})(?:[^<]++|<br>|{_INLINE})*+"
_SPACE = r"(?:\s++(?=<|\Z))?+"
PIECE = late(
    rf"(?P<blocks>(?:(?:<p>{_RUN}</p>|<pre><code>{_SHOWN}</code></pre>){_SPACE})++)"
    rf"|(?P<items>(?:<li>{_RUN}</li>{_SPACE})++)"
    rf'|<(?P<level>h[1-6])(?P<id>(?: id="[^"]*")?+)>(?P<heading>{_SHOWN}(?:[^<]++|{_FORMATS})*+)</h[1-6]>'
    rf"|(?P<text>[^<]++)|{_TAG}"
)
# Of these, what is written anew.
_LEADING = late(r'<a( href="[^"]*+")>|<img((?: [^\s"=<>]+="[^"]*")*+)>')


class WholeWriter(Writer):
    """A writer that takes whole elements too."""

    __slots__ = ()

    def takes_whole(self, *, is_item: bool) -> bool:
        """Whether whole blocks, or items of a list, could be written here as they are."""
        top = self.blocks[-1]
        if self.formats or self.paragraph is not None or top.is_done:
            return False
        if is_item:
            return (
                top.context is Context.LIST and not top.is_implied and len(self.blocks) <= DEEPEST
            )
        return top.context is Context.FLOW and len(self.blocks) <= DEEPEST

    def write_heading(self, name: str, attributes: str, html: str) -> None:
        """Write a whole heading that shows something; ask `takes_whole` first."""
        self.close_inline()
        name = self._outline.place(name)
        self.out.append(f"<{name}{attributes}>{html}</{name}>")
        self._has_content = True
        self._needs_break = False

    def write_whole(self, html: str) -> None:
        """Write whole blocks, of which each shows something, or items; ask `takes_whole` first."""
        self.close_inline()
        self.out.append(html)
        text = html.rstrip()
        # What a paragraph shows counts until the next one begins.
        self._has_content = text.endswith("</p>") and not text[:-4].rstrip().endswith("<br>")
        self._needs_break = False


def lead(html: str, attributes: Attributes) -> str | None:
    """Whole elements with their links and pictures led on; None where one leads nowhere."""
    made = []
    for link, image in _LEADING.findall(html):
        if link:
            written = attributes.write_link(link)
            tag = f"<a{written}>" if written else ""
        else:
            tag = "" if is_hidden(image) else attributes.write_image(image)[0]
        if not tag.startswith("<"):
            return None
        made.append(tag)
    if not made:
        return html
    tags = iter(made)
    return _LEADING.sub(lambda _: next(tags), html)
