"""Runs, merge and segments: the same bytes however documents were cut, in bounded memory."""

import random
import subprocess
import sys

import pytest

from generator.search.counting import MOST_FREQUENT
from generator.search.document import SearchDocument, SearchSettings
from generator.search.runs import read_documents, write_run
from generator.search.segment import build_segment, segment_name
from generator.search.update import plan_search
from generator.search.writing import build_search

LETTERS = "赣南脐橙丰收经济增长新闻记者报道江西的了在是北京上海"
WORDS = ["linux", "gdp", "5g", "4.0", "hfo", "covid", "phone", "a"]


def documents(count, seed=1):
    rng = random.Random(seed)

    def text(size):
        parts = []
        while size > 0:
            part = (
                "".join(rng.choices(LETTERS, k=rng.randint(1, 9)))
                if rng.random() < 0.8
                else rng.choice(WORDS)
            )
            parts.append(part)
            size -= len(part)
        return rng.choice("，。 ").join(parts)

    return [
        SearchDocument(
            f"{number}.html",
            text(12),
            text(rng.randint(0, 400)),
            f"20{20 - number // 40:02}-0{number % 9 + 1}-11" if number % 7 else "",
            rng.choice(["a", "b", ""]),
            rng.choice(["甲", "乙"]),
            tuple(rng.sample(["一", "二", "三"], rng.randint(0, 3))),
            rng.choice(["报", ""]),
        )
        for number in range(count)
    ]


def segment(made, folder, batch, settings=None, order=None):
    runs = [
        write_run(iter(made[start : start + batch]), folder / "runs", f"{start}")
        for start in range(0, len(made), batch)
    ]
    order = order or [document.href for document in made]
    files, record = {}, None
    generator = build_segment(
        runs, order, (), settings or SearchSettings(shard_size=512), folder / "scratch"
    )
    while record is None:
        try:
            file = next(generator)
        except StopIteration as stop:
            record = stop.value
        else:
            assert files.setdefault(file.name, file.data) == file.data
    return files, record


def test_the_bytes_do_not_depend_on_how_runs_cut_the_documents(tmp_path, monkeypatch):
    made = documents(150)
    whole = segment(made, tmp_path / "a", 150)
    for number, (batch, part) in enumerate([(1, 250_000), (7, 5000), (64, 1000), (150, 777)]):
        monkeypatch.setattr("generator.search.merge.PART", part)
        monkeypatch.setattr("generator.search.merge._STRIDE", 16)
        assert segment(made, tmp_path / str(number), batch) == whole


def test_the_bytes_do_not_depend_on_the_order_of_runs(tmp_path):
    made = documents(60)
    order = [document.href for document in made]
    whole = segment(made, tmp_path / "a", 60)
    assert segment(made[::-1], tmp_path / "b", 13, order=order) == whole


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path):
    code = (
        "import sys, hashlib, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from test_search_index import documents, segment\n"
        "files, record = segment(documents(30), pathlib.Path(sys.argv[2]), 10)\n"
        "print(hashlib.sha256(repr((sorted(files.items()), record)).encode()).hexdigest())"
    )
    here = __file__.rpartition("/")[0]
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, here, str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_a_segment_is_named_by_all_its_bytes_depend_on():
    order, digests, settings = ["a.html", "b.html"], ["1", "2"], SearchSettings()
    names = {
        segment_name(order, digests, settings),
        segment_name(order[::-1], digests, settings),
        segment_name(order, ["1", "3"], settings),
        segment_name(order, digests, SearchSettings(title_boost=3)),
    }
    assert len(names) == 4
    assert segment_name(tuple(order), tuple(digests), settings) in names


def test_the_record_knows_all_files(tmp_path):
    files, record = segment(documents(40), tmp_path, 40)
    assert record.files == files.keys()


def test_documents_that_are_not_in_the_order_leave_no_trace(tmp_path):
    made = documents(50)
    kept = made[::3]
    settings = SearchSettings(shard_size=64, file_budget=80)  # so that the budget decides
    alone = segment(kept, tmp_path / "a", 50, settings)
    order = [document.href for document in kept]
    assert segment(made, tmp_path / "b", 20, settings, order) == alone


