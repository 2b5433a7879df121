"""Sanitised HTML made fit for a page: conforming, with no request to another host, links resolved.

Nearly every body of a news archive is a row of paragraphs; for these a look at each tag that has
attributes is enough. `flow` does all others element by element.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from urllib.parse import unquote

from generator.source.attributes import Attributes, is_hidden
from generator.source.flow import Flow
from generator.source.targets import Targets, name_id
from generator.text.patterns import late

_PARAGRAPH = (
    r"<p(?: [^<>]*+)?>(?:[^<]++"
    r"|</?(?:a|b|br|code|em|font|i|s|small|span|strong|sub|sup|u)(?: [^<>]*+)?>)*+</p>\s*+"
)
_PARAGRAPHS = late(rf"\s*+(?:{_PARAGRAPH}|<blockquote>\s*+(?:{_PARAGRAPH})++</blockquote>\s*+)*+")
_TAG = late(r'<([a-z][a-z0-9]*+)((?: [^\s"=<>]+="[^"<>]*")++)>')
_EMPTY_LINK = late(r"<a [^<>]*></a>")
_FRAGMENT = late(r' href="#([^"]+)"')
_ID = late(r' (?:id|name)="([^"]*)"')


class _NeedsFlow(Exception):  # noqa: N818 - a turn taken, not an error
    """A row of paragraphs has something in it that takes more than a look at its tag."""


def conform(html: str, targets: Targets, *, remote_images: str, image_label: str) -> str:
    """Turn the output of `Sanitiser.clean` into the content of a page.

    The page has one `h1` of its own. Pictures and media of other hosts become links, labelled
    `image_label`; with `remote_images` "keep" pictures stay. All ids start with `a-`.
    """
    attributes = Attributes(
        targets, _find_anchors(html), remote_images=remote_images, image_label=image_label
    )
    if _PARAGRAPHS.fullmatch(html) and not attributes.anchors:
        try:
            return _write_paragraphs(html, attributes)
        except _NeedsFlow:
            pass
    return Flow(html, attributes).write()


def _find_anchors(html: str) -> Collection[str]:
    """The ids, by `name_id`, that the article has and its own links lead to."""
    if 'href="#' not in html:
        return ()
    led_to = {name_id(unquote(unescape(fragment))) for fragment in _FRAGMENT.findall(html)}
    return led_to & {name_id(unescape(own)) for own in _ID.findall(html)}


def _write_paragraphs(html: str, attributes: Attributes) -> str:
    def write(match: re.Match[str]) -> str:
        name, raw = match.groups()
        if is_hidden(raw):
            raise _NeedsFlow
        if name == "a":
            written = attributes.write_link(raw)
            if not written:
                raise _NeedsFlow
            return f"<a{written}>"
        return "" if name in ("span", "font") else f"<{name}{attributes.write(name, raw)}>"

    if '="' in html:
        html = _TAG.sub(write, html)
    if "</span>" in html or "</font>" in html:
        for tag in ("<span>", "</span>", "<font>", "</font>"):
            html = html.replace(tag, "")
    if "<a>" in html or _EMPTY_LINK.search(html):
        raise _NeedsFlow
    return html.replace("<p></p>", "")
