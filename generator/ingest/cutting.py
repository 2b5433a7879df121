"""What of a captured page is no article: navigation, buttons, disclaimers, stray marks.

Only whole blocks are cut, only at the head and the tail (stray marks anywhere), and every one is
kept in the record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.lines import Block, ends_sentence
from generator.ingest.record import Cut
from generator.text.patterns import late

_BUTTON_WORDS = """
分享 投诉 首页 收藏 点赞 评论 举报 打印 关闭 关闭窗口 返回 返回首页 返回顶部 返回列表 回到顶部 顶部 上一篇 下一篇 上一页 下一页
上一条 下一条 微信 微博 新浪微博 朋友圈 微信好友 qq qq空间 转发 复制链接 扫一扫 字号 大 中 小 登录 登陆 注册 搜索 更多 展开 收起
展开全文 阅读全文 查看原文 阅读原文 打开app app内打开 客户端 手机版 电脑版 纠错 反馈 意见反馈 分享到 分享至 关注 关注我们 订阅
打印本页 返回上页 本页 加入收藏 设为首页 关于我们 关于本站 联系我们 联系方式 广告服务 广告合作 招聘信息 诚聘英才 网站地图 网站律师
法律声明 隐私政策 版权声明 友情链接 站点地图 帮助 帮助中心 客服 关于 联系 關於我們 聯絡我們 廣告服務 隱私權政策
在看 赞 踩 广告 繁体 简体 无障碍 繁體 無障礙 首頁 登入 註冊 搜尋 分享給朋友 列印 投訴 點讚 評論
share tweet print email e-mail facebook twitter linkedin whatsapp wechat weibo home login register search
subscribe menu advertisement comments comment save copy link more next previous back top reply x
"""
_CHANNEL_WORDS = """
新闻 国内 国际 社会 财经 体育 娱乐 科技 教育 军事 健康 汽车 房产 旅游 视频 图片 专题 论坛 博客 时政 要闻 滚动 地方 评论 文化 法治
法制 生活 股票 基金 股市 证券 理财 科普 时尚 美食 历史 读书 直播 图库 公益 能源 环保 港澳 台湾 华人 产经 金融
新聞 國際 國內 社會 財經 體育 娛樂 兩岸 政治
news world business sports sport tech opinion politics health culture science video photos travel entertainment
"""
_BUTTONS = frozenset(_BUTTON_WORDS.split())
_MENU = _BUTTONS | frozenset(_CHANNEL_WORDS.split())
_WORDS = late(r"[\s|｜丨/／·•>»›,，、\[\]【】()（）:：«‹<]+")
_TRAIL = late(
    r"(?:您?(?:当前|现在|目前|所在)的?位置|您的位置|當前位置|首页\s*[>»›]|首頁\s*[>»›]|Home\s*[>»›])"
)
_DISCLAIMER = late(
    r"[【\[（(*※]?\s*(?:免责声明|免責聲明|版权声明|版權聲明|特别声明|特別聲明|郑重声明|法律声明|免责条款|声明|聲明|本站声明"
    r"|Disclaimer|DISCLAIMER)\s*[】\]）)]?\s*(?:[:：]|$)"
    r"|[（(【]?(?:本文|本网|本站|以上(?:内容|文章)|文章(?:内容)?)(?:仅代表|只代表|系转载|转载自|转载|由网友|来源于网络|均?为转载)"
    r"|(?:凡|凡是)本[网站报].{0,20}(?:注明|转载)"
)
_RIGHTS = late(
    r"(?:©|Copyright\b|版权所有|版權所有|.{0,40}All [Rr]ights [Rr]eserved|.{0,30}ICP[备证]|.{0,20}公网安备|未经.{2,20}(?:授权|许可|允许).{0,20}(?:转载|复制|使用))"
)
_RELATED = late(
    r"[【\[◎■▍]?(?:相关(?:阅读|新闻|文章|推荐|链接|报道|内容|资讯)|推荐阅读|延伸阅读|热门(?:文章|新闻|推荐|阅读)|猜你喜欢|为您推荐"
    r"|更多(?:新闻|资讯|精彩)|最新(?:文章|新闻|评论)|精彩推荐|上一篇|下一篇|相關(?:新聞|閱讀|文章|報導)|延伸閱讀|熱門(?:新聞|文章)"
    r"|Related (?:articles|stories|news|posts)|More (?:from|on|stories)|Read more|Most popular)",
    re.IGNORECASE,
)
# How many blocks from the end page furniture is looked for.
_TAIL = 12
# A line of a list of links or a footer is no longer than this; a paragraph is.
_SHORT = 60


def cut_page(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Cut, ...]]:
    """Part the article's blocks from the page's. Both keep their order."""
    rules: dict[int, str] = {
        index: "stray-marks" for index, block in enumerate(blocks) if _is_stray(block.text)
    }
    for index, block in enumerate(blocks):
        rule = rules.get(index) or _head_rule(block.text)
        if not rule:
            break
        rules[index] = rule
    for index in range(len(blocks) - 1, -1, -1):
        rule = rules.get(index) or _tail_rule(blocks[index].text)
        if not rule:
            break
        rules[index] = rule
    rules.update(_cut_tail(blocks, len(blocks), rules))
    return (
        tuple(block for index, block in enumerate(blocks) if index not in rules),
        tuple(Cut(blocks[index].text, rules[index], blocks[index].line) for index in sorted(rules)),
    )


def _is_stray(text: str) -> bool:
    return not any(c.isalnum() for c in text)


def _head_rule(text: str) -> str:
    words = [word.casefold() for word in _WORDS.split(text) if word]
    if words and all(word in _BUTTONS for word in words):
        return "buttons"
    known = sum(word in _MENU for word in words)
    is_menu = len(words) >= 3 and known * 10 >= len(words) * 6
    is_trail = _TRAIL.match(text) is not None and not ends_sentence(text)
    return "navigation" if is_menu or is_trail else ""


def _tail_rule(text: str) -> str:
    if _DISCLAIMER.match(text):
        return "disclaimer"
    if _RIGHTS.match(text) and len(text) <= 200:
        return "rights"
    return _head_rule(text)


def _cut_tail(blocks: Sequence[Block], end: int, cut: dict[int, str]) -> dict[int, str]:
    """A disclaimer or a list of links near the end, with what stands behind it."""
    for index in range(max(1, end - _TAIL), end):
        text = blocks[index].text
        rule = "disclaimer" if _DISCLAIMER.match(text) else ""
        if _RELATED.match(text) and len(text) <= _SHORT:
            rule = "related-links"
        if not rule:
            continue
        rest = {
            later: f"after-{rule}"
            for later in range(index + 1, end)
            if later not in cut and _is_short(blocks[later].text)
        }
        if rule == "disclaimer" and len(text) <= 8 and index + 1 < end:
            # 免责声明： alone is the heading of the next block.
            rest[index + 1] = rule
        if all(later in cut or later in rest for later in range(index + 1, end)):
            return {index: rule, **rest}
        if rule == "disclaimer":
            return {index: rule}
    return {}


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not text.endswith(("。", "！", "？"))