def test_where_two_runs_hold_a_document_the_later_one_counts(tmp_path):
    old = documents(20)
    new = [SearchDocument(old[3].href, "新的标题", "新的正文")]
    runs = [write_run(old, tmp_path, "old"), write_run(new, tmp_path, "new")]
    order = [document.href for document in old]
    generator = build_segment(runs, order, (), SearchSettings(), tmp_path / "scratch")
    files = list(generator)
    expected, _ = segment([*old[:3], *new, *old[4:]], tmp_path / "clean", 20, SearchSettings())
    assert {file.name: file.data for file in files} == expected


def test_a_document_no_run_holds_is_an_error(tmp_path):
    run = write_run(documents(3), tmp_path, "run")
    with pytest.raises(KeyError, match="gone"):
        list(
            build_segment(
                [run], ["0.html", "gone.html"], (), SearchSettings(), tmp_path / "scratch"
            )
        )


def test_one_address_twice_in_a_run_is_an_error(tmp_path):
    run = write_run([*documents(3), *documents(1)], tmp_path, "run")
    with pytest.raises(ValueError, match="one run"):
        list(build_segment([run], ["0.html"], (), SearchSettings(), tmp_path / "scratch"))


def test_an_empty_archive_has_an_index(tmp_path):
    files, record = segment([], tmp_path, 1)
    assert len(files) == 1  # the names for filters
    assert record.hrefs == ()
    plan = plan_search(None, [], SearchSettings())
    names = [
        file.name
        for file in build_search(None, plan, [], [], settings=SearchSettings(), scratch=tmp_path)
    ]
    assert names[-1] == "search/index.js"


def test_a_document_without_text_is_a_document(tmp_path):
    _, record = segment([SearchDocument("a.html", "", "")], tmp_path, 1)
    assert record.hrefs == ("a.html",)
    assert record.totals == (0, 0)


def test_frequencies_beyond_a_byte_are_kept_and_bounded(tmp_path):
    made = [
        SearchDocument(f"{n}.html", "", "好" * n + "，" + "word " * n)
        for n in (254, 255, 256, 70_000)
    ]
    run = write_run(made, tmp_path, "run")
    assert [document.lengths[1] for document in read_documents(run)] == [
        3 * size - 1 for size in (254, 255, 256, 70_000)
    ]
    import numpy as np

    from generator.search.merge import merge_han, merge_words

    numbers = [np.arange(4)]
    [single] = [part for part in merge_han([run], numbers) if len(part.terms)]
    counts = dict(
        zip(
            zip(single.terms.tolist(), single.documents.tolist(), strict=True),
            single.frequencies.tolist(),
            strict=True,
        )
    )
    one = ord("好") << 16
    assert [counts[one, n] for n in range(4)] == [254, 255, 256, MOST_FREQUENT]
    assert [counts[one | ord("好"), n] for n in range(4)] == [253, 254, 255, MOST_FREQUENT]
    [(words, listed)] = list(merge_words([run], numbers))
    assert listed == ["word"]
    assert words.frequencies.tolist() == [254, 255, 256, MOST_FREQUENT]


def test_a_text_longer_than_a_batch_counts_like_any_other(tmp_path, monkeypatch):
    made = documents(3)
    whole = segment(made, tmp_path / "a", 3)
    monkeypatch.setattr("generator.search.runs.BATCH_UNITS", 17)
    monkeypatch.setattr("generator.search.counting.BATCH_UNITS", 17)
    assert segment(made, tmp_path / "b", 3) == whole


def test_five_megabytes_on_one_line_are_indexed_within_the_memory_bound(tmp_path):
    code = (
        "import resource, sys, pathlib, random\n"
        "from generator.search.document import SearchDocument\n"
        "from generator.search.runs import write_run\n"
        "letters = [chr(0x4e00 + n) for n in range(3000)]\n"
        "text = ''.join(random.Random(1).choices(letters, k=1_700_000))\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "run = write_run([SearchDocument('a.html', 't', text)], pathlib.Path(sys.argv[1]), 'run')\n"
        "assert run.han_postings > 1_000_000\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 300 * 1024  # kibibytes


def test_the_file_budget_holds(tmp_path):
    made = documents(300)
    settings = SearchSettings(shard_size=64, file_budget=60)
    files, _ = segment(made, tmp_path, 100, settings)
    assert len(files) <= 60
