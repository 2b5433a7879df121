"""The date that a copied text states under its headline: `2013年5月6日 10:23 来源：新华网`."""

from __future__ import annotations

from generator.text.patterns import late

_HEAD = 1500  # characters of a body
_LINES = 6
_LONGEST = 80  # characters of a line
_MARKUP = late(r"<(?!br|/?p|/?div|/?h\d|/?li|/?td|/?tr)[^>]{0,300}>|&nbsp;|[*_>#|]")
_BREAK = late(r"\n|<[^>]{0,300}>")
_DATE_LINE = late(
    r"(?:(?:发布|發布|發佈|发表|發表|刊登|发稿|出版|更新)?(?:时间|時間|日期|于|於)?\s*[:：]\s*)?"
    r"((?:19|20)\d{2}(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|([-/.])\d{1,2}\2\d{1,2}(?!\d))"
    r"(?:\s*(?:[(（]?(?:星期|周|週)[一二三四五六日天][)）]?)?\s*(?:上午|下午)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)(?![-–—~至到\d])(.*)"
)
_YEAR = late(r"(?:19|20)\d{2}(?:年|[-/.]\d)")
_SENTENCE = late(r"[，。！？；,;!?]")


def find_stated_date(body: str) -> str:
    """The date as written on one of the first lines that holds nothing but credits; "" = none.

    `2013年5月6日，央行发布公告。` is a sentence: of its day the text speaks, it need not be its own.
    """
    head = body[:_HEAD]
    if not _YEAR.search(head):
        return ""
    lines = [
        _MARKUP.sub(" ", line).strip(" \t\u3000\xa0[](（）)【】") for line in _BREAK.split(head)
    ]
    for line in [line for line in lines if line][:_LINES]:
        match = _DATE_LINE.match(line) if len(line) <= _LONGEST else None
        if match and not _SENTENCE.search(match[3]):
            return match[1]
    return ""
