"""Lines that speak of the article: `2022-02-21 07:29 来源：赣南日报 作者：张三 浏览：123`.

Such a line is recognised only as a whole: where a part of it is not understood, the line is text.
"""

from __future__ import annotations

import re

import msgspec

from generator.ingest.dates import StatedDate, find_date
from generator.ingest.people import has_role, read_names, split_outlet
from generator.ingest.record import Field
from generator.text.patterns import late

_LABELS = {
    "source": r"(?:文章|稿件|信息|内容|新闻)?(?:来源|來源)|稿源|Source|出处",
    "author": r"作者|記者|记者|撰文|撰稿|文|Author|Writer|By",
    "editor": r"(?:责任|責任|执行|网络|本文|值班)?(?:编辑|編輯)|责编|責編|校对|审核|审签|二审|三审|初审|监制|主编|编审|Editor",
    "date": r"(?:发布|發布|發佈|发表|發表|发稿|刊发|刊登|出版|创建)(?:时间|時間|日期|于)|时间|時間|日期|Published(?: on)?|Posted(?: on)?|Date",
    "updated": r"(?:更新|修改)(?:时间|時間|日期|于)?|Updated",
    "address": r"(?:原文|本文|网页|文章)?(?:链接|地址|網址|网址)|URL|Link",
    "noise": r"浏览(?:次数|量)?|瀏覽|阅读(?:次数|量|数)?|閱讀|点击(?:次数|量|率|数)?|人气|访问(?:次数|量)?|评论(?:数)?|字号|字体|字體|字级|分享到?|打印|【?字体大小】?|Views",
}
_LABEL = late(
    r"(?<![^\s\[【(（〔|｜丨/／;；,，、>])(?:"
    + "|".join(f"(?P<{n}>{p})" for n, p in _LABELS.items())
    + r")\s*(?:[:：|｜丨]\s*|(?<=By)\s+|(?<=on)\s+)(?=\S|$)"
)
_BARE_NOISE = late(
    r"[【\[(（]?(?:大|中|小|打印(?:本页)?|收藏|关闭(?:窗口)?|返回|分享|(?:评论|阅读|浏览)(?:[(（]?\d*)|纠错|复制链接|[+-]|A[+-]?|\d{1,7}\s*(?:次|评论|阅读)|有?\d*人?参与(?:互动|评论)?|我要(?:评论|分享|纠错)|我有话说|手机(?:看新闻|版)|查看评论|(?:星期|周|週)[一二三四五六日天])[】\])）]?"
)
_EDGES = " \t\u3000\xa0|｜丨/／,，;；·•-—<>"
_OPENING, _CLOSING = "([（【〔", ")]）】〕"
_MAX_LENGTH = 160
_ADDRESS = late(r"https?://[\w.-]+(?:[:/?]\S*)?")
# 作者：熊丙奇，系21世纪教育研究院副院长
_OFFICE = late(r"[，,]\s*(?:系|为|為).*")
_SENTENCE = late(r"[。！？!?；;]")


class Credits(msgspec.Struct, frozen=True):
    """What a line states. `date` is the day of publication, `is_labelled` whether it names it so."""

    fields: tuple[Field, ...]
    date: StatedDate | None = None


def read_credits(text: str, line: int, rule: str) -> Credits | None:
    """Read a line made of nothing but credits; None where it is anything else."""
    if len(text) > _MAX_LENGTH:
        return None
    if _ADDRESS.fullmatch(text):
        return Credits((Field("address", text, rule, line),))
    labels = list(_LABEL.finditer(text))
    head = _read_bare(text[: labels[0].start()] if labels else text, line, rule)
    if head is None:
        return None
    fields, date = list(head.fields), head.date
    stops = [*(match.start() for match in labels), len(text)]
    for match, stop in zip(labels, stops[1:], strict=True):
        value = _bare(text[match.end() : stop])
        part = _read_labelled(match.lastgroup or "", value, line, rule)
        if part is None:
            return None
        fields += part.fields
        # A date that is called the day of publication goes before a bare one.
        if part.date and (date is None or match.lastgroup == "date"):
            date = part.date
    return Credits(tuple(fields), date) if fields or date or labels else None


def _bare(value: str) -> str:
    """A value without separators and without brackets that have no partner in it."""
    value = value.strip(_EDGES).rstrip(_OPENING)
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if value.startswith(opening) and (value.endswith(closing) or closing not in value):
            value = value[1:]
        if value.endswith(closing) and opening not in value:
            value = value[:-1]
    return value.strip(_EDGES)


def read_byline(text: str, line: int) -> tuple[Field, ...]:
    """The people of a line such as `□本报记者 张三 通讯员 李四` or `By John Smith`; () where it is none."""
    if len(text) > _MAX_LENGTH:
        return ()
    if text.startswith("By "):
        names = read_names(re.split(r",|\|| - ", text[3:])[0].strip())
    else:
        plain = re.sub(r"^\W*文\s*[/／|｜丨]\s*(?:图\s*[/／|｜丨]?)?", "作者 ", text)
        plain = re.sub(r"\s图\s*[/／|｜丨].*", "", plain)
        bullet = text[0] in "□■◎◇●"
        names = read_names(plain) if bullet or has_role(plain) else ()
    return tuple(Field("author", name, "byline", line) for name in names)


def _read_bare(text: str, line: int, rule: str) -> Credits | None:
    """Parts without a label: a date, an outlet, buttons."""
    date = find_date(text)
    fields: list[Field] = []
    if date:
        fields.append(Field("date", text[date.start : date.end], rule, line))
        text = f"{text[: date.start]}|{text[date.end :]}"
    for part in re.split(r"[|｜丨\s\u3000]+", text):
        word = _bare(part)
        if not word or _BARE_NOISE.fullmatch(word):
            continue
        outlet, place = split_outlet(word)
        if not date or place or outlet != word or len(word) > 16:
            return None
        fields.append(Field("source", word, rule, line))
    return Credits(tuple(fields), date)


def _read_labelled(label: str, value: str, line: int, rule: str) -> Credits | None:
    date = find_date(value)
    rest = _bare(value[: date.start] + value[date.end :]) if date else value
    words = [word for word in rest.split() if not _BARE_NOISE.fullmatch(word)]
    if label == "noise":
        # 评论：… with words behind it is text.
        is_count = all(len(word) <= 4 or word.isdigit() for word in words)
        return Credits(()) if is_count else None
    is_day = label in ("date", "updated")
    if label == "address":
        is_address = _ADDRESS.fullmatch(value) is not None
        return Credits((Field("address", value, rule, line),)) if is_address else None
    # 时间：三天两夜 is text, and so is 来源：他说，钱是从银行来的。
    if is_day and (date is None or words):
        return None
    if len(rest) > 40 or _SENTENCE.search(rest):
        return None
    fields: list[Field] = []
    if date:
        name = label if is_day else "date"
        fields.append(Field(name, value[date.start : date.end], rule, line))
    if words and label == "source":
        fields.append(Field("source", " ".join(words), rule, line))
    elif words:
        # 作者：本报评论员 names no person, but is what the page states.
        stated = _OFFICE.sub("", " ".join(words))
        names = read_names(stated) or (stated,)
        fields += (Field(label, name, rule, line) for name in names)
    return Credits(tuple(fields), None if label == "updated" else date)
