"""The client: its language, its filters, its second tries, and what it does with bad input."""

import random
import shutil

import pytest
from search_site import build

from generator.search.document import SearchDocument, SearchSettings

DOCUMENTS = [
    SearchDocument(
        "a.html",
        "赣南脐橙丰收",
        "江西赣州的脐橙今年丰收，出口增长。",
        "2022-03-01",
        "nong",
        "农业",
        ("水果",),
        "赣南日报",
    ),
    SearchDocument(
        "b.html",
        "Linux 内核发布",
        "Linus 发布了 Linux 5.17，赣服通4.0也上线。",
        "2022-02-21",
        "it",
        "科技",
        ("软件", "开源"),
        "IT之家",
    ),
    SearchDocument(
        "c.html",
        "HFO-1234yf 涨价",
        "制冷剂 HFO-1234yf 价格上涨，巨化股份涨停。",
        "2021-12-01",
        "nong",
        "农业",
        (),
        "证券时报",
    ),
    SearchDocument("d.html", "脐橙价格", "脐橙与赣江", "", "", "", (), ""),
]
TEXTS = [{"title": document.title, "body": document.text} for document in DOCUMENTS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build(DOCUMENTS, tmp_path_factory.mktemp("small"), batch=2)


@pytest.fixture
def search(client, folder):
    client.ask("open", folder=str(folder), docs=TEXTS)

    def ask(text, **query):
        return client.ask("search", query={"text": text, **query})

    return ask


def hrefs(answer):
    return [DOCUMENTS[i].href for i in answer["documents"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("赣南", ["a.html"]),
        ("脐橙", ["a.html", "d.html"]),
        ("HFO-1234yf", ["c.html"]),
        ("赣服通4.0", ["b.html"]),
        ("赣 服", ["b.html"]),
        ("linux", ["b.html"]),
        ("5.17", ["b.html"]),
        ("脐橙 丰收", ["a.html"]),
        ("-脐橙", ["d.html", "a.html"]),
        ("title:脐橙", []),
    ],
)
def test_plain_input_is_never_syntax(search, text, found):
    assert sorted(hrefs(search(text))) == sorted(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title:脐橙", ["a.html", "d.html"]),
        ("标题：涨价", ["c.html"]),
        ("title:丰收", ["a.html"]),
        ("body:丰收", ["a.html"]),
        ("body:内核", []),
        ("脐橙 -丰收", ["d.html"]),
        ("+脐橙 丰收", ["a.html", "d.html"]),
        ('"脐橙 今年"', ["a.html"]),  # a space between Han says nothing
        ('"今年脐橙"', []),
        ('"脐橙今年"', ["a.html"]),
        ("lin*", ["b.html"]),
        ("linuz~1", ["b.html"]),
        ("linuz~", ["b.html"]),
        ("-脐橙", ["b.html", "c.html"]),
        ("赣*", ["a.html", "b.html", "d.html"]),
    ],
)
def test_the_query_language(search, text, found):
    answer = search(text, isLanguage=True)
    assert sorted(DOCUMENTS[i].href for i in answer["shown"]) == sorted(found)


def test_what_a_hit_must_hold_is_verified(search):
    answer = search("脐橙丰收")  # its bigrams stand in a.html's title in one piece
    assert answer["shown"] == [0]
    answer = search("橙今年丰", isLanguage=False)
    assert answer["shown"] == [0]
    answer = search("江西赣江")
    assert answer["shown"] == []


def test_order_by_newest(search):
    assert hrefs(search("脐橙", order="newest")) == ["a.html", "d.html"]


def test_counts_are_of_what_each_choice_would_leave(search):
    filters = {"categories": "nong"}
    answer = search("上线", isCounted=True)
    assert answer["counts"]["categories"] == [["it", 1]]
    answer = search("价格", isCounted=True, filters=filters)
    assert hrefs(answer) == ["c.html"]
    assert answer["counts"]["years"] == [[2021, 1]]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"tags": "开源"}, ["b.html"]),
        ({"sources": "赣南日报"}, ["a.html"]),
        ({"from": "2022-01-01"}, ["a.html", "b.html"]),
        ({"to": "2022-02-21"}, ["b.html", "c.html"]),
        ({"from": "2022-02-21", "to": "2022-02-21"}, ["b.html"]),
        ({"categories": "nothing"}, []),
    ],
)
def test_filters(search, filters, found):
    # Everything that does not hold a word that nothing holds.
    answer = search("-蓬莱", isLanguage=True, filters=filters)
    assert sorted(hrefs(answer)) == found


