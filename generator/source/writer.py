"""Writes conforming HTML element by element, opening and closing what the content model asks for.

Blocks are written when they start. Paragraphs, headings and everything inline wait until there is
something to show in them: so none comes out empty, and one that a block cuts through is closed
before it and opened again behind it (`<b>a<p>b</p></b>` → `<b>a</b><p><b>b</b></p>`).

The content model is https://html.spec.whatwg.org/multipage/dom.html#content-models
"""

from __future__ import annotations

from generator.source.content_model import (
    IMPLIED,
    PARENTS,
    TABLE_PARTS,
    Block,
    Context,
    Inline,
    Outline,
)
from generator.source.spans import write_spans


class Writer:
    """The output and what is open in it."""

    __slots__ = (
        "_has_content", "_is_settled", "_needs_break", "_open", "_outline", "blocks", "formats",
        "out", "paragraph",
    )  # fmt: skip

    def __init__(self) -> None:
        self.out: list[str] = []
        self.blocks = [Block("", 0)]
        self.paragraph: Inline | None = None  # the paragraph or heading of the source
        self.formats: list[Inline] = []  # the inline elements open in the source
        self._open: list[Inline] = []  # of these, what is open in the output
        self._is_settled = True  # all of them are
        self._has_content = False  # the paragraph or phrasing-only block shows something
        self._needs_break = False
        self._outline = Outline()

    # -- inline content

    def write_text(self, text: str) -> None:
        """Write escaped text."""
        if text.isspace():
            if self._open or self.blocks[-1].context is not Context.FLOW or not self.paragraph:
                self._write_verbatim(text)
            return
        self.open_inline()
        self._write_verbatim(text)
        self._has_content = True

    def write_inline(self, html: str, *, is_link: bool = False) -> None:
        """Write an inline element that is whole; a link is not put into a link."""
        if is_link:
            link = next((item for item in self.formats if item.name == "a"), None)
            if link is not None and link.is_open:
                self._close_down_to(link)
        self.open_inline(with_links=not is_link)
        self.out.append(html)
        self._has_content = True

    def write_line_break(self) -> None:
        """Write a `br` where one can be seen."""
        waiting = self.paragraph
        if waiting is not None and waiting.is_heading and not waiting.is_open:
            return
        is_loose = len(self.blocks) == 1 and waiting is None
        if self._open or (self.blocks[-1].context <= Context.PHRASING and not is_loose):
            self.open_inline()
            self.out.append("<br>")
            self._has_content = self._needs_break = False

    def mark_break(self) -> None:
        """Note that a block was taken out of phrasing content: what follows starts a line."""
        self._needs_break = self._needs_break or self._has_content

    def open_inline(self, *, with_links: bool = True) -> None:
        """Open everything that waits for content."""
        paragraph = self.paragraph
        if not self._open:
            self.make_room("")
            if len(self.blocks) == 1 and paragraph is None:
                self._open_one(Inline("p", ""))  # loose text is a paragraph
        if self._is_settled and not self._needs_break:
            return
        if paragraph is not None and not paragraph.is_open:
            if paragraph.is_heading and paragraph.name != "p":
                paragraph.name = self._outline.place(paragraph.name)
            self._has_content = self._needs_break = False
            self._open_one(paragraph)
        if self._needs_break:
            self.out.append("\n" if self.blocks[-1].name == "pre" else "<br>")
            self._needs_break = False
        self._is_settled = True
        for item in self.formats:
            if item.is_open:
                continue
            if item.name == "a" and not with_links:
                self._is_settled = False
            else:
                self._open_one(item)

    def add_format(self, item: Inline) -> None:
        """Start an inline element."""
        self.formats.append(item)
        self._is_settled = False

    def end_format(self, item: Inline) -> None:
        """End an inline element."""
        if item in self.formats:
            self.formats.remove(item)
        if item.is_open:
            self._close_down_to(item)

    def add_paragraph(self, item: Inline) -> None:
        """Start a paragraph or heading; the writer must be between paragraphs."""
        self.close_inline()
        self.paragraph = item
        self._is_settled = False

    def end_paragraph(self, item: Inline | None) -> None:
        """End a paragraph or heading, if it is the one that is open."""
        if item is not None and item is self.paragraph:
            self.close_inline()
            self.paragraph = None
            self._is_settled = not self.formats

    def close_inline(self) -> None:
        """Close all that is inline in the output; what the source keeps open waits again."""
        while self._open:
            self._close_one()
        self._is_settled = not self.formats and self.paragraph is None

    # -- blocks

    def open_block(self, name: str, attributes: str = "", *, is_implied: bool = False) -> Block:
        """Start a block; `make_room` says where."""
        self.close_inline()
        parent = self.blocks[-1]
        if parent.context is Context.DEFINITIONS:
            if name == "dd" and not parent.last:
                self.out.append("<dt></dt>")
            parent.last = name
        block = Block(name, len(self.out), attributes)
        block.is_implied = is_implied
        self.out.append(f"<{name}{attributes}>")
        self.blocks.append(block)
        self._note_table_part(block)
        self._has_content = self._needs_break = False
        return block

    def close_block(self, block: Block) -> None:
        """Close a block and all that is open in it; nothing where it is closed."""
        if not block.is_open:
            return
        self.close_inline()
        self._has_content = self._needs_break = False
        while block.is_open:
            self._write_end(self.blocks.pop())

    def make_room(self, name: str) -> bool:
        """Make the place one where an element may stand: a block's name, or "" for inline content.

        False where there is no such place: a part of a table outside a table.
        """
        if name in TABLE_PARTS:
            return self._make_table_room(name)
        if name in PARENTS:
            self._make_item_room(*PARENTS[name])
            return True
        while True:
            top = self.blocks[-1]
            if top.is_done or (
                top.is_implied and top.context in (Context.LIST, Context.DEFINITIONS)
            ):
                self.close_block(top)
            elif top.context in IMPLIED:
                self.open_block(IMPLIED[top.context], is_implied=True)
            else:
                return True

    def shows_something(self) -> bool:
        """Whether the innermost block has any content so far."""
        return any(not piece.isspace() for piece in self.out[self.blocks[-1].start + 1 :])

    def _make_item_room(self, context: Context, parent: str) -> None:
        if self.blocks[-1].is_implied and self.blocks[-2].context is context:
            self.close_block(self.blocks[-1])
        if self.blocks[-1].context is not context:
            self.make_room(parent)
            self.open_block(parent, is_implied=True)

    def _make_table_room(self, name: str) -> bool:
        places = TABLE_PARTS[name]
        while self.blocks[-1].is_implied and self.blocks[-1].context not in places:
            self.close_block(self.blocks[-1])
        context = self.blocks[-1].context
        if name == "tr" and context is Context.TABLE:
            self.open_block("tbody", is_implied=True)
        return context in places

    def _note_table_part(self, block: Block) -> None:
        if block.context is Context.ROWS:
            self.blocks[-2].groups.append([])
        elif block.context is Context.ROW:
            self.blocks[-3].groups[-1].append([])
        elif block.name in ("td", "th"):
            self.blocks[-4].groups[-1][-1].append(block)

    def _write_end(self, block: Block) -> None:
        block.is_open = False
        if block.ends_parent:
            self.blocks[-1].is_done = True
        if block.context is Context.ROW and not self.blocks[-2].groups[-1][-1]:
            del self.out[block.start :]  # a row without cells
            return
        if block.context is Context.DEFINITIONS and block.last == "dt":
            self.out.append("<dd></dd>")
        if block.context is Context.TABLE:
            write_spans(self.out, block)
        if block.name:
            self.out.append(f"</{block.name}>")

    def _write_verbatim(self, text: str) -> None:
        if text[0] == "\n" and self.blocks[-1].name == "pre" and self.out[-1].startswith("<pre"):
            self.out.append("\n")  # parsers drop the first
        self.out.append(text)

    def _open_one(self, item: Inline) -> None:
        self.out.append(f"<{item.name}{item.attributes}>")
        item.attributes = item.again
        item.is_open = True
        self._open.append(item)

    def _close_one(self) -> Inline:
        item = self._open.pop()
        item.is_open = False
        if item.name == "ruby" and next(filter(str.strip, reversed(self.out)), "") != "</rt>":
            self.out.append("<rt></rt>")  # each text of a ruby has an annotation behind it
        self.out.append(f"</{item.name}>")
        return item

    def _close_down_to(self, item: Inline) -> None:
        while self._close_one() is not item:
            self._is_settled = False
        self._is_settled = self._is_settled and item not in self.formats
