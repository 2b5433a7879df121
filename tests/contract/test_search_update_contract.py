"""A base and a delta answer exactly as one index of the documents that are alive."""

import random

import msgspec
import pytest
from test_search_lunr_contract import queries

from generator.search.document import SearchSettings
from generator.search.runs import write_run
from generator.search.update import plan_search
from generator.search.writing import build_search

SETTINGS = SearchSettings(shard_size=4096)


@pytest.fixture(scope="module")
def updated(news, tmp_path_factory):
    """600 articles, then 8 changed, 7 gone and 9 new: within what a delta takes."""
    folder = tmp_path_factory.mktemp("updated")
    before = news[9:609]
    changed = {
        document.href: msgspec.structs.replace(document, text=document.text + "又讯：赣南脐橙。")
        for document in before[5:13]
    }
    after = [changed.get(document.href, document) for document in news[:600]]
    after = after[:300] + after[307:]
    state = None
    for documents in (before, after):
        wanted = [
            (document.href, str(hash((document.title, document.text)))) for document in documents
        ]
        plan = plan_search(state, wanted, SETTINGS)
        run = write_run([documents[i] for i in plan.documents], folder / "runs", "run")
        files = build_search(
            state, plan, wanted, [run], settings=SETTINGS, scratch=folder / "scratch"
        )
        while True:
            try:
                file = next(files)
            except StopIteration as stop:
                state = stop.value
                break
            (folder / file.name).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.name).write_bytes(file.data)
    return folder, state, plan, after


def test_little_change_makes_a_delta(updated):
    _, state, plan, _ = updated
    assert not plan.is_base
    assert len(plan.documents) == 17
    assert len(plan.dead) == 24
    assert state.delta is not None
    assert len(state.files) < 1000


def test_base_and_delta_score_as_one_index(client, updated):
    folder, state, plan, after = updated
    by_href = {
        document.href: {"title": document.title, "body": document.text} for document in after
    }
    docs = [None if i in plan.dead else by_href[href] for i, href in enumerate(state.base.hrefs)]
    docs += [by_href[href] for href in state.delta.hrefs]
    opened = client.ask("open", folder=str(folder), docs=docs)
    assert opened == {"documents": len(docs), "alive": len(after)}
    report = client.ask(
        "compare", queries=[*queries(random.Random(7), after, 112), "赣南脐橙", "+又讯"]
    )
    assert report["different"] == []
    assert report["results"] > 3000
    assert report["furthest"] < 1e-9


def test_newest_first_holds_across_segments(client, updated):
    folder, state, _, after = updated
    client.ask("open", folder=str(folder), docs=[])
    answer = client.ask("search", query={"text": "的", "order": "newest"})
    hrefs = [*state.base.hrefs, *state.delta.hrefs]
    dates = {document.href: document.date[:10] for document in after}
    found = [dates[hrefs[i]] for i in answer["documents"]]
    assert found == sorted(found, reverse=True)


def test_the_first_results_of_a_base_and_a_delta_are_in_order(client, updated):
    """Bounds of lengths hold across segments, where terms cannot name their best."""
    folder, _, _, after = updated
    rng = random.Random(13)
    asked = ["的", "中国", "记者 疫情"]
    for document in rng.sample(after, 30):
        start = rng.randrange(max(len(document.text) - 2, 1))
        asked.append(document.text[start : start + 2])
    partial = 0
    for text in asked:
        client.ask("open", folder=str(folder), docs=[])
        first = client.ask("search", query={"text": text, "wanted": 3})
        whole = client.ask("search", query={"text": text, "wanted": 100_000})
        count = first["ordered"]
        assert count >= min(3, first["total"]), text
        assert first["documents"][:count] == whole["documents"][:count], text
        partial += count < first["total"]
    assert partial > 10
