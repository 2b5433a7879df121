"""Dates at the head of a text."""

import pytest

from generator.source.stated_date import find_stated_date


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("2013年5月6日 10:23 来源：新华网\n\n正文。", "2013年5月6日 10:23"),
        (
            "央行降准\n\n　　发布时间：2013-05-06 10:23:45　　作者：张三\n正文。",
            "2013-05-06 10:23:45",
        ),
        ("<div><p class=date>（2013/5/6）</p></div>", "2013/5/6"),
        ("**2013.05.06**\n\n正文。", "2013.05.06"),
        ("2013年5月6日，央行发布公告。", ""),
        ("正文。\n" * 8 + "2013-05-06", ""),
        ("会议定于2013年5月6日召开", ""),
        ("2013-05-06-2013-05-07", ""),
        ("", ""),
    ],
)
def test_a_date_counts_where_its_line_holds_nothing_but_credits(body, date):
    assert find_stated_date(body) == date
