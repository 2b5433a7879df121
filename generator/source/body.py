"""The raw body of an article → what its page, the lists and the search index need of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import msgspec
from selectolax.lexbor import LexborHTMLParser

from generator.model.site import Summary
from generator.source.commonmark import CommonMarkConverter, Converter
from generator.source.conform import conform
from generator.source.markdown import MarkdownConverter
from generator.source.plain_body import read_plain
from generator.source.sanitise import Sanitiser
from generator.source.targets import Targets
from generator.text.excerpt import count_characters, count_wide, excerpt, first_image, plain_text
from generator.text.patterns import late

# A paragraph of lists and search results, in characters.
_EXCERPT = 120
# Characters of a body that are read as markup: three times the longest Chinese novel. Parsers take
# hostile text of this size in half a minute, and four times as long for twice of it.
_LONGEST = 2_000_000
_INLINE_DATA = late(r"data:[a-z]+/[^\s\"'()<>]{1000,}")
_BLANK_LINES = late(r"\n[ \t]*\n\s*")
_MARKUP = late(r"\s*(?:<!--|</?[a-zA-Z][^\s<>]*[\s/>])")


class Body(msgspec.Struct, frozen=True):
    """An article's body, ready to be shown.

    `html` is the content of the page's article, `text` what it says, a line for each block.
    `image` is the first picture: an absolute URL or an href that holds on the article's page.
    `characters` are counted without white space. `has_failed`: the Markdown was out of all
    proportion, and the text is shown as it stands.
    """

    html: str
    text: str
    image: str
    characters: int
    has_failed: bool

    @property
    def summary(self) -> Summary:
        """What lists show."""
        letters = self.characters - count_wide(self.text)
        return Summary(excerpt(self.text, _EXCERPT), self.image, self.characters, letters)


class Source(msgspec.Struct, frozen=True, gc=False):
    """One body to render; `BodyRenderer.render` explains the fields.

    `is_sound`: the text is known to hold no control characters and noncharacters.
    """

    text: str
    is_html: bool
    resolve: Mapping[str, str]
    root: str
    is_sound: bool = False


class BodyRenderer:
    """Renders bodies, one after the other; make one a process."""

    def __init__(
        self,
        *,
        trusted: bool,
        remote_images: str,
        image_label: str,
        engine: str = "python-markdown",
    ) -> None:
        """`trusted` bodies are not sanitised. `remote_images` is `link` or `keep`.

        `engine` reads Markdown: `python-markdown`, or `commonmark` where that is installed.

        `image_label` comes before the alternative text of a picture that is shown as a link.
        """
        self._markdown: Converter = (
            CommonMarkConverter() if engine == "commonmark" else MarkdownConverter()
        )
        self._sanitiser = Sanitiser()
        self._is_trusted = trusted
        # What the short cut writes is what Python-Markdown writes.
        self._knows_plain = engine == "python-markdown" and not trusted
        self._remote_images = remote_images
        self._image_label = image_label

    def render(self, text: str, *, is_html: bool, resolve: Mapping[str, str], root: str) -> Body:
        """Render one body: HTML as it is, anything else as Markdown. Never raises for bad input.

        `resolve` maps link targets as written, entities decoded, to hrefs that hold on the
        article's page; `root` is the way from there to the site's root, `../../`.
        """
        return self.render_many([Source(text, is_html, resolve, root)])[0]

    def render_many(self, sources: Sequence[Source]) -> list[Body]:
        """Render bodies step by step: all Markdown is converted first, then all HTML is mended.

        Body by body, the steps throw one another out of the processor's caches.
        """
        converted = [self._convert(source) for source in sources]
        return [
            self._show(html, has_failed, source.resolve, source.root)
            for source, (html, has_failed) in zip(sources, converted, strict=True)
        ]

    def _convert(self, source: Source) -> tuple[str, bool]:
        """HTML made safe (unless it is trusted), and whether the text is shown as it stands."""
        text, is_html = source.text, source.is_html
        if len(text) > _LONGEST:
            text = _INLINE_DATA.sub("", text)
        if self._knows_plain and not is_html:
            plain = read_plain(text, is_sound=source.is_sound)
            if plain is not None:
                return plain, False
        if len(text) > _LONGEST:
            html, has_failed = "\n".join(map(_as_paragraph, _split(text))), True
        else:
            converted = text if is_html else self._markdown.convert(text)
            html = _show_plainly(text) if converted is None else converted
            has_failed = converted is None
        return html if self._is_trusted else self._sanitiser.clean(html), has_failed

    def _show(self, html: str, has_failed: bool, resolve: Mapping[str, str], root: str) -> Body:
        """Lead its links where they belong and make it conform; and what else its page needs."""
        targets = Targets(resolve, root)
        if self._is_trusted:
            html = _resolve_links(html, targets) if resolve else html
        else:
            html = conform(
                html, targets, remote_images=self._remote_images, image_label=self._image_label
            )
        plain = plain_text(html)
        return Body(html, plain, first_image(html), count_characters(plain), has_failed)


def _show_plainly(text: str) -> str:
    """A text as paragraphs, unconverted; what begins with a tag is taken as HTML."""
    return "\n".join(
        chunk if _MARKUP.match(chunk) else _as_paragraph(chunk) for chunk in _split(text)
    )


def _split(text: str) -> list[str]:
    return _BLANK_LINES.split(text.strip())


def _as_paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def _resolve_links(html: str, targets: Targets) -> str:
    """Lead the links of trusted HTML to our pages; all else is kept."""
    body = LexborHTMLParser(f"<body>{html}").body
    if body is None:
        return html
    for name in ("href", "src"):
        for node in body.css(f"[{name}]"):
            href = targets.look_up(node.attributes.get(name) or "")
            if href is not None:
                node.attrs[name] = href
    return body.inner_html or ""
