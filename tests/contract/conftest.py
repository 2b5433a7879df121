"""A Node process that runs the client's own modules, and documents out of the corpora."""

import json
import subprocess
from pathlib import Path

import pytest
from search_site import build, read_post

from generator.search.bundle import CLIENT, install, program
from generator.search.document import SearchSettings


class Client:
    """Asks tests/contract/server.mjs, a line of JSON a question."""

    def __init__(self, node: str) -> None:
        self._process = subprocess.Popen(
            [node, str(Path(__file__).with_name("server.mjs")), str(CLIENT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, op, **arguments):
        self._process.stdin.write(json.dumps({"op": op, **arguments}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "failed" in answer:
            raise AssertionError(answer["failed"])
        return answer["result"]

    def close(self):
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture(scope="session")
def client():
    try:
        node = program("node")
    except FileNotFoundError:
        pytest.skip("no node on this machine")
    install(CLIENT)
    client = Client(node)
    yield client
    client.close()


@pytest.fixture(scope="session")
def news(corpora):
    """1,200 real articles, newest first."""
    posts = sorted((corpora / "chinanews-jekyll" / "_posts").glob("*.md"), reverse=True)
    return [read_post(path) for path in posts[:1200]]


@pytest.fixture(scope="session")
def news_index(news, tmp_path_factory):
    return build(news, tmp_path_factory.mktemp("index"), settings=SearchSettings(shard_size=4096))
