"""How a capture's text falls into blocks."""

from __future__ import annotations

from generator.ingest.lines import Block, ends_sentence, is_cjk, split_blocks


def test_every_line_is_a_block_where_no_blank_lines_stand_between() -> None:
    text = "第一段很长。\n第二段也长。\n小标题\n第三段。"
    assert [block.text for block in split_blocks(text)] == text.split("\n")


def test_blank_lines_and_white_space_at_the_ends_are_no_text() -> None:
    assert split_blocks("\n\u3000\u3000一。\n \t\u200b\n\n    二\xa0\n") == (
        Block(2, "一。"),
        Block(5, "二"),
    )


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    text = (
        "The council met on Monday to discuss the new rules for markets and\n"
        "their effect on the town's smaller shops, which have complained for\n"
        "years that nobody listens to them when decisions of this kind are\n"
        "made.\n\nA second paragraph follows."
    )
    first, second = split_blocks(text)
    assert first.line == 1
    assert first.text.startswith("The council met")
    assert "markets and their effect" in first.text
    assert first.text.endswith("are made.")
    assert second == Block(6, "A second paragraph follows.")


def test_wrapped_chinese_is_joined_without_spaces_and_indents_begin_paragraphs() -> None:
    line = "记者昨天从市政府召开的新闻发布会上了解到我市今年将继续推进各项改革工作"
    text = f"\u3000\u3000{line}\n{line}\n{line}\n全部完成。\n\u3000\u3000{line}\n{line}\n结束。"
    first, second = split_blocks(text)
    assert first == Block(1, line * 3 + "全部完成。")
    assert second == Block(5, line * 2 + "结束。")


def test_short_lines_that_end_as_sentences_are_not_joined() -> None:
    text = "\n".join(["他说这件事情已经完全解决了，今后不会再有任何问题。"] * 5)
    assert len(split_blocks(text)) == 5


def test_a_sentence_ends_before_closing_marks_too() -> None:
    assert ends_sentence("“给出时间表。”")
    assert ends_sentence("Really?)")
    assert not ends_sentence("打造“龙岭模式”")


def test_a_text_with_a_few_latin_words_is_still_chinese() -> None:
    assert is_cjk("全县110kV、35kV线路 OK")
    assert not is_cjk("The word 新闻 means news in Chinese")
    assert not is_cjk("123")
