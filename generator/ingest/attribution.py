"""Who wrote it, when and for whom: the credits around an article's text and its dateline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import msgspec

from generator.ingest.credits import Credits, read_byline, read_credits
from generator.ingest.dateline import Dateline, read_dateline
from generator.ingest.dates import StatedDate
from generator.ingest.lines import Block, ends_sentence
from generator.ingest.record import Cut, Field

# How many blocks under the headline, and above the end, credits are looked for.
_HEAD, _TAIL = 8, 6


class Credited(msgspec.Struct, frozen=True):
    """Blocks without the credits above the text, and what all credits state."""

    blocks: tuple[Block, ...]
    fields: tuple[Field, ...] = ()
    cuts: tuple[Cut, ...] = ()
    date: StatedDate | None = None


def read_all_credits(blocks: Sequence[Block]) -> Credited:
    """Read the credits under the headline, which are cut, and at the end, which stay.

    Bylines stay as well: they are part of the printed article.
    """
    kept: list[Block] = []
    fields: list[Field] = []
    cuts: list[Cut] = []
    date: StatedDate | None = None
    head = list(takewhile(lambda block: not _is_text(block), blocks[:_HEAD]))
    for block in head:
        credits_ = read_credits(block.text, block.line, "credit-line")
        if credits_:
            fields += credits_.fields
            cuts.append(Cut(block.text, "credit-line", block.line))
            date = date or credits_.date
        else:
            fields += read_byline(block.text, block.line)
            kept.append(block)
    rest = blocks[len(head) :]
    for block in rest[max(1, len(rest) - _TAIL) :]:
        fields += _tail_fields(block)
    return Credited((*kept, *rest), tuple(fields), tuple(cuts), date)


def _is_text(block: Block) -> bool:
    """Whether the article's text begins: a sentence that is no credit and no byline."""
    is_sentence = ends_sentence(block.text) or len(block.text) > 100
    return is_sentence and read_credits(block.text, block.line, "") is None


def _tail_fields(block: Block) -> tuple[Field, ...]:
    """Fields of a credit at the end. A date there may be of anything, so it is none."""
    credits_: Credits | None = read_credits(block.text, block.line, "credit-at-end")
    return credits_.fields if credits_ else ()


def find_dateline(blocks: Sequence[Block]) -> tuple[Dateline | None, int]:
    """The dateline of the first paragraph that is text, and the number of that block."""
    first = next((index for index, block in enumerate(blocks) if _is_text(block)), 0)
    return read_dateline(blocks[first].text), first


def dateline_fields(dateline: Dateline, line: int) -> tuple[Field, ...]:
    """What a dateline says, as fields."""
    stated = (
        ("source", dateline.outlet),
        ("place", dateline.place),
        ("day", dateline.day),
        *(("author", name) for name in dateline.reporters),
    )
    return tuple(Field(name, value, "dateline", line) for name, value in stated if value)


def without_dateline(
    blocks: Sequence[Block], first: int, dateline: Dateline | None
) -> tuple[Block, ...]:
    """The text a title is made of: from the first paragraph on, its dateline taken off."""
    lead = blocks[first]
    text = lead.text[dateline.length :] if dateline else lead.text
    return (Block(lead.line, text or lead.text), *blocks[first + 1 :])
