"""Streams of events, one a tab."""

import json

from loops import run_apart

from generator.serve.channel import Hub, pack_event


async def take(stream, number):
    return [await anext(stream) for _ in range(number)]


def test_an_event_is_one_line_of_json():
    assert pack_event("change", {"pages": ["/新\n/"]}) == (
        b"event: change\ndata: " + json.dumps({"pages": ["/新\n/"]}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"
    )  # fmt: skip


def test_every_tab_hears_of_a_change_after_its_greeting():
    async def run():
        hub = Hub()
        tabs = [hub.stream("/a/", b"hello"), hub.stream("/b/", b"hello")]
        for tab in tabs:
            assert (await anext(tab)).endswith(b"hello")
        assert hub.views == {"/a/", "/b/"}
        hub.send("change", {"version": 2})
        assert [await anext(tab) for tab in tabs] == [pack_event("change", {"version": 2})] * 2
        await tabs[0].aclose()
        assert hub.views == {"/b/"}
        await tabs[1].aclose()

    run_apart(run())


def test_a_tab_that_does_not_read_is_let_go():
    async def run():
        hub = Hub()
        tab = hub.stream("/a/", b"hello")
        await anext(tab)
        for version in range(100):
            hub.send("change", {"version": version})
        assert hub.views == frozenset()
        assert [event async for event in tab] == []

    run_apart(run())


def test_streams_end_when_the_hub_closes():
    async def run():
        hub = Hub()
        tab = hub.stream("/a/", b"hello")
        await anext(tab)
        hub.close()
        assert hub.is_full
        assert [event async for event in tab] == []

    run_apart(run())
