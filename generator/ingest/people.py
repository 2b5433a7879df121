"""Names of people and papers as bylines and datelines write them."""

from __future__ import annotations

from generator.text.patterns import late

# What a Chinese outlet's name ends with. 台 alone is left out: 新华社台北 is a place.
_OUTLET_END = (
    "通讯社|通訊社|社|日报|日報|晚报|晚報|晨报|时报|時報|早报|商报|导报|报|報|网|網|电视台|電視台|电台|電台"
    "|广播台|总台|卫视|衛視|新闻|新聞|在线|客户端|时刻|融媒体中心|融媒体|融媒|全媒体|传媒|新媒|热线|之声"
    "|周刊|週刊|杂志|雜誌|频道|大纪元|大紀元|新唐人"
)
_OUTLET = late(rf"(?P<outlet>.{{0,28}}(?:{_OUTLET_END}))(?P<place>.{{0,10}})")
# A paper speaking of itself does not say which paper it is.
SELF = late(r"(?:本|我)(?:报|報|网|網|刊|台|社|站)")
_QUALIFIER = (
    r"(?:本报|本報|本网|本網|本台|本刊|全媒体|融媒体?|新媒体|特约|特約|见习|見習|实习|實習|首席|高级|资深|特派|前方"
    r"|驻[^\s、，记記]{1,6}?|摄影|攝影|文字|视频)*"
)
_ROLE = late(
    rf"{_QUALIFIER}(?:记者|記者|通讯员|通訊員|实习生|實習生|特派员|评论员|撰稿人?|编译|撰文|摄影|攝影|(?<![工写创寫創])作者)"
    r"(?:\s*[/／]?\s*(?:文|图|圖|摄|攝)(?![\u4e00-\u9fff]))*\s*[:：|｜/／]?"
)
_TAIL = late(
    r"(?:综合|綜合|摄影|攝影|现场|現場)?(?:报道|报导|報道|報導)$|[/／]?(?:文|图|圖)?[/／]?(?:文|图|圖|摄|攝)$"
)
# 〔記者張三／台北報導〕: behind the stroke stands a place.
_PLACE_TAIL = late(r"\s*[／/]\s*[^\s／/]{2,8}(?:报道|报导|報道|報導)$")
_HAN = "\u3400-\u9fff"
_HAN_NAME = late(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,8}}[·•‧][{_HAN}]{{1,8}}")
_LATIN_NAME = late(r"[A-Z][\w.'’-]*(?: (?:[A-Z]|de |von |van |bin |al-)[\w.'’-]*){0,3}")
# 记者从…获悉, 记者了解到: the reporter is not named.
_NO_NAME = late(
    r"[从從在的了是来去有这那也都就对把被为向]|了解|获悉|獲悉|采访|採訪|走进|近日|日前|看到|发现|發現|报道|報道"
    r"|综合|綜合|综述|述评|组图|图文|视频|特稿|快讯|通讯|完$|待续|下同|文字|专题|系列"
)
_GAP = late(r"[\s、，,;；/／|｜&]+|和(?=\S)")


def split_outlet(text: str) -> tuple[str, str]:
    """Outlet and place of `新华社北京`; ("", "") where the text names no outlet.

    A paper that calls itself 本报 gives no outlet, but the place.
    """
    own = SELF.match(text)
    if own:
        return "", text[own.end() :].strip()
    match = _OUTLET.fullmatch(text.lstrip("据據"))
    return (match["outlet"].strip(), match["place"].strip()) if match else ("", "")


def has_role(text: str) -> bool:
    """Whether the text speaks of a reporter, correspondent or author."""
    return _ROLE.search(text) is not None


def read_names(text: str) -> tuple[str, ...]:
    """The people named in a byline such as `特约记者钟慧燕 通讯员 王 芳`; () where it is unclear.

    Names are Chinese ones of two to four characters, foreign ones with a dot, and capitalised
    Latin ones. Anything else (`记者从市政府获悉`) means that nobody is named.
    """
    text = _PLACE_TAIL.sub("", text.strip(" \u3000□■◎◇●▲（）()[]【】〔〕"))
    text = _TAIL.sub("", text)
    names: list[str] = []
    position = 0
    for match in _ROLE.finditer(text):
        names.extend(_before_role(text[position : match.start()]))
        position = match.end()
    last = _names(text[position:])
    if last is None:
        return ()
    return tuple(dict.fromkeys((*names, *last)))


def _before_role(text: str) -> tuple[str, ...]:
    """Names in front of a role; the outlet in `湖南日报记者` is none."""
    parts = [part for part in _GAP.split(text) if part]
    while parts and (split_outlet(parts[0])[0] or SELF.match(parts[0])):
        parts = parts[1:]
    if parts and split_outlet(parts[-1])[0]:
        parts = parts[:-1]
    return _names(" ".join(parts)) or ()


def _names(text: str) -> tuple[str, ...] | None:
    """All names in the text; None where part of it is no name."""
    text = text.strip(" \u3000:：,，、")
    if not text:
        return ()
    if _LATIN_NAME.fullmatch(text):
        return (text,)
    names: list[str] = []
    single = ""
    for part in (part for part in _GAP.split(text) if part):
        word = _TAIL.sub("", part) if part != text else part
        if len(word) == 1 and word >= "\u3400":
            # 王 芳: two characters set apart to the width of three.
            if single:
                names.append(single + word)
            single = "" if single else word
            continue
        if single or _NO_NAME.match(word) or split_outlet(word)[0]:
            return None
        if not (_HAN_NAME.fullmatch(word) or _LATIN_NAME.fullmatch(word)):
            return None
        names.append(word)
    return None if single else tuple(names)
