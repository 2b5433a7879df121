"""A captured HTML page → a `Reading`: its article as clean HTML blocks, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.ingest.attribution import (
    dateline_fields,
    find_dateline,
    read_all_credits,
    without_dateline,
)
from generator.ingest.credits import Credits, read_credits
from generator.ingest.cutting import cut_page
from generator.ingest.dates import StatedDate, find_date
from generator.ingest.headline import Title, derive_title
from generator.ingest.lines import Block, ends_sentence
from generator.ingest.main_text import NOT_TEXT, Part, find_main, flatten, plain_text, text_blocks
from generator.ingest.page_facts import (
    NOWHERE,
    Origin,
    PageFacts,
    find_saved_address,
    read_page_facts,
)
from generator.ingest.reading import Reading, make_facts, make_findings, write_article
from generator.ingest.record import Cut, Field
from generator.text.dates import day_in_path
from generator.text.patterns import late

_PAGE = late(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+"
    r"<(?:!doctype\s+html|html|head|body|meta|link|title|script|style|div|article|section|main|p|table"
    r"|h[1-6]|center|font|span|ul|ol|br|hr|img|a|b|strong|blockquote|figure)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_NESTING = late(r"<(/?)(?:div|span|font|section|center|blockquote|b|i|em|strong)\b", re.IGNORECASE)
# The parser needs time in the square of the depth: 0.05 s for 5,000 open elements, 100 s for
# 200,000.
_DEEPEST = 5000
_LAZY = ("data-src", "data-original", "data-lazy-src")
# How many blocks before the main text credits are looked for.
_NEAR = 8
# A line that holds a date, in characters.
_LONGEST_LINE = 90


class _Around(msgspec.Struct, frozen=True):
    """The texts of a page's blocks outside the main text, and of those just before it."""

    around: tuple[str, ...]
    near: tuple[str, ...]


def is_page(text: str) -> bool:
    """Whether the text is an HTML document or the body of one."""
    return _PAGE.match(text) is not None


def read_page(text: str, origin: Origin = NOWHERE) -> Reading | None:
    """Read a page; None where it holds no running text.

    Raises RecursionError for a page nested some hundred elements deep.
    """
    ends = sum(1 if mark else -1 for mark in _NESTING.findall(text))
    if ends < -_DEEPEST:
        raise RecursionError
    if "<amp-img" in text:
        text = text.replace("<amp-img", "<img").replace("</amp-img>", "")
    page = LexborHTMLParser(text)
    stated = read_page_facts(page, find_saved_address(text), origin)
    for node in page.css(NOT_TEXT):
        node.decompose()
    if page.body is None:
        return None
    _show_lazy_images(page)
    main = find_main(page.body)
    if main is None:
        return None
    return _read_main(
        list(flatten(main, stated.base)), _blocks_around(page.body, main), stated, origin
    )


def _read_main(
    parts: Sequence[Part], texts: _Around, stated: PageFacts, origin: Origin
) -> Reading | None:
    """Headline, credits and dateline out of the main text, by the rules of raw text."""
    blocks = [Block(number, part.text) for number, part in enumerate(parts) if part.text]
    lists = [block for block in blocks if parts[block.line].is_link_list]
    kept, cuts = cut_page([block for block in blocks if not parts[block.line].is_link_list])
    headline = stated.title.text if stated.title else ""
    repeats = [block for block in kept if block.text == headline]
    credited = read_all_credits([block for block in kept if block.text != headline])
    if not any(ends_sentence(block.text) or "。" in block.text for block in credited.blocks):
        return None
    dateline, first = find_dateline(credited.blocks)
    title = stated.title or derive_title(without_dateline(credited.blocks, first, dateline))
    near = [found for text in texts.near if (found := read_credits(text, 0, "credit-line"))]
    fields = (
        Field("title", title.text, title.rule),
        *(field for found in near for field in found.fields),
        *(msgspec.structs.replace(field, line=0) for field in credited.fields),
        *(dateline_fields(dateline, 0) if dateline else ()),
        *stated.fields,
    )
    cut = (
        *(Cut(block.text, "headline-repeated") for block in repeats),
        *(Cut(block.text, "link-list") for block in lists),
        *(Cut(cut.text, cut.rule) for cut in (*cuts, *credited.cuts)),
        *(Cut(text, "outside-main-text") for text in texts.around if text != headline),
    )
    date = (
        stated.date or _first_date(near) or credited.date or (dateline.date if dateline else None)
    )
    if date is None:
        above = [block.text for block in takewhile(lambda one: not ends_sentence(one.text), kept)]
        date = _beside_headline((*texts.near, *above))
    if date is None and (day := day_in_path(stated.address)):
        date = find_date("-".join(day))
    facts = msgspec.structs.replace(
        make_facts(title, fields, date),
        language=stated.language,
        address=origin.home,
        captured=origin.captured,
    )
    lines = {block.line for block in credited.blocks}
    markup = [part.markup for number, part in enumerate(parts) if number in lines or not part.text]
    return Reading(
        "html",
        write_article(facts, "\n".join(markup)),
        day=date.day if date else "",
        fields=fields,
        cut=cut,
        findings=tuple(make_findings(Title(title.text, title.rule, 0), cut)),
    )


def _beside_headline(texts: Sequence[str]) -> StatedDate | None:
    """The date of a short line that nobody understands but for it: `2008-05-06 03:15 聯合報 記者 …`."""
    short = (text for text in texts if len(text) <= _LONGEST_LINE and not ends_sentence(text))
    return next((found for text in short if (found := find_date(text))), None)


def _first_date(found: Sequence[Credits]) -> StatedDate | None:
    return next((credits_.date for credits_ in found if credits_.date), None)


def _show_lazy_images(page: LexborHTMLParser) -> None:
    """Give pictures that a script would have loaded their address."""
    for image in page.css("img"):
        for name in _LAZY:
            address = image.attrs.get(name)
            if address:
                image.attrs["src"] = address
                break


def _blocks_around(body: LexborNode, main: LexborNode) -> _Around:
    inside = {block.mem_id for block in text_blocks(main)}
    around: list[str] = []
    near: list[str] = []
    is_before = True
    for block in text_blocks(body, with_frame=True):
        text = plain_text(block)
        if block.mem_id in inside:
            is_before = False
        elif text:
            around.append(text)
            if is_before:
                near.append(text)
    return _Around(tuple(around), tuple(near[-_NEAR:]))
