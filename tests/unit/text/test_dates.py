"""Dates as archives write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.dates import day_in_path, month_in_path, parse_date

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2022-02-21 07:29:31 +0800", at(2022, 2, 21, 7, 29, 31)),
        ("2022-02-21 07:29:31 +08:00", at(2022, 2, 21, 7, 29, 31)),
        ("2021-12-08 10:40:58", at(2021, 12, 8, 10, 40, 58)),
        ("2022-02-21T07:29:31Z", at(2022, 2, 21, 15, 29, 31)),
        ("2024-03-21 4:00:00 +0000", at(2024, 3, 21, 12, 0)),
        ("2015-03-17 14:00:00 -4", at(2015, 3, 18, 2, 0)),
        ("2016-05-19T10:00:00.123-07:00", at(2016, 5, 20, 1, 0)),
        ("2022年2月21日 07:29", at(2022, 2, 21, 7, 29)),
        ("2022/2/21 7:05 pm", at(2022, 2, 21, 19, 5)),
        ("4 July 2014 12:00 am", at(2014, 7, 4, 0, 0)),
        ("Mon, 21 Feb 2022 07:29:31 +0800", at(2022, 2, 21, 7, 29, 31)),
        ("1645399771", at(2022, 2, 21, 7, 29, 31)),
        ("2021-01-01 10:00:00 CST", at(2021, 1, 1, 10, 0)),
    ],
)
def test_a_moment_is_read_in_the_sites_zone(written, moment):
    parsed = parse_date(written, SHANGHAI)
    assert (parsed.value, parsed.has_time, parsed.problem) == (moment, True, "")
    assert parsed.value.tzinfo is SHANGHAI


@pytest.mark.parametrize(
    "written", ["2016-05-19", "20160519", "May 19, 2016", "2016.5.19", "2016-05-19 +0800"]
)
def test_a_day_alone_has_no_time(written):
    parsed = parse_date(written, SHANGHAI)
    assert (parsed.value, parsed.has_time, parsed.problem) == (at(2016, 5, 19), False, "")


@pytest.mark.parametrize(
    ("written", "problem", "value"),
    [
        ("2022-02-32 10:00:00 +0800", "date/impossible", None),
        ("2021-02-30", "date/impossible", None),
        ("0000-01-01", "date/impossible", None),
        ("+0800", "date/unreadable", None),
        ("yesterday", "date/unreadable", None),
        ("202112082206", "date/unreadable", None),
        ("2021-02-08 16:30-:00+16:30", "date/unreadable-time", at(2021, 2, 8)),
        ("2021-02-08 25:00:00", "date/unreadable-time", at(2021, 2, 8)),
        ("2021-02-08 10:00:00 XYZ", "date/unreadable-time", at(2021, 2, 8)),
        ("9999-12-31 23:59:59 -1200", "date/unreadable-time", at(9999, 12, 31)),
        ("2022-02-03 24:00:00", "date/hour-24", at(2022, 2, 4)),
    ],
)
def test_what_cannot_be_read_is_named_and_never_guessed(written, problem, value):
    parsed = parse_date(written, SHANGHAI)
    assert (parsed.value, parsed.problem) == (value, problem)


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text):
    parse_date(text, SHANGHAI)


@given(st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_every_moment_survives_being_written(moment):
    aware = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_date(f"{aware:%Y-%m-%d %H:%M:%S +0000}".zfill(25), UTC).value == aware
    assert parse_date(aware.isoformat(), UTC).value == aware


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2013年05月06日10:23:45", (10, 23, 45)),
        ("2013年5月6日 10时23分", (10, 23)),
        ("2013-05-06 下午3:20", (15, 20)),
        ("2013-05-06 (星期一) 上午 9:05", (9, 5)),
        ("2013年5月6日 周一 晚上8:00", (20, 0)),
    ],
)
def test_times_as_chinese_sites_write_them(written, value):
    parsed = parse_date(written, SHANGHAI)
    assert (parsed.value, parsed.problem) == (at(2013, 5, 6, *value), "")
    assert parsed.has_time


@pytest.mark.parametrize("written", ["0001-01-01", "0001-01-01T00:00:00Z", "0999-12-31 10:00:00"])
def test_a_year_before_all_newspapers_is_no_date(written):
    assert parse_date(written, SHANGHAI).problem == "date/impossible"


@pytest.mark.parametrize(
    ("path", "digits"),
    [
        ("a/2013/05/06/b.html", ("2013", "05", "06")),
        ("a/2013-05/06/b.html", ("2013", "05", "06")),
        ("a/20130506/b.html", ("2013", "05", "06")),
        ("a/2013年5月6日/b.txt", ("2013", "5", "6")),
        ("a/201305/t20130506_4711.htm", ("2013", "05", "06")),
        ("a/201305/b.htm", None),
        ("a/12013050612/b.htm", None),
    ],
)
def test_paths_that_name_a_day(path, digits):
    assert day_in_path(path) == digits


@pytest.mark.parametrize(
    ("folder", "month"),
    [
        ("content/2019/05", "2019-05"),
        ("content/2019/5/news", "2019-05"),
        ("content/2019-05", "2019-05"),
        ("content/201905", "2019-05"),
        ("2019年5月/要闻", "2019-05"),
        ("2019年/5月", "2019-05"),
        ("content/2018/01/2019/05", "2019-05"),
        ("content/2019/13", ""),
        ("content/2019", ""),
        ("content/120190/05", ""),
        ("content/news", ""),
    ],
)
def test_a_folder_names_a_month(folder, month):
    assert month_in_path(folder) == month
