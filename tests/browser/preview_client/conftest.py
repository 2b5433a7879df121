"""The preview's browser client in a tab, before a server that does as the test says."""

from __future__ import annotations

import pytest
from fake_preview import FakePreview, frame

from generator.serve.assets import read_client
from generator.serve.bundle import CLIENT, bundle


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    """The client as it stands, not as it was installed."""
    return read_client(bundle(CLIENT, tmp_path_factory.mktemp("client")))


@pytest.fixture
def preview(client):
    fake = FakePreview({"/": frame("<p>原文。</p>")}, client)
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture(scope="module")
def shared_tab(chromium):
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def tab(shared_tab, preview):
    """An empty tab; the test fails for anything its console says."""
    shared_tab.said.clear()
    yield shared_tab
    shared_tab.goto("about:blank")
    # What a browser says by itself where a server is gone, or has no such page.
    assert [
        text for text in shared_tab.said if not text.startswith("Failed to load resource")
    ] == []
