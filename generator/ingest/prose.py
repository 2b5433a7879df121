"""A raw text capture → a `Reading`: one pass of named rules over its blocks."""

from __future__ import annotations

from collections.abc import Sequence

from generator.ingest.attribution import (
    dateline_fields,
    find_dateline,
    read_all_credits,
    without_dateline,
)
from generator.ingest.credits import read_byline, read_credits
from generator.ingest.cutting import cut_page
from generator.ingest.dateline import read_dateline
from generator.ingest.headline import Title, announced_title, derive_title, is_headline
from generator.ingest.lines import Block, split_blocks
from generator.ingest.markdown import body
from generator.ingest.reading import Reading, make_facts, make_findings, write_article
from generator.ingest.record import Cut, Field
from generator.ingest.structure import structure
from generator.text.patterns import late

# A headline that holds another: 永吉县…方案(江西省…品牌).
_BRACKETED = late(r".+[（(](?P<inner>.{8,})[)）]")
# How many credits may stand above the headline.
_ABOVE = 3


def read_prose(text: str) -> Reading | None:
    """Read a raw text; None where it holds no article."""
    blocks, cuts = cut_page(split_blocks(text))
    headline = find_headline(blocks)
    if headline:
        repeats = [block for block in blocks if block.text == headline.text]
        cuts += tuple(Cut(block.text, "headline-repeated", block.line) for block in repeats[1:])
        blocks = tuple(block for block in blocks if block.text != headline.text)
    credited = read_all_credits(blocks)
    if not credited.blocks:
        return None
    dateline, first = find_dateline(credited.blocks)
    title = (
        Title(headline.text, "headline", headline.line)
        if headline
        else announced_title(credited.blocks[0])
        or derive_title(without_dateline(credited.blocks, first, dateline))
    )
    pieces, placeholders = structure(credited.blocks, headline.text if headline else "")
    fields = (
        Field("title", title.text, title.rule, title.line),
        *_inner_title(headline),
        *credited.fields,
        *(dateline_fields(dateline, credited.blocks[first].line) if dateline else ()),
    )
    date = credited.date or (dateline.date if dateline else None)
    all_cuts = sorted((*cuts, *credited.cuts, *placeholders), key=lambda cut: cut.line)
    return Reading(
        "text",
        write_article(make_facts(title, fields, date), body(pieces)),
        day=date.day if date else "",
        fields=fields,
        cut=tuple(all_cuts),
        findings=tuple(make_findings(title, all_cuts)),
    )


def find_headline(blocks: Sequence[Block]) -> Block | None:
    """The headline: the first block, or the first under some credits; None where there is none."""
    for index, block in enumerate(blocks[: _ABOVE + 1]):
        if read_credits(block.text, block.line, ""):
            continue
        if read_byline(block.text, block.line) or read_dateline(block.text):
            return None
        if announced_title(block):
            return None
        return block if is_headline(blocks[index:]) else None
    return None


def _inner_title(headline: Block | None) -> tuple[Field, ...]:
    match = _BRACKETED.fullmatch(headline.text) if headline else None
    if not headline or not match:
        return ()
    return (Field("inner-title", match["inner"], "bracketed-headline", headline.line),)
