"""A teaser comes out of its bytes as it went in."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from generator.render.context import Link, Teaser
from generator.render.teasers import pack_teaser, unpack_teaser

ZONES = [ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")]
TEASER = Teaser(
    "题", "a/b.html", None, True, "摘要", Link("甲", "c.html"), Link("乙", ""), False, ("x", "y")
)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(
    "date",
    [
        None,
        datetime(2022, 2, 21, 7, 29, 31, tzinfo=UTC),
        datetime(2021, 11, 7, 1, 30, tzinfo=UTC),
        datetime(2021, 11, 7, 1, 30, fold=1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
    ids=str,
)
def test_a_teaser_comes_back_whole_with_its_date_in_its_zone(date, zone):
    teaser = msgspec.structs.replace(TEASER, date=date and date.replace(tzinfo=zone))
    back = unpack_teaser(pack_teaser(teaser), zone)
    assert back == teaser
    if date:
        assert (back.date.isoformat(), back.date.tzname()) == (
            teaser.date.isoformat(), teaser.date.tzname(),
        )  # fmt: skip


def test_half_of_a_surrogate_pair_becomes_a_mark_as_on_pages():
    teaser = msgspec.structs.replace(TEASER, title="\ud800x", pieces=("\udc00", "y"))
    back = unpack_teaser(pack_teaser(teaser), ZONES[0])
    assert (back.title, back.pieces) == ("\ufffdx", ("\ufffd", "y"))
