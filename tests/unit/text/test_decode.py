"""Bytes of every kind found in archives become text, and what was wrong is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.decode import decode, remove_controls

CHINESE = "国资潇湘融媒讯，湖南中锦华泰科技有限公司副总经理张国安备感欣慰，因为二期工程刚奠基。"
TRADITIONAL = "這個問題在會上當場就明確表態，給出時間表。我們的經濟發展得很好，來了許多學生。"
RUSSIAN = "Москва, 6 мая. Сегодня состоялось заседание правительства, сообщает Агентство."


def codes(decoded):
    return [finding.code for finding in decoded.findings]


@pytest.mark.parametrize(
    ("text", "encoding", "code"),
    [
        (CHINESE, "gb18030", "encoding/gb18030"),
        (TRADITIONAL, "big5hkscs", "encoding/big5"),
        (CHINESE, "utf-16", "encoding/utf-16"),
        (CHINESE + " plain words too", "utf-16-le", "encoding/utf-16"),
        (RUSSIAN, "cp1251", "encoding/windows-1251"),
        (RUSSIAN, "koi8_r", "encoding/koi8-r"),
        (RUSSIAN.upper() + RUSSIAN, "koi8_r", "encoding/koi8-r"),
        ("Днес в София се проведе заседание на правителството.", "cp1251", "encoding/windows-1251"),
        ("Le café est déjà fermé, dit-elle à l'élève.", "cp1252", "encoding/windows-1252"),
    ],
)
def test_other_encodings_are_read_and_named(text, encoding, code):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert codes(decoded) == [code]


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize(
    "text", ["赣南日报", "標題", "豫晋鄂湘赣皖", "甲乙丙丁戊己庚辛", "央行 降准", "江南造船厂"]
)
def test_short_chinese_is_never_taken_for_cyrillic(text, encoding):
    data = (text * 2).encode(encoding, "ignore")
    assert decode(data).encoding in ("gb18030", "big5hkscs")


def test_letters_whose_case_changes_inside_words_are_no_cyrillic():
    assert decode("оЕаИнТ сРвЛоЕ аИнТсР вЛоЕаИ".encode("cp1251")).encoding != "cp1251"


def test_utf_8_is_read_without_a_word():
    assert decode(CHINESE.encode()).text == CHINESE
    assert codes(decode(CHINESE.encode())) == []


def test_a_byte_order_mark_is_dropped():
    decoded = decode(b"\xef\xbb\xbf---\n")
    assert (decoded.text, codes(decoded)) == ("---\n", ["encoding/bom"])


@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_that_ends_inside_a_character_loses_that_character_alone(cut):
    decoded = decode((CHINESE + "\n新").encode()[:-cut])
    assert decoded.text == CHINESE + "\n"
    assert codes(decoded) == ["encoding/truncated"]
    assert decoded.findings[0].line == 2


def test_a_truncated_gb18030_file_is_read_to_its_end():
    decoded = decode((CHINESE + "新").encode("gb18030")[:-1])
    assert decoded.text == CHINESE
    assert codes(decoded) == ["encoding/gb18030", "encoding/truncated"]


def test_damage_in_utf_8_is_marked_where_it_is():
    data = CHINESE.encode() + b"\n\xff\xfe\n" + CHINESE.encode()
    decoded = decode(data)
    assert decoded.text == f"{CHINESE}\n\ufffd\ufffd\n{CHINESE}"
    assert codes(decoded) == ["encoding/damaged"]
    assert decoded.findings[0].line == 2


def test_pictures_are_not_text():
    assert decode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20) is None
    assert decode(b"\x00" * 500) is None


def test_line_ends_of_all_systems_become_one():
    assert decode(b"a\r\nb\rc\n").text == "a\nb\nc\n"


def test_control_characters_go_and_old_line_separators_become_spaces():
    decoded = decode("a\x00\x08\u2028b\x0bc\ufffe\n".encode())
    assert decoded.text == "a b c\n"
    assert decoded.findings[0].detail == "U+0000 U+0008 U+000B U+2028 U+FFFE"


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data):
    decoded = decode(data)
    assert decoded is None or remove_controls(decoded.text) == (decoded.text, ())


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_text_without_controls_survives(text):
    decoded = decode(text.encode())
    expected = text.replace("\u2028", " ").replace("\u2029", " ").removeprefix("\ufeff")
    kept = "".join(c for c in expected if not ("\ufdd0" <= c <= "\ufdef" or c in "\ufffe\uffff"))
    assert decoded.text == kept


def test_two_halves_of_characters_at_the_end_are_a_cut_too():
    decoded = decode(CHINESE.encode()[:-1] + "新".encode()[:2])
    assert decoded.text == CHINESE[:-1]
    assert codes(decoded) == ["encoding/truncated"]


def test_a_short_picture_is_no_text_either():
    assert decode(b"\x89PNG\r\n\x1a\n\x00\x01x") is None


JAPANESE = "日本銀行は今日、金融政策決定会合を開き、政策金利を据え置くことを決めた。"
KOREAN = "한국은행은 오늘 금융통화위원회를 열고 기준금리를 동결하기로 결정했다고 발표했다."


@pytest.mark.parametrize(
    ("text", "encoding", "code"),
    [
        (JAPANESE, "cp932", "encoding/shift-jis"),
        (JAPANESE, "euc_jp", "encoding/euc-jp"),
        (KOREAN, "cp949", "encoding/euc-kr"),
    ],
)
def test_japanese_and_korean_are_told_from_chinese(text, encoding, code):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, codes(decoded)) == (text, [code])


def test_a_file_of_two_encodings_is_read_line_by_line():
    head, body = f"---\ntitle: {CHINESE}\n---\n", f"<p>{CHINESE}</p>\n<p>{TRADITIONAL}</p>\n"
    decoded = decode(head.encode() + body.encode("gb18030") + body.encode())
    assert (decoded.text, codes(decoded)) == (head + body + body, ["encoding/mixed"])


def test_a_line_of_chinese_that_could_be_utf_8_does_not_make_two_encodings():
    text = f"联通\n{CHINESE}\n{CHINESE}\n"
    assert codes(decode(text.encode("gb18030"))) == ["encoding/gb18030"]
