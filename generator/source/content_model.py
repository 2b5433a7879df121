"""What may stand in what, and what is open while a page is written (see `writer`)."""

from __future__ import annotations

from enum import IntEnum, auto

import msgspec


def tag_names(text: str) -> frozenset[str]:
    """A set of names from a line of them."""
    return frozenset(text.split())


FORMATS = {
    name: name
    for name in tag_names(
        "abbr b bdi bdo cite code del dfn em i ins kbd mark q rt ruby s samp small strong sub sup u var"
    )
} | {"acronym": "abbr", "strike": "s", "tt": "code"}
# How often an element may stand in one of its own name; more are a fault of the source.
NESTING = {"dfn": 1, "rt": 1, "ruby": 1}
MOST_NESTING = 4
# How many blocks may be open. Browsers nest 512 deep; no article means more than this.
DEEPEST = 50
HEADINGS = tag_names("h1 h2 h3 h4 h5 h6")
DIVISIONS = tag_names(
    "address article aside center div fieldset footer form header hgroup legend main marquee nav "
    "search section"
)
BLOCKS = {
    name: name
    for name in tag_names(
        "blockquote caption dd details dl dt figcaption figure li ol pre summary ul"
    )
} | {"dir": "ul", "listing": "pre", "menu": "ul"}
TABLES = {
    "table": "table", "tbody": "tbody", "td": "td", "tfoot": "tbody", "th": "th", "thead": "thead",
    "tr": "tr",
}  # fmt: skip
MEDIA = tag_names("audio embed object source video x-frame x-iframe")
VOID = tag_names("br embed hr img source wbr")


class Context(IntEnum):
    """What may stand in a block."""

    FLOW = auto()
    PHRASING = auto()  # text and inline elements only
    LIST = auto()  # li
    DEFINITIONS = auto()  # dt, dd
    TABLE = auto()
    ROWS = auto()
    ROW = auto()


CONTEXTS = {
    "ul": Context.LIST, "ol": Context.LIST, "dl": Context.DEFINITIONS, "table": Context.TABLE,
    "tbody": Context.ROWS, "thead": Context.ROWS, "tr": Context.ROW, "pre": Context.PHRASING,
    "dt": Context.PHRASING, "caption": Context.PHRASING, "summary": Context.PHRASING,
}  # fmt: skip
# Blocks that content in the wrong place is put into, by where it stands.
IMPLIED = {
    Context.LIST: "li",
    Context.DEFINITIONS: "dd",
    Context.TABLE: "tbody",
    Context.ROWS: "tr",
    Context.ROW: "td",
}
PARENTS = {
    "li": (Context.LIST, "ul"),
    "dt": (Context.DEFINITIONS, "dl"),
    "dd": (Context.DEFINITIONS, "dl"),
}
TABLE_PARTS = {
    "caption": (Context.TABLE,),
    "tbody": (Context.TABLE,),
    "thead": (Context.TABLE,),
    "tr": (Context.TABLE, Context.ROWS),
    "td": (Context.ROW,),
    "th": (Context.ROW,),
}


class Span(msgspec.Struct, frozen=True, gc=False):
    """How many columns and rows a cell takes; `rows` 0 = all that follow in its group."""

    columns: int = 1
    rows: int = 1


class Block:
    """An open block."""

    __slots__ = (
        "attributes", "context", "ends_parent", "groups", "has_part", "is_done", "is_implied",
        "is_open", "last", "name", "span", "start",
    )  # fmt: skip

    def __init__(self, name: str, start: int, attributes: str = "") -> None:
        self.name = name
        self.context = CONTEXTS.get(name, Context.FLOW)
        self.start = start  # where its start tag is in the output
        self.attributes = attributes
        self.is_implied = False
        self.is_open = True
        self.is_done = False  # nothing more may stand in it
        self.ends_parent = False  # nothing may stand behind it in its parent
        self.has_part = False  # it has its caption or summary
        self.last = ""  # of a dl: dt or dd
        self.span = Span()
        self.groups: list[list[list[Block]]] = []  # of a table: its cells


class Inline:
    """A paragraph, heading or inline element that is open in the source."""

    __slots__ = ("again", "attributes", "is_heading", "is_open", "name")

    def __init__(self, name: str, attributes: str, again: str | None = None) -> None:
        self.name = name
        self.attributes = attributes
        self.again = attributes if again is None else again  # attributes when opened again
        self.is_heading = False
        self.is_open = False  # in the output


class Outline:
    """Levels of headings below a page's own `h1`, none skipped."""

    __slots__ = ("_levels",)

    def __init__(self) -> None:
        self._levels: list[int] = []  # of the headings above, as in the source

    def place(self, name: str) -> str:
        """The name for the next heading: at most one level below the nearest above it."""
        level = int(name[1])
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return f"h{min(len(self._levels) + 1, 6)}"
