"""Plain text, excerpts, lengths and first pictures of clean HTML."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.excerpt import count_characters, count_wide, excerpt, first_image, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲</p><p>乙</p>\n <p>丙<br>丁</p>", "甲\n乙\n丙\n丁"),
        ("<p>甲<strong>乙</strong><a href='x'>丙</a></p>", "甲乙丙"),
        ("<h2>题</h2><ul><li>一</li><li>二</li></ul>", "题\n一\n二"),
        ("<table><tr><td>一</td><td>二</td></tr></table>", "一\n二"),
        ("<p>a\n b</p>", "a b"),
        ("<p>中文\n  中文</p>", "中文中文"),
        ("<p>他说：\n“好”\n然后走了</p>", "他说：“好”然后走了"),
        ("<p>said:\n“yes”\nand left</p>", "said: “yes” and left"),
        ("<p>中文 中文</p>", "中文 中文"),
        ("<p>中文\nLatin\n한국어\n말</p>", "中文 Latin 한국어 말"),
        ("<p>　　缩进　两处&nbsp;</p>", "缩进 两处"),
        ("<p>1 &lt; 2 &amp;amp; &copy;</p>", "1 < 2 &amp; ©"),
        ('<p title="a > b">甲</p><!-- <p>乙</p> -->', "甲"),
        ('<p>甲</p><a class="remote-image" href="x" rel="external">图片：乙</a>', "甲"),
        ('<p>注<a class="footnote-backref" href="#a">↩</a></p>', "注"),
        ("<p>甲</p><img src='a' alt='乙'><hr>", "甲"),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_page_shows(html, text):
    assert plain_text(html) == text


SENTENCE = "这是一句话，有十五个字左右吧。"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("短。", 10, "短。"),
        (" 一\n二\n three ", 20, "一二 three"),
        (SENTENCE * 3, 40, SENTENCE * 2),
        (SENTENCE + "后面没有句号" * 9, 40, SENTENCE + "后面没有句号" * 4 + "…"),
        ("他说：“走吧！”然后大家都走了没有回头看一眼", 10, "他说：“走吧！”"),
        ("Prices rose 3.5 percent. Nobody knows why this is", 30, "Prices rose 3.5 percent."),
        ("Prices rose 3.56789 percent", 20, "Prices rose 3.56789…"),
        ("wonderful words everywhere", 14, "wonderful…"),
        ("一二三四五wonderful", 10, "一二三四五…"),
        ("a" * 30, 10, "a" * 9 + "…"),
    ],
)
def test_an_excerpt_ends_where_a_reader_can_stop(text, limit, shown):
    assert excerpt(text, limit) == shown


@pytest.mark.parametrize(
    "cluster", ["e\u0301\u0323", "👩\u200d👩\u200d👧", "👍🏽", "🇨🇳", "葛\U000e0100", "क्"]
)
def test_an_excerpt_cuts_no_character_in_two(cluster):
    text = "一二三四五" + cluster + "六七八九十"
    for limit in range(6, len(text)):
        shown = excerpt(text, limit).removesuffix("…")
        assert shown.endswith(cluster) or cluster in shown or shown in "一二三四五"


@given(st.text(max_size=300), st.integers(10, 150))
def test_an_excerpt_is_the_beginning_of_the_text_and_no_longer_than_asked(text, limit):
    shown = excerpt(text, limit)
    assert len(shown) <= limit
    letters = "".join(shown.removesuffix("…").split())
    assert "".join(text.split()).startswith(letters)
    assert "\n" not in shown
    if shown:
        assert not unicodedata.category(shown[-1]).startswith("Z")


def test_characters_are_counted_without_white_space():
    assert count_characters(plain_text("<p>一 二\n　三abc</p><p> 四</p>")) == 7


@pytest.mark.parametrize(
    ("html", "image"),
    [
        ('<p>甲</p><img src="a.png?b&amp;c" alt=""><img src="d.png">', "a.png?b&c"),
        ('<p><a class="remote-image" href="https://x.example/a&amp;b" rel="external">图片</a></p>', "https://x.example/a&b"),
        ('<img src="data:image/png;base64,AA==" alt=""><img alt="x" src="b.png">', "b.png"),
        ('<p>甲 src="x"<a href="y">乙</a></p>', ""),
    ],
)  # fmt: skip
def test_the_first_picture_is_shown_or_linked_to(html, image):
    assert first_image(html) == image


def test_characters_of_east_asia_are_told_from_letters():
    assert count_wide("中文，「日本語」かな 한국어 ！") == 14
    assert count_wide("Latin é Ελληνικά кириллица العربية 12 “”—…") == 0
    assert count_wide("\ud800") == 0
