"""Headlines that share rare words are related; others are not."""

from __future__ import annotations

import random

import numpy as np
import pytest

from generator.search.related import Headline, find_related

# Headlines that share no rare word with one another or with those of a test.
OTHERS = [
    Headline(f"{chr(0x5000 + 7 * n)}{chr(0x6000 + 5 * n)}{chr(0x7000 + 3 * n)}") for n in range(50)
]


def related(titles, at=0, most=4, days=None, words=None):
    days, words = days or [0] * len(titles), words or [()] * len(titles)
    rows = [Headline(*row) for row in zip(titles, words, days, strict=True)]
    found = find_related([*rows, *OTHERS], most)
    return [
        (titles[number] if number < len(titles) else "?")
        for number in found[at].tolist()
        if number >= 0
    ]


def test_headlines_with_rare_words_in_common_are_related_and_the_closest_comes_first():
    titles = [
        "默克尔结束居家隔离",
        "比利时首相讲话",
        "德国总理默克尔返回总理府",
        "默克尔结束居家隔离返回总理府",
    ]
    assert related(titles) == ["默克尔结束居家隔离返回总理府", "德国总理默克尔返回总理府"]


def test_one_rare_word_in_common_is_chance_and_relates_nothing():
    assert related(["沪指收高", "收高", "沪指"]) == []


def test_words_of_many_headlines_relate_nothing():
    ends = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄"
    titles = [f"新冠肺炎确诊{end}" for end in ends]
    assert len(titles) == 25
    assert related(titles) == []
    assert len(related(titles[:24])) == 4


def test_particles_and_english_function_words_relate_nothing():
    assert related(["你的了他", "你的了她"]) == []
    assert related(["What is it and how we are", "How are we and what is it for"]) == []


def test_numbers_relate_nothing_and_names_of_letters_do():
    assert related(["2020 2021 17.8", "2020 2021 17.8!"]) == []
    assert related(["OpenStack Nova", "Learn openstack nova now"]) == ["Learn openstack nova now"]


def test_tags_count_as_words():
    words = [("樱桃", "OpenStack"), ("樱桃", "OpenStack"), ("苹果",)]
    assert related(["甲", "乙", "丙"], words=words) == ["乙"]


def test_of_equally_close_headlines_the_nearest_in_time_comes_first():
    titles = ["葡萄酒进口关税甲", "葡萄酒进口关税乙", "葡萄酒进口关税丙"]
    assert related(titles, days=[100, 300, 90]) == [titles[2], titles[1]]


def test_articles_of_one_title_take_one_place_and_do_not_relate_to_one_another():
    titles = ["葡萄酒进口关税", "葡萄酒进口关税大增", "葡萄酒进口关税大增", "葡萄酒进口关税"]
    assert related(titles) == ["葡萄酒进口关税大增"]
    assert related(titles[:1] + titles[3:]) == []


def test_a_word_said_twice_in_one_headline_counts_once():
    assert related(["樱桃 樱桃", "樱桃"]) == []


def test_simplified_and_traditional_characters_are_the_same_words():
    assert related(["葡萄酒進口關稅", "葡萄酒进口关税大增"]) == ["葡萄酒进口关税大增"]


@pytest.mark.parametrize("titles", [[], [""], ["", "", "?"], ["甲"], ["\ud800", "\0"]])
def test_headlines_with_no_words_are_taken(titles):
    found = find_related([Headline(title) for title in titles], 3)
    assert found.shape == (len(titles), 3)
    assert (found == -1).all()


def test_many_headlines_give_what_few_at_a_time_give(monkeypatch):
    """The steps in which an archive is looked at leave no trace."""
    made = random.Random(5)
    rows = [
        Headline(
            "".join(made.choices("天地玄黄宇宙洪荒日月盈昃辰宿列张", k=6)), (), made.randrange(9)
        )
        for _ in range(200)
    ]
    whole = find_related(rows, 4)
    monkeypatch.setattr("generator.search.related._STEP", 16)
    assert np.array_equal(find_related(rows, 4), whole)
    assert (whole >= 0).any()
