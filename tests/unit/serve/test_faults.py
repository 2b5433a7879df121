"""Faults come with the lines around their place."""

from generator.model import diagnose
from generator.serve.faults import show_faults


def test_an_excerpt_is_the_lines_around_the_place(tmp_path):
    (tmp_path / "a.md").write_text(
        "".join(f"line {n}\r\n" for n in range(1, 11)), "utf-8", newline=""
    )
    [fault] = show_faults([diagnose("date/unreadable", "a.md", line=5)], tmp_path)
    assert fault.excerpt == tuple((n, f"line {n}") for n in range(2, 8))
    assert fault.severity == "warning"
    assert "2022-02-21" in fault.hint


def test_a_place_at_the_edge_of_a_file(tmp_path):
    (tmp_path / "a.md").write_text("one\u2028still one\ntwo", "utf-8")
    [first] = show_faults([diagnose("date/unreadable", "a.md", line=1)], tmp_path)
    assert first.excerpt == ((1, "one\u2028still one"), (2, "two"))
    [past] = show_faults([diagnose("date/unreadable", "a.md", line=9)], tmp_path)
    assert past.excerpt == ()


def test_no_file_no_line_or_no_text_give_no_excerpt(tmp_path):
    (tmp_path / "b.md").write_bytes(b"\xff\xfe\x00")
    faults = show_faults(
        [
            diagnose("date/unreadable", "gone.md", line=3),
            diagnose("date/unreadable", "b.md"),
            diagnose("date/unreadable", ".", line=1),
        ],
        tmp_path,
    )
    assert [fault.excerpt for fault in faults] == [(), (), ()]


def test_a_flood_of_faults_is_cut_off(tmp_path):
    assert len(show_faults([diagnose("date/missing", f"{n}.md") for n in range(99)], tmp_path)) < 30


def test_of_a_long_line_the_part_with_the_mark_is_shown(tmp_path):
    text = "".join(f"{n:05}" for n in range(200))
    (tmp_path / "a.md").write_text(f"short\n{text}\n", "utf-8")
    [fault] = show_faults([diagnose("date/unreadable", "a.md", line=2, column=701)], tmp_path)
    shown = dict(fault.excerpt)[2]
    assert shown == text[fault.skipped : fault.skipped + 240]
    assert shown[701 - 1 - fault.skipped :].startswith("00140")
    [near] = show_faults([diagnose("date/unreadable", "a.md", line=2, column=200)], tmp_path)
    assert near.skipped == 0
