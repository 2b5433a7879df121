"""Readings come back out of the state exactly as they went in, or are not kept."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Article, diagnose
from generator.state import pack_reading, unpack_reading

ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Europe/Dublin", "UTC")]
texts = st.text(st.characters(codec="utf-8"), max_size=8)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
walls = st.none() | st.datetimes().map(lambda wall: wall.replace(microsecond=0, fold=0))


@given(st.sampled_from(ZONES), walls, walls, texts, st.dictionaries(texts, plain, max_size=3))
def test_a_reading_comes_back_as_it_was(zone, date, updated, title, extra):
    article = Article(
        "content/a.md", "a", title,
        date=date and date.replace(tzinfo=zone), updated=updated and updated.replace(tzinfo=zone),
        categories=("x", title), extra=extra,
    )  # fmt: skip
    notes = (diagnose("title/missing", "content/a.md", line=3),)
    back, found = unpack_reading(pack_reading(article, notes, zone), zone, {})
    assert found == notes
    assert back == article
    assert repr(back) == repr(article), "types too: 1, 1.0 and True are different on a page"
    for moment in (back.date, back.updated):
        assert moment is None or moment.tzinfo is zone


def test_what_cannot_be_kept_exactly_is_not_kept():
    zone = ZoneInfo("America/New_York")
    again = datetime(2021, 11, 7, 1, 30, fold=1, tzinfo=zone)
    elsewhere = datetime(2021, 11, 7, 1, 30, tzinfo=ZoneInfo("UTC")) + timedelta(0)
    for article in (
        Article("a", "a", "t", date=again),
        Article("a", "a", "t", date=elsewhere),
        Article("a", "a", "t", extra={"n": 2**70}),
        Article("a", "a", "t\ud800"),
    ):
        assert pack_reading(article, (), zone) == b""


@pytest.mark.parametrize("data", [b"", b"x", b"\x92\xc0", b"\x92\x01\x90"])
def test_bytes_that_are_no_reading_are_refused(data):
    with pytest.raises(msgspec.MsgspecError):
        unpack_reading(data, ZONES[0], {})


def test_a_quarantined_file_has_a_reading_too():
    notes = (diagnose("file/empty", "a.md"),)
    assert unpack_reading(pack_reading(None, notes, ZONES[0]), ZONES[0], {}) == (None, notes)


def test_what_articles_have_in_common_is_kept_once():
    packed = [
        pack_reading(Article(f"{name}.md", name, "t", tags=("甲", "乙"), source="丙"), (), ZONES[0])
        for name in "ab"
    ]
    pool = {}
    one, other = (unpack_reading(data, ZONES[0], pool)[0] for data in packed)
    assert one.tags is other.tags
    assert one.source is other.source
