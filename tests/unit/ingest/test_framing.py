"""Records of WARC files, whole and damaged: what is lost is what the damage hit."""

import gzip
import io
import random
import tracemalloc
import zlib

import pytest

from generator.ingest.framing import Frame, frame_records

LIMIT = 1 << 20


def record(number, body=None, length=None):
    body = b"body %d" % number if body is None else body
    size = len(body) if length is None else length
    return b"WARC/1.0\r\nWARC-Record-ID: %d\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (number, size, body)  # fmt: skip


def frames(data, limit=LIMIT):
    return list(frame_records(io.BytesIO(data), limit))


def bodies(found):
    return [item.body if isinstance(item, Frame) else item for item in found]


WHOLE = [b"body 0", b"body 1", b"body 2"]


@pytest.mark.parametrize(
    "data",
    [
        b"".join(map(record, range(3))),
        b"".join(gzip.compress(record(number)) for number in range(3)),
        gzip.compress(b"".join(map(record, range(3)))),
        b"\r\n\r\n" + b"\n".join(map(record, range(3))) + b"\n\n",
        b"".join(gzip.compress(record(number)) + bytes(512) for number in range(3)),
    ],
    ids=["plain", "a member each", "one member", "more blank lines", "padding"],
)
def test_records_come_out_whole_however_they_are_packed(data):
    found = frames(data)
    assert bodies(found) == WHOLE
    assert not any(frame.fault for frame in found)
    assert [b"Record-ID: %d" % number in frame.head for number, frame in enumerate(found)]


@pytest.mark.parametrize("length", [0, 3, 15, 200, 10**9, 10**17])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_a_wrong_length_costs_nothing(length, pack):
    records = [record(0), record(1, length=length), record(2)]
    found = frames(b"".join(map(pack, records)))
    assert [body.rstrip() for body in bodies(found)] == WHOLE
    assert [bool(frame.fault) for frame in found] == [False, True, False]


def test_a_record_without_a_length_ends_before_the_next():
    data = record(0) + record(1).replace(b"Content-Length: 6\r\n", b"") + record(2)
    assert bodies(frames(data)) == WHOLE


def test_what_looks_like_a_record_inside_a_sound_one_is_part_of_it():
    inner = b"text\r\n\r\n" + record(9)
    assert bodies(frames(record(0, inner) + record(1))) == [inner, b"body 1"]


def test_bytes_between_records_are_told_and_passed_over():
    found = bodies(frames(record(0) + b"garbage\n" * 40000 + record(1) + b"x"))
    assert found == [b"body 0", "bytes that belong to no record", b"body 1", "bytes that belong to no record"]  # fmt: skip


def test_a_damaged_member_costs_no_other():
    noise = random.Random(1).randbytes(100_000)
    parts = [bytearray(gzip.compress(record(number, noise))) for number in range(3)]
    parts[1][50_000:50_010] = bytes(10)
    found = frames(bytes(b"".join(parts)))
    whole = [item for item in found if isinstance(item, Frame) and not item.fault]
    assert [frame.body == noise for frame in whole] == [True, True]
    assert "packed data is damaged" in found


def test_a_file_that_ends_in_the_middle_gives_what_it_has():
    data = gzip.compress(record(0)) + gzip.compress(record(1, b"x" * 100))[:-30]
    *found, fault = frames(data)
    assert found[0].body == b"body 0"
    assert fault == "the file ends in the middle of a record"
    plain = frames(record(0) + record(1, b"x" * 100)[:-30])
    assert [bool(frame.fault) for frame in plain] == [False, True]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
@pytest.mark.parametrize("size", [LIMIT + 1, 5 * LIMIT + 12345])
def test_large_records_are_passed_by_and_the_next_one_is_whole(pack, size):
    found = frames(pack(record(0, b"x" * size)) + pack(record(1)))
    assert [frame.is_large for frame in found] == [True, False]
    assert found[1].body == b"body 1"


def test_no_more_is_held_than_a_record():
    """40 MB of records, and one packed to a thousandth."""
    part = gzip.compress(record(0, random.Random(1).randbytes(200_000)))
    data = io.BytesIO(part * 100 + zlib.compress(record(1, bytes(20 << 20)), wbits=31) + part * 100)
    tracemalloc.start()
    assert sum(isinstance(item, Frame) for item in frame_records(data, LIMIT)) == 201
    assert tracemalloc.get_traced_memory()[1] < 8 * LIMIT
    tracemalloc.stop()


def test_any_bytes_come_to_an_end():
    dice = random.Random(2)
    whole = b"".join(gzip.compress(record(number)) for number in range(20))
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 40)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        frames(bytes(data))
    assert frames(b"\x1f\x8b\x08" * 100_000)
    assert frames(b"WARC/1.0\r\n" * 10_000)
    assert frames(b"") == []
