"""Few runs of many: the index comes out the same."""

import pytest

from generator.build.combining import combine_groups
from generator.build.searching import read_runs
from generator.search.combine import combine_runs, group_runs
from generator.search.counting import MOST_FREQUENT
from generator.search.document import SearchDocument, SearchSettings
from generator.search.runs import read_documents, read_keys, read_terms, write_run
from generator.search.segment import build_segment

from .test_search_index import documents


def write_runs(made, folder, batch):
    return [
        write_run(made[start : start + batch], folder, f"run-{start:03}")
        for start in range(0, len(made), batch)
    ]


def index(runs, order, folder):
    settings = SearchSettings(shard_size=512)
    return {file.name: file.data for file in build_segment(runs, order, (), settings, folder)}


def test_combined_runs_make_the_same_index(tmp_path):
    made = documents(150)
    runs = write_runs(made, tmp_path / "runs", 20)
    order = [document.href for document in made]
    whole = index(runs, order, tmp_path)
    combined = [
        combine_runs(runs[:3], tmp_path / "runs/a"),
        combine_runs(runs[3:], tmp_path / "runs/b"),
    ]
    assert index(combined, order, tmp_path) == whole
    assert index([combine_runs(combined, tmp_path / "runs/c")], order, tmp_path) == whole


def test_a_combined_run_is_the_run_of_all_documents(tmp_path):
    made = documents(40)
    one = write_run(made, tmp_path, "one")
    combined = combine_runs(write_runs(made, tmp_path, 7), tmp_path / "combined")
    assert combined.documents == one.documents
    assert list(read_documents(combined)) == list(read_documents(one))
    assert read_terms(combined) == read_terms(one)
    for kind in ("han", "word"):
        assert read_keys(combined, kind).keys.tolist() == read_keys(one, kind).keys.tolist()


def test_of_two_documents_with_one_address_the_later_stays(tmp_path):
    runs = [
        write_run([SearchDocument("a.html", "旧", "旧闻"), SearchDocument("b.html", "乙", "乙")], tmp_path, "1"),
        write_run([SearchDocument("a.html", "新", "新闻 gdp")], tmp_path, "2"),
    ]  # fmt: skip
    combined = combine_runs(runs, tmp_path / "3")
    assert [document.title for document in read_documents(combined)] == ["乙", "新"]
    order = ["a.html", "b.html"]
    assert index([combined], order, tmp_path) == index(runs, order, tmp_path)


def test_high_frequencies_survive(tmp_path):
    made = [
        SearchDocument(f"{number}.html", "多", "多" * size + " gdp" * size)
        for number, size in enumerate((254, 255, 300, 7, MOST_FREQUENT + 5))
    ]
    order = [document.href for document in made]
    runs = write_runs(made, tmp_path / "runs", 1)
    whole = index(runs, order, tmp_path)
    assert index([combine_runs(runs, tmp_path / "all")], order, tmp_path) == whole


def test_groups_are_neighbours_of_bounded_size(tmp_path, monkeypatch):
    runs = write_runs(documents(60), tmp_path, 6)
    sizes = [run.han_postings + run.word_postings for run in runs]
    monkeypatch.setattr("generator.search.combine.LARGEST", max(sizes) * 3)
    groups = group_runs(runs)
    assert [run for group in groups for run in group] == runs
    assert 1 < len(groups) < len(runs)
    for group in groups:
        assert sum(run.han_postings + run.word_postings for run in group) <= max(sizes) * 3


@pytest.mark.parametrize("survivors", [0, 1, 2])
def test_a_group_whose_worker_died_is_combined_once(tmp_path, survivors):
    """Killed after the combined run was in its place, and before all it was made of were gone."""
    import pickle

    folder = tmp_path / "runs"
    runs = write_runs(documents(30), folder, 10)
    for run in runs:
        (folder / f"{run.path.rpartition('/')[2]}.run").write_bytes(pickle.dumps(run))
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    assert combine_groups([runs]) == [True]
    (combined,) = read_runs(tmp_path)
    assert combined.documents == 30
    names = sorted(path.name for path in folder.iterdir())
    for run in runs[:survivors]:
        for path, data in kept.items():
            if path.name.startswith(run.path.rpartition("/")[2]):
                path.write_bytes(data)
    assert combine_groups([runs]) == [True]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert read_runs(tmp_path) == [combined]
