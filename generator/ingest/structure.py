"""Blocks of an article → paragraphs, subheads and captions of pictures that are not there."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from generator.ingest.lines import Block, ends_sentence, is_cjk
from generator.ingest.record import Cut
from generator.text.patterns import late


class Part(StrEnum):
    """What a block is in its article."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    MINOR_SUBHEAD = "minor-subhead"
    CAPTION = "caption"  # of a picture the capture does not hold


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One part of an article. A caption's text may be ""."""

    part: Part
    text: str
    line: int


# （一） stands under 一、 in Chinese numbering.
_MAJOR = late(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章节節部分]|[■◆▍●◎])"
)
_MINOR = late(r"[（(][一二三四五六七八九十]{1,3}[)）]")
_LONGEST_SUBHEAD = {True: 32, False: 80}  # characters, of Chinese and of Latin text
_GOES_ON = late(r"[，,、：:—–-]$")
_BYLINE = late(r"[□■◎●]?\s?(?:\S{0,8}(?:记者|記者|通讯员|通訊員|评论员)|作者|文[/／|｜])|——|--|□")
_CAPTION = late(
    r"(?:[▲△▼▽]\s*\S|[图圖](?:[为為]|\s?\d{1,2}\s?[:：\s]|\s?[:：])|[\[【（(](?:图片|圖片|图|圖)[\]】）)]"
    r"|(?:资料图|資料圖|效果图|示意图|图片说明|圖片說明)(?:片)?(?:[:：\s（(]|$)|Photo:|Image:|Pictured:)"
)
_PHOTO_CREDIT = late(r"[\u3400-\u9fff·]{2,12}\s?(?:摄|攝)(?:影)?[)）]?$")
# 《headline(1)》: where the captured page had a picture, named after the headline.
_NUMBER = late(r"\s*[（(]\s*\d{1,3}\s*[)）]")
_LONGEST_CAPTION = 160


def structure(blocks: Sequence[Block], title: str) -> tuple[tuple[Piece, ...], tuple[Cut, ...]]:
    """Tell the parts of an article apart. What only marked a picture's place is cut."""
    pieces: list[Piece] = []
    cuts: list[Cut] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if _is_placeholder(block.text, title):
            cuts.append(Cut(block.text, "picture-placeholder", block.line))
            caption = blocks[index + 1] if index + 1 < len(blocks) else None
            if caption and _can_caption(caption.text, title):
                index += 1
                pieces.append(Piece(Part.CAPTION, caption.text, caption.line))
            else:
                pieces.append(Piece(Part.CAPTION, "", block.line))
        else:
            pieces.append(Piece(_part(blocks, index), block.text, block.line))
        index += 1
    return tuple(pieces), tuple(cuts)


def _is_placeholder(text: str, title: str) -> bool:
    return bool(title) and text.startswith(title) and bool(_NUMBER.fullmatch(text, len(title)))


def _can_caption(text: str, title: str) -> bool:
    return (
        len(text) <= _LONGEST_CAPTION
        and not text.endswith("。")
        and not _is_placeholder(text, title)
    )


def _part(blocks: Sequence[Block], index: int) -> Part:
    text = blocks[index].text
    if len(text) <= _LONGEST_CAPTION and _CAPTION.match(text):
        return Part.CAPTION
    if len(text) <= 80 and _PHOTO_CREDIT.search(text) and not ends_sentence(text):
        return Part.CAPTION
    if not _looks_like_subhead(text) or index + 1 == len(blocks):
        return Part.PARAGRAPH
    if _MINOR.match(text):
        return Part.MINOR_SUBHEAD
    if _MAJOR.match(text):
        return Part.SUBHEAD
    # Short lines in a row are a list, verses or a table; a subhead stands over a paragraph and
    # under one: what stands right below the headline is a second headline or a name.
    before = index > 0 and _is_paragraph(blocks[index - 1].text)
    return Part.SUBHEAD if before and _is_paragraph(blocks[index + 1].text) else Part.PARAGRAPH


def _looks_like_subhead(text: str) -> bool:
    return (
        len(text) <= _LONGEST_SUBHEAD[is_cjk(text)]
        and not ends_sentence(text)
        and not _GOES_ON.search(text)
        and not _BYLINE.match(text)
        and any(c.isalpha() for c in text)
    )


def _is_paragraph(text: str) -> bool:
    return ends_sentence(text) or len(text) > _LONGEST_SUBHEAD[is_cjk(text)]
