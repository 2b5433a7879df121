"""Inline elements of sanitised HTML, pictures and media on their way to the page."""

from __future__ import annotations

import msgspec

from generator.source.attributes import Attributes
from generator.source.content_model import MEDIA, MOST_NESTING, NESTING, VOID, Block, Inline
from generator.source.whole import WholeWriter


class Element(msgspec.Struct, gc=False):
    """An element that is open in the source, and what was made of it."""

    inline: Inline | None = None
    block: Block | None = None
    is_paragraph: bool = False
    breaks: bool = False  # dropped, but what follows starts a line
    is_muted: bool = False  # its text is for browsers that cannot show it


class InlineFlow:
    """The half of `Flow` that knows inline elements, and what both halves share."""

    __slots__ = ("_attributes", "_elements", "_media", "_muted", "_writer")

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._writer = WholeWriter()
        self._elements: list[Element] = []  # open in the source
        self._muted = 0  # how deep in elements whose text is not shown
        self._media = ""  # the link that was written last

    def _start_format(self, name: str, raw: str) -> None:
        formats = self._writer.formats
        attributes = self._attributes.write(name, raw) if raw else ""
        anchor = self._attributes.write_id(raw) if raw else ""
        depth = sum(item.name == name for item in formats)
        is_misplaced = (name == "rt" and not self._is_in_ruby()) or (
            name == "bdo" and "dir=" not in attributes
        )
        if is_misplaced or depth >= NESTING.get(name, MOST_NESTING):
            self._elements.append(Element())
            return
        self._add_format(Inline(name, attributes + anchor, attributes), is_anchor=bool(anchor))

    def _start_link(self, raw: str) -> None:
        attributes = self._attributes.write_link(raw)
        anchor = self._attributes.write_id(raw)
        if not attributes:
            self._start_anchor(anchor)
            return
        for item in self._writer.formats:
            if item.name == "a":  # links do not nest: the inner one is nearer to its text
                self._writer.end_format(item)
                break
        self._add_format(Inline("a", attributes + anchor, attributes), is_anchor=bool(anchor))

    def _start_anchor(self, anchor: str) -> None:
        """An element that has nothing but perhaps an id."""
        if anchor:
            self._add_format(Inline("span", anchor, ""), is_anchor=True)
        else:
            self._elements.append(Element())

    def _add_format(self, item: Inline, *, is_anchor: bool) -> None:
        self._elements.append(Element(inline=item))
        self._writer.add_format(item)
        if is_anchor:
            self._writer.open_inline()  # it counts even if nothing stands in it

    def _is_in_ruby(self) -> bool:
        inline = self._elements[-1].inline if self._elements else None
        return inline is not None and inline.name == "ruby"

    def _write_image(self, raw: str) -> None:
        html, is_link = self._attributes.write_image(raw)
        if html.startswith("<"):
            self._writer.write_inline(html, is_link=is_link)
        elif html:
            self._writer.write_text(html)

    def _start_other(self, name: str, raw: str) -> None:
        if name in MEDIA:
            html = self._attributes.write_media(raw)
            if html and html != self._media:
                self._media = html
                self._writer.write_inline(html, is_link=True)
            if name not in VOID:
                mutes = name in ("audio", "video")
                self._muted += mutes
                self._elements.append(Element(is_muted=mutes))
        elif name == "rp" and self._is_in_ruby():  # brackets for browsers without ruby
            self._muted += 1
            self._elements.append(Element(is_muted=True))
        elif name == "wbr":
            self._writer.write_text("<wbr>")
        else:
            self._start_anchor(self._attributes.write_id(raw) if raw else "")
