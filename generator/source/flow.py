"""Sanitised HTML → conforming HTML: every element by its kind, in one pass over the tags."""

from __future__ import annotations

import re

from generator.source.attributes import Attributes, is_hidden, parse_attributes
from generator.source.content_model import (
    BLOCKS,
    DEEPEST,
    DIVISIONS,
    FORMATS,
    HEADINGS,
    TABLES,
    VOID,
    Block,
    Context,
    Inline,
    Span,
)
from generator.source.inline_flow import Element, InlineFlow
from generator.source.whole import PIECE, TOKEN, lead
from generator.text.patterns import late

_SUMMARY = late(r"\s*<summary>")


class Flow(InlineFlow):
    """One article on its way to the page."""

    __slots__ = ("_hidden", "_html")

    def __init__(self, html: str, attributes: Attributes) -> None:
        super().__init__(attributes)
        self._html = html
        self._hidden = 0  # how deep in a hidden element

    def write(self) -> str:
        """Write the article."""
        for match in PIECE.finditer(self._html):
            kind = match.lastgroup
            if kind in ("text", "raw"):
                self._read(match)
            elif not self._take_whole(match, kind):
                for token in TOKEN.finditer(self._html, match.start(), match.end()):
                    self._read(token)
        self._writer.close_block(self._writer.blocks[0])
        return "".join(self._writer.out)

    def _read(self, match: re.Match[str]) -> None:
        """Write one tag or text."""
        text, slash, name, raw = match.group("text", "end", "name", "raw")
        if text is not None:
            if not (self._hidden or self._muted):
                self._writer.write_text(text)
        elif slash:
            self._end()
        elif not self._hides(name, raw):
            self._start(name, raw, match.end())

    def _take_whole(self, match: re.Match[str], kind: str | None) -> bool:
        """Write elements that are whole and plain as they are; False where more is to be done.

        Most of an article is such. Element by element it would come out the same.
        """
        writer = self._writer
        if self._hidden or self._muted or not writer.takes_whole(is_item=kind == "items"):
            return False
        if kind == "heading":
            level, raw = match.group("level", "id")
            if any(block.name == "th" for block in writer.blocks):
                return False
            anchor = self._attributes.write_id(raw, is_heading=True) if raw else ""
            writer.write_heading(level, anchor, match["heading"])
            return True
        html = lead(match[0], self._attributes)
        if html is not None:
            writer.write_whole(html)
        return html is not None

    def _hides(self, name: str, raw: str) -> bool:
        """Whether an element that starts is hidden, or in one that is."""
        if not self._hidden and not (raw and is_hidden(raw)):
            return False
        self._hidden += name not in VOID
        return True

    def _start(self, name: str, raw: str, end: int) -> None:
        if name in FORMATS:
            self._start_format(FORMATS[name], raw)
        elif name == "p" or name in HEADINGS:
            self._start_paragraph(name, raw)
        elif name == "a":
            self._start_link(raw)
        elif name == "br":
            self._writer.write_line_break()
        elif name == "img":
            self._write_image(raw)
        elif name in TABLES:
            self._start_table(TABLES[name], raw)
        elif name in DIVISIONS or name in BLOCKS:
            self._start_block(name, raw, end)
        elif name == "hr":
            self._write_rule()
        else:
            self._start_other(name, raw)

    def _end(self) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        element = self._elements.pop()
        if element.is_paragraph:
            self._writer.end_paragraph(element.inline)
        elif element.inline is not None:
            self._writer.end_format(element.inline)
        elif element.block is not None:
            self._writer.close_block(element.block)
        elif element.breaks:
            self._writer.mark_break()
        self._muted -= element.is_muted

    def _start_paragraph(self, name: str, raw: str) -> None:
        writer = self._writer
        if writer.paragraph is not None or writer.blocks[-1].context is Context.PHRASING:
            self._drop_block()
            return
        is_heading = name != "p"
        if is_heading and any(block.name == "th" for block in writer.blocks):
            name = "p"  # a heading cell holds no heading
        attributes = self._attributes.write(name, raw) if raw else ""
        if raw:
            attributes += self._attributes.write_id(raw, is_heading=is_heading)
        item = Inline(name, attributes)
        item.is_heading = is_heading
        self._elements.append(Element(inline=item, is_paragraph=True))
        writer.add_paragraph(item)

    def _start_block(self, name: str, raw: str, end: int) -> None:
        writer = self._writer
        made = "div" if name in DIVISIONS else BLOCKS[name]
        top = writer.blocks[-1]
        if (made == "details" and not self._has_summary(end)) or (
            made == "summary" and (top.name != "details" or top.has_part)
        ):
            made = "div"
        elif made == "figcaption":
            made = self._choose_caption()
        elif made == "caption" and (top.name != "table" or top.has_part or top.groups):
            self._drop_block()  # it comes first, and once
            return
        elif made == "div" and top.context is Context.DEFINITIONS:
            self._elements.append(Element())  # it groups terms
            return
        if made in ("div", "figure", "figcaption", "blockquote") and self._is_in_heading():
            self._drop_block()
            return
        if name == "center" and "style=" not in raw:
            raw += ' align="center"'
        self._open_block(made, raw)

    def _open_block(self, name: str, raw: str) -> Block | None:
        writer = self._writer
        if writer.blocks[-1].context is Context.PHRASING or len(writer.blocks) > DEEPEST:
            self._drop_block()
            return None
        writer.end_paragraph(writer.paragraph)
        writer.close_inline()
        if not writer.make_room(name):
            self._drop_block()
            return None
        attributes = self._attributes.write(name, raw) if raw else ""
        if name == "li" and writer.blocks[-1].name != "ol" and raw:
            attributes = self._attributes.write("div", raw)  # its number counts in an `ol` alone
        anchor = self._attributes.write_id(raw) if raw else ""
        is_behind = name == "figcaption" and writer.shows_something()
        block = writer.open_block(name, attributes + anchor)
        block.ends_parent = is_behind
        if name in ("caption", "figcaption", "summary"):
            writer.blocks[-2].has_part = True
        self._elements.append(Element(block=block))
        return block

    def _drop_block(self) -> None:
        self._writer.mark_break()
        self._elements.append(Element(breaks=True))

    def _has_summary(self, end: int) -> bool:
        """Whether `details` that start before `end` begin as they must."""
        return len(self._writer.blocks) < DEEPEST and bool(_SUMMARY.match(self._html, end))

    def _choose_caption(self) -> str:
        figure = self._writer.blocks[-1]
        is_caption = figure.name == "figure" and not (figure.has_part or figure.is_done)
        return "figcaption" if is_caption else "div"

    def _is_in_heading(self) -> bool:
        paragraph = self._writer.paragraph
        return paragraph is not None and paragraph.is_heading

    def _write_rule(self) -> None:
        writer = self._writer
        if writer.blocks[-1].context is Context.PHRASING:
            writer.mark_break()
            return
        writer.end_paragraph(writer.paragraph)
        writer.close_inline()
        writer.make_room("hr")
        writer.out.append("<hr>")

    def _start_table(self, name: str, raw: str) -> None:
        if name == "thead":
            tables = (block for block in reversed(self._writer.blocks) if block.name == "table")
            table = next(tables, None)
            name = (
                "tbody" if table is not None and table.groups else name
            )  # it comes first, and once
        block = self._open_block(name, raw)
        if block is not None and raw and name in ("td", "th"):
            attributes = parse_attributes(raw)
            block.span = Span(
                max(int(attributes.get("colspan", 1)), 1), int(attributes.get("rowspan", 1))
            )