@pytest.mark.parametrize(
    ("text", "word"), [("gannan", "赣南"), ("qi cheng", "脐橙"), ("QiCheng", "脐橙")]
)
def test_pinyin_finds_han_where_latin_words_find_nothing(search, text, word):
    answer = search(text)
    assert answer["notes"] == ["pinyin"]
    assert answer["guesses"][0] == word
    assert hrefs(answer) == hrefs(search(word))


def test_a_word_begun_finds_what_it_begins_when_nothing_else_does(search):
    answer = search("linu")
    assert answer["notes"] == ["prefix"]
    assert answer["shown"] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "😀",
        "——！？",
        "(.*)+[a-z]{1,",
        "<script>alert(1)</script>",
        "\ud800",
        "\udc00脐",
        "\\ \\u0000 \" '",
        "__proto__ constructor toString",
        "脐橙" * 5000,
        "a" * 10_000,
        " ".join("abcdefghij") * 1000,
        '~ * ^ + - : "',
        "+ - title: body:",
        "*~9^99",
        "x~1 y~2",
        "：“”",
    ],
)
@pytest.mark.parametrize("is_language", [False, True])
def test_no_input_is_an_exception_and_work_is_bounded(search, text, is_language):
    answer = search(text, isLanguage=is_language)
    assert answer.get("error") in (None, "costly")
    assert answer["requests"] <= 130


def test_words_of_javascript_itself_are_plain_words(search):
    assert search("constructor")["total"] == 0
    assert search("__proto__", isLanguage=True)["total"] == 0


def test_input_without_characters_to_search_says_so(search):
    assert search("——！？")["notes"] == ["nothing-to-search"]


def test_a_long_piece_is_found_though_not_all_its_terms_are_asked_for(client, tmp_path):
    text = "".join(chr(0x4E00 + 37 * n) for n in range(150))
    made = [
        SearchDocument("a.html", "", text),
        SearchDocument("b.html", "", text[:100] + text[:100]),
    ]
    folder = build(made, tmp_path)
    client.ask("open", folder=str(folder), docs=[{"title": "", "body": one.text} for one in made])
    answer = client.ask("search", query={"text": text[3:140]})
    assert answer["shown"] == [0]
    assert answer["notes"] == []


def test_a_query_that_would_read_too_much_is_refused_in_words(client, tmp_path):
    words = " ".join(f"qu{number}" for number in range(300))
    client.ask("open", folder=str(build([SearchDocument("a.html", "", words)], tmp_path)), docs=[])
    answer = client.ask("search", query={"text": "qu*", "isLanguage": True})
    assert answer["error"] == "costly"
    assert client.ask("search", query={"text": "qu29*", "isLanguage": True})["total"] == 1


def test_near_misses_of_han_are_refused_in_words(search):
    assert search("脐橙~1", isLanguage=True)["notes"] == ["no-fuzzy-han"]


def test_long_input_is_cut_and_says_so(search):
    assert "cut" in search("脐橙" * 5000)["notes"]


@pytest.mark.parametrize("damage", ["missing", "flipped", "cut", "empty"])
def test_a_damaged_shard_leaves_the_rest_of_the_results(client, news, news_index, tmp_path, damage):
    folder = tmp_path / "site"
    shutil.copytree(news_index / "search", folder / "search")
    text = "纽约华人"
    client.ask("open", folder=str(news_index), docs=[])
    whole = client.ask("search", query={"text": text})
    for path in sorted((folder / "search").glob("kept/????????/h*.js"))[::2]:
        data = path.read_bytes()
        if damage == "missing":
            path.unlink()
        else:
            path.write_bytes(
                {
                    "flipped": data[:30] + bytes([data[30] ^ 1]) + data[31:],
                    "cut": data[:40],
                    "empty": b"",
                }[damage]
            )
    client.ask("open", folder=str(folder), docs=[])
    hurt = [
        client.ask("search", query={"text": text + more}) for more in ("", "侨领", "疫情", "的")
    ]
    assert any("incomplete" in answer["notes"] for answer in hurt)
    assert all("error" not in answer for answer in hurt)
    first = hurt[0]
    assert (
        "incomplete" not in first["notes"]
        or set(whole["documents"]) <= set(first["documents"])
        or not first["documents"]
    )


