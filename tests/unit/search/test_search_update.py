"""What an incremental build writes: a delta while little changed, a new base after."""

import msgspec
import pytest

from generator.search.document import SearchDocument, SearchSettings
from generator.search.record import SearchState
from generator.search.runs import write_run
from generator.search.update import plan_search
from generator.search.writing import build_search

SETTINGS = SearchSettings()


def wanted(*numbers, changed=()):
    return [(f"{n}.html", "new" if n in changed else "old") for n in numbers]


def build(state, pairs, folder, *, fold=False):
    plan = plan_search(state, pairs, SETTINGS, fold=fold)
    made = [SearchDocument(pairs[i][0], pairs[i][0], f"文章{pairs[i]}") for i in plan.documents]
    runs = [write_run(made, folder / "runs", "run")] if made else []
    generator = build_search(
        state, plan, pairs, runs, settings=SETTINGS, scratch=folder / "scratch"
    )
    files = {}
    while True:
        try:
            file = next(generator)
        except StopIteration as stop:
            return files, stop.value, plan
        files[file.name] = file.data


@pytest.fixture
def base(tmp_path):
    _, state, _ = build(None, wanted(*range(100)), tmp_path)
    return state


def test_the_first_build_takes_everything(tmp_path):
    files, state, plan = build(None, wanted(*range(100)), tmp_path)
    assert plan.is_base
    assert state.delta is None
    assert list(files)[-1] == "search/index.js"


def test_nothing_changed_needs_nothing(base, tmp_path):
    plan = plan_search(base, wanted(*range(100)), SETTINGS)
    assert plan == msgspec.structs.replace(
        plan, is_base=False, is_current=True, documents=(), dead=()
    )


def test_new_changed_and_removed_articles_make_a_delta(base, tmp_path):
    pairs = wanted(100, *range(1, 100), changed=(7,))
    files, state, plan = build(base, pairs, tmp_path)
    assert not plan.is_base
    assert [pairs[i][0] for i in plan.documents] == ["100.html", "7.html"]
    assert plan.dead == (0, 7)
    assert state.base == base.base
    assert state.delta is not None
    assert not base.files & files.keys()


def test_the_delta_holds_what_changed_since_the_base_not_since_the_last_build(base, tmp_path):
    _, first, _ = build(base, wanted(*range(100), changed=(7,)), tmp_path)
    _, second, plan = build(first, wanted(*range(100), changed=(7, 8)), tmp_path)
    assert plan.documents == (7, 8)
    assert second.delta.hrefs == ("7.html", "8.html")
    assert plan_search(second, wanted(*range(100), changed=(7, 8)), SETTINGS).is_current


def test_what_returns_to_what_it_was_leaves_the_delta(base, tmp_path):
    _, changed, _ = build(base, wanted(*range(100), changed=(7,)), tmp_path)
    files, back, plan = build(changed, wanted(*range(100)), tmp_path)
    assert plan.documents == ()
    assert back.delta is None
    assert back == base
    assert "search/index.js" in files


def test_past_five_per_cent_a_new_base_is_written(base):
    assert not plan_search(base, wanted(*range(5, 100)), SETTINGS).is_base
    assert plan_search(base, wanted(*range(6, 100)), SETTINGS).is_base
    assert plan_search(base, wanted(*range(106)), SETTINGS).is_base


def test_other_settings_or_another_version_make_a_new_base(base):
    same = wanted(*range(100))
    assert plan_search(base, same, SearchSettings(title_boost=3)).is_base
    assert plan_search(msgspec.structs.replace(base, version=0), same, SETTINGS).is_base


def test_a_folding_build_has_the_bytes_of_a_clean_one(base, tmp_path):
    pairs = wanted(*range(3, 102), changed=(50,))
    _, state, _ = build(base, pairs, tmp_path)
    folded = build(state, pairs, tmp_path, fold=True)
    assert folded == build(None, pairs, tmp_path)


def test_the_state_survives_msgpack(base):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(base), type=SearchState) == base
