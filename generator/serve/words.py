"""What the preview says on the site's own pages, in the languages that themes have messages for."""

from __future__ import annotations

_ENGLISH = {
    "draft": "Draft: a build leaves this page out",
    "future": "Dated in the future: a build leaves this page out until then",
    "expired": "Expired: a build leaves this page out",
    "reading": "Reading the archive: {done:,} of {total:,}",
    "waiting": "Reading the archive",
    "soon": "The page comes as soon as it can be made.",
}
_SIMPLIFIED = {
    "draft": "草稿：发布时不会生成此页",
    "future": "定时文章：到发布日期之前不会生成此页",
    "expired": "已过期：发布时不会生成此页",
    "reading": "正在读取全部文章：{done:,} / {total:,}",
    "waiting": "正在读取全部文章",
    "soon": "页面一旦可以生成，就会自动显示。",
}
_TRADITIONAL = {
    "draft": "草稿：發佈時不會產生此頁",
    "future": "定時文章：到發佈日期之前不會產生此頁",
    "expired": "已過期：發佈時不會產生此頁",
    "reading": "正在讀取全部文章：{done:,} / {total:,}",
    "waiting": "正在讀取全部文章",
    "soon": "頁面一旦可以產生，就會自動顯示。",
}
_IS_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")


def say(key: str, language: str, **numbers: int) -> str:
    """A sentence in a language (a BCP 47 tag); English where there is no other."""
    tag = language.lower()
    words = _ENGLISH
    if tag.startswith("zh"):
        words = _TRADITIONAL if tag.startswith(_IS_TRADITIONAL) else _SIMPLIFIED
    return words[key].format(**numbers)