def test_a_row_that_cannot_be_read_is_left_out(client, folder, tmp_path):
    shutil.copytree(folder / "search", tmp_path / "search")
    for path in (tmp_path / "search").glob("kept/????????/d*.js"):
        path.unlink()
    client.ask("open", folder=str(tmp_path), docs=[])
    assert client.ask("rows", ids=[0]) == [None]


def test_a_newer_format_is_named(client, folder, tmp_path):
    shutil.copytree(folder / "search", tmp_path / "search")
    from generator.search.files import named_file

    (tmp_path / "search" / "index.js").write_bytes(
        named_file("search/index", b'{"format":99,"meta":"x"}').data
    )
    with pytest.raises(AssertionError, match="newer"):
        client.ask("open", folder=str(tmp_path), docs=[])


def test_all_documents_can_be_reached_though_lunr_scores_a_bounded_number(client, news_index):
    client.ask("open", folder=str(news_index), docs=[])
    answer = client.ask("search", query={"text": "的"})
    assert answer["total"] > 1000
    assert len(set(answer["documents"])) == answer["total"]


def test_the_best_that_a_term_names_are_the_best_that_lunr_finds(client, news, news_index):
    client.ask("open", folder=str(news_index), docs=[])
    terms = ["的", "中", "国", "中国", "纽约", "华人", "记者", "侨", "疫情", "covid", "2020", "人"]
    ranked = 0
    for text in terms:
        answer = client.ask("search", query={"text": text})
        whole = client.ask("search", query={"text": text, "wanted": 100_000})
        assert whole["ordered"] == whole["total"] == len(whole["documents"])
        assert sorted(answer["documents"]) == sorted(whole["documents"])
        first = answer["ordered"]
        assert answer["documents"][:first] == whole["documents"][:first], text
        ranked += first == 10 < answer["total"]
    assert ranked > 8


def test_what_is_wanted_in_order_is_the_beginning_of_the_whole_order(client, news, news_index):
    """Bounds of lengths pass over documents that cannot be among the first."""
    rng = random.Random(11)
    asked = ["中国 疫情", "纽约 华人", "记者", "的 是", "侨 人"]
    for text in (rng.choice(news).text for _ in range(60)):
        start = rng.randrange(max(len(text) - 3, 1))
        asked.append(text[start : start + 3])
    partial = 0
    for text in asked:
        client.ask("open", folder=str(news_index), docs=[])
        first = client.ask("search", query={"text": text, "wanted": 3})
        second = client.ask("search", query={"text": text, "wanted": 8})
        whole = client.ask("search", query={"text": text, "wanted": 100_000})
        for wanted, answer in ((3, first), (8, second)):
            count = answer["ordered"]
            assert count >= min(wanted, answer["total"]), text
            assert answer["documents"][:count] == whole["documents"][:count], text
            assert sorted(answer["documents"]) == sorted(whole["documents"]), text
            partial += count < answer["total"]
    assert partial > 20


def test_one_frequent_character_needs_no_lengths(client, folder, news_index):
    client.ask("open", folder=str(news_index), docs=[])
    assert client.ask("search", query={"text": "的"})["requests"] == 1
    assert client.ask("search", query={"text": "的", "wanted": 100_000})["requests"] > 0


def test_lost_lengths_leave_the_results_in_another_order(client, news_index, tmp_path):
    shutil.copytree(news_index / "search", tmp_path / "search")
    for path in [
        *tmp_path.glob("search/kept/????????/l*.js"),
        *tmp_path.glob("search/kept/????????/d*.js"),
    ]:
        path.unlink()
    client.ask("open", folder=str(news_index), docs=[])
    whole = client.ask("search", query={"text": "中国", "wanted": 100_000})
    client.ask("open", folder=str(tmp_path), docs=[])
    answer = client.ask("search", query={"text": "中国", "wanted": 100_000})
    assert sorted(answer["documents"]) == sorted(whole["documents"])
    assert answer["notes"] == ["incomplete"]


def test_many_files_are_kept_within_the_budget(tmp_path, news):
    settings = SearchSettings(shard_size=256, file_budget=200)
    folder = build(news[:300], tmp_path, settings=settings)
    assert sum(1 for path in (folder / "search").rglob("*.js")) <= 200
