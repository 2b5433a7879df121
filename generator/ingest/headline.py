"""The headline of a raw capture, or a title made of the article's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from generator.ingest.lines import Block, ends_sentence, is_cjk
from generator.text.patterns import late

_LONGEST_HEADLINE = {True: 80, False: 160}  # characters, of Chinese and of Latin text
_ANNOUNCED = late(
    r"(?:[^，。]{2,24}[电電]\s*[题題]|[（(]?(?:原标题|原標題))\s*[:：]\s*(?P<title>[^。]{4,}?)[)）]?"
)
_GOES_ON = late(r"[，,、；;：:]$")
_SHORTEST, _LONGEST = 12, 36  # characters of a clause that reads as a Chinese headline
_LATIN_LONGEST = 100
# The lead: later paragraphs are details.
_LEAD = 3
_SENTENCES = late(r"[。！？!?；;…]+")
_CLAUSES = late(r"[，,：:]")
# Speech is somebody's voice, not the paper's: quotations that hold a sentence or are long.
_QUOTED = late(r"“[^“”]*”|「[^「」]*」")
_SPEECH = late(r"[。！？!?；;，,]|.{18}", re.DOTALL)
_SPOKEN = "\ufffc"  # stands where speech was; no clause with it is taken
_WHEN = late(
    r"^(?:近日|日前|昨日|今日|昨天|今天|目前|近期|最近|近年来|(?:当地时间|北京时间)?(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日"
    r"(?:上午|下午|晚间?|凌晨|晚上)?)"
)
# Clauses that lean on the one before them: connectives, prepositions, pronouns, bare verbs.
_LEANS = late(
    r"(?:因|但|而|并|使|以|其|同时|同時|据|據|由于|由於|如|虽|雖|随着|隨著|为|為|该|該|这|這|那|他|她|它|此|对|對|然后|却|也"
    r"|还|還|就|则|則|让|讓|且|等|从|從|进而|于是|当|當|若|即|所以|在|又|再|更|不仅|不|都|只|才|作为|作為|针对|針對|根据|按照|通过"
    r"|透過|既|是|成为|有效|具体|一些|另|将|將|已|正|可|与|與|及|和|把|被|给|向|同|所|之|记者|記者|本报|本報|我|你|您|咱|如今|一方面)"
)
_HANGS = late(
    r"(?:时|時|时候|后|後|之前|以来|以來|的|期间|期間|过程中|情况下|基础上|称|稱|表示|认为|認為|指出|介绍|介紹|说|說|了解到"
    r"|获悉|獲悉|看到|来|來|中|下|消息|显示|報導|报道)$"
)
_PAIRS = (
    ("“", "”"),
    ("‘", "’"),
    ("「", "」"),
    ("《", "》"),
    ("（", "）"),
    ("(", ")"),
    ("【", "】"),
)


class Title(msgspec.Struct, frozen=True, gc=False):
    """A title made of an article's words, with the name of the rule and the line it stands on."""

    text: str
    rule: str
    line: int


def is_headline(blocks: Sequence[Block]) -> bool:
    """Whether the first block is the headline of what follows.

    A headline is short, does not end or break off as a sentence does (a question or a call may),
    and stands over something longer than itself.
    """
    first = blocks[0].text
    if len(first) > _LONGEST_HEADLINE[is_cjk(first)] or _GOES_ON.search(first):
        return False
    if ends_sentence(first) and not re.search(r"[！？!?][”’」』\"')）]*$", first):
        return False
    return any(len(block.text) > len(first) or ends_sentence(block.text) for block in blocks[1:])


def announced_title(block: Block) -> Title | None:
    """The headline in `新华社天津4月3日电题：战“疫”里的“国企担当”` or `原标题：…`; None without one."""
    match = _ANNOUNCED.fullmatch(block.text)
    if not match or len(match["title"]) > _LONGEST_HEADLINE[True]:
        return None
    return Title(match["title"], "announced", block.line)


def derive_title(blocks: Sequence[Block]) -> Title:
    """A title for an article without a headline, of words that stand in it. There must be a block.

    `central-clause`: of the clauses of the first three paragraphs that are no speech, can stand
    alone and have 12 to 36 characters, the one whose pairs of characters most other paragraphs
    share; earlier paragraphs weigh more. `first-sentence` for other scripts. `opening-words`
    where neither gives anything.
    """
    lead = blocks[0]
    if not is_cjk(lead.text):
        sentence = _first_sentence(lead.text)
        if len(sentence) <= _LATIN_LONGEST:
            return Title(sentence.rstrip("."), "first-sentence", lead.line)
        return Title(_cut_latin(lead.text), "opening-words", lead.line)
    return _central_clause(blocks) or Title(_cut_han(lead.text), "opening-words", lead.line)


def _central_clause(blocks: Sequence[Block]) -> Title | None:
    spread = Counter(pair for block in blocks for pair in _character_pairs(block.text))
    best, best_weight = None, -1.0
    for number, block in enumerate(blocks[:_LEAD]):
        for clause in _clauses(block.text):
            pairs = _character_pairs(clause)
            shared = sum(spread[pair] - 1 for pair in pairs)
            # Divided by the root of the length, longer clauses win but not by length alone; a
            # paragraph further down counts for 2/3, then 1/2.
            weight = shared / max(1, len(pairs)) ** 0.5 / (1 + number / 2)
            if weight > best_weight:
                best, best_weight = Title(clause, "central-clause", block.line), weight
    return best


def _clauses(text: str) -> Iterator[str]:
    """Clauses of a paragraph that can stand as a title."""
    for sentence in _SENTENCES.split(_QUOTED.sub(_hide_speech, text)):
        for part in _CLAUSES.split(sentence):
            clause = _WHEN.sub("", part.strip()).strip()
            if (
                _SHORTEST <= len(clause) <= _LONGEST
                and _SPOKEN not in clause
                and not _LEANS.match(clause)
                and not _HANGS.search(clause)
                and all(clause.count(left) == clause.count(right) for left, right in _PAIRS)
            ):
                yield clause


def _hide_speech(quoted: re.Match[str]) -> str:
    return _SPOKEN if _SPEECH.search(quoted[0]) else quoted[0]


def _character_pairs(text: str) -> set[str]:
    letters = [c for c in text if c.isalnum()]
    return {a + b for a, b in pairwise(letters)}


def _first_sentence(text: str) -> str:
    match = re.match(r".+?[.!?](?=[\"'”’)]*\s+[A-Z“\"'(]|[\"'”’)]*$)[\"'”’)]*", text)
    return match[0] if match else text


def _cut_latin(text: str) -> str:
    """The first words, up to a space."""
    if len(text) <= _LATIN_LONGEST:
        return text
    return (
        text[
            : text.rfind(" ", 40, _LATIN_LONGEST)
            if " " in text[40:_LATIN_LONGEST]
            else _LATIN_LONGEST
        ].rstrip(" ,;:")
        + "…"
    )


def _cut_han(text: str) -> str:
    """The first clauses, up to 36 characters, with an ellipsis where the sentence goes on."""
    sentence = re.split(r"(?<=[。！？!?])", text, maxsplit=1)[0]
    if len(sentence.rstrip("。")) <= _LONGEST:
        return sentence.rstrip("。")
    stops = [m.start() for m in re.finditer(r"[，,：:；;、]", sentence[: _LONGEST + 1])]
    cut = next((stop for stop in reversed(stops) if stop >= _SHORTEST), _LONGEST)
    return f"{sentence[:cut]}……"
