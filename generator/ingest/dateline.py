"""Datelines: where, when and by whom a report was filed, at the head of its first paragraph.

    新华社北京2月21日电（记者 张三 李四）      国资潇湘融媒讯(记者 熊英)
    本报讯 (记者萧森)                          央视网消息：
    中国经济导报、中国发展网讯 朱伟精 罗津 记者王心武报道
    【大纪元2022年02月21日讯】（大纪元记者张三报导）
    〔記者張三／台北報導〕   （中央社記者張三台北21日電）   本报记者 张三
    BEIJING, Feb. 21 (Xinhua) --               (Reuters) -

The dateline stays in the article; what it says is read off it.
"""

from __future__ import annotations

import re

import msgspec

from generator.ingest.dates import StatedDate, find_date
from generator.ingest.people import SELF, has_role, read_names, split_outlet
from generator.text.patterns import late


class Dateline(msgspec.Struct, frozen=True, gc=False):
    """What a dateline says. `length` is the number of characters it takes, with the space after.

    `day` is as written (`2月21日`, `Feb. 21`); `date` is set only where a year stands with it.
    """

    length: int
    outlet: str = ""
    place: str = ""
    day: str = ""
    date: StatedDate | None = None
    reporters: tuple[str, ...] = ()


_WORD = r"[^\s，。,；;：:！？!?“”\"（）()【】〔〕<>《》]"
_MONTH_DAY = r"(?:(?:19|20)\d{2}\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日"
_KIND = r"(?:讯|訊|电|電|消息|专讯|專訊|电讯|電訊)"
# 通讯, 资讯, 腾讯, 快讯 …: 讯 is part of a word there. 闪电, 家电 likewise.
_NOT_KIND = r"(?<![通资資短简簡快喜音问問审審腾騰警汛闪閃家发發供停用水充送节節核光手机機])"
_PLAIN = late(
    rf"(?P<outlet>{_WORD}{{1,30}}?(?:\s{_WORD}{{1,8}}?)?)\s?(?P<day>(?:北京时间|北京時間)?{_MONTH_DAY})?\s?"
    rf"{_NOT_KIND}(?P<kind>{_KIND})(?P<after>\s|[:：]|(?=[（(])|(?P<run>))"
)
_BRACKET = late(r"\s*(?:\([^()]{2,60}\)|（[^（）]{2,60}）|〔[^〔〕]{2,60}〕|【[^【】]{2,60}】)")
_REPORT = late(
    r"(?P<who>[^，。,；;：:！？!?“”\"（）()]{2,60}?(?:报道|报导|報道|報導))(?:[\s:：]|$)"
)
_BYLINE = late(
    rf"[□■◎●]?\s*(?P<who>(?:{_WORD}{{0,12}})?(?:记者|記者|通讯员|通訊員)\s?[^，。,；;：:！？!?“”\"（）()]{{2,24}}?"
    r"(?:报道|报导|報道|報導|\s{2,}|　|$))\s*"
)
_ENGLISH = late(
    r"(?:(?P<place>[A-Z][A-Za-z .'/-]{1,40}?)(?:, (?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}))?,? ?)?"
    r"\((?P<outlet>[A-Z][\w .&'-]{1,30})\)\s*(?:--|[-–—])\s+"
)


def read_dateline(text: str) -> Dateline | None:
    """The dateline at the head of a paragraph; None where there is none."""
    return _read_bracketed(text) or _read_plain(text) or _read_byline(text) or _read_english(text)


def _read_plain(text: str) -> Dateline | None:
    """`新华社北京2月21日电（记者 张三）`, `本报讯 …`, `央视网消息：`"""
    match = _PLAIN.match(text)
    if not match:
        return None
    outlet, place = split_outlet(match["outlet"].strip())
    is_known = bool(outlet) or SELF.match(match["outlet"]) is not None
    names, end = _names_after(text, match.end())
    if not is_known:
        # An outlet we have no name for is believed where a reporter or a day stands with it.
        if not match["day"] and not (names and has_role(text[match.end() : end])):
            return None
        outlet = "" if match["day"] else match["outlet"].strip()
    if match["run"] is not None and not names and (not match["day"] or match["kind"] == "消息"):
        return None
    return Dateline(
        _skip_space(text, end), outlet, place, match["day"] or "", find_date(match[0]), names
    )


def _names_after(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """Reporters in a bracket, or in `张三 记者李四报道`, and where the text goes on."""
    bracket = _BRACKET.match(text, start)
    if bracket:
        names = read_names(bracket[0].strip())
        if not has_role(bracket[0]):
            # (完), (全球热点): without a role only short names are believed.
            names = tuple(name for name in names if len(name) <= 3)
        return names, bracket.end() if names else start
    report = _REPORT.match(text, start)
    if report and has_role(report[0]) and (names := read_names(report["who"].strip())):
        return names, report.end()
    return (), start


def _read_bracketed(text: str) -> Dateline | None:
    """`【大纪元2022年02月21日讯】（大纪元记者张三报导）`, `〔記者張三／台北報導〕`, `（新华社记者 张三）`"""
    match = _BRACKET.match(text)
    if not match:
        return None
    inner = match[0].strip()[1:-1].strip()
    plain = _PLAIN.fullmatch(f"{inner} ")
    if plain and (split_outlet(plain["outlet"])[0] or plain["day"]):
        outlet, place = split_outlet(plain["outlet"])
        names, end = _names_after(text, match.end())
        if not has_role(inner):
            return Dateline(
                _skip_space(text, end), outlet, place, plain["day"] or "", find_date(inner), names
            )
    if not has_role(inner):
        return None
    outlet = _outlet_before_role(inner)
    return Dateline(_skip_space(text, match.end()), outlet, reporters=read_names(inner))


def _outlet_before_role(text: str) -> str:
    """中央社 in `中央社記者張三台北21日電`."""
    head = re.split(r"记者|記者|通讯员|通訊員", text, maxsplit=1)[0]
    outlet, place = split_outlet(head.strip())
    return "" if place else outlet


def _read_byline(text: str) -> Dateline | None:
    """`本报记者 张三 报道`, run in at the head of the paragraph."""
    match = _BYLINE.match(text)
    names = read_names(match["who"].strip()) if match else ()
    if match is None or not names:
        return None
    return Dateline(match.end(), _outlet_before_role(match["who"]), reporters=names)


def _read_english(text: str) -> Dateline | None:
    match = _ENGLISH.match(text)
    if not match:
        return None
    return Dateline(
        match.end(), match["outlet"], (match["place"] or "").strip(), match["day"] or ""
    )


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and (text[position].isspace() or text[position] in ":："):
        position += 1
    return position
