"""Addresses are unique on every disk."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from generator.plan.addresses import Addresses, number_file, page_file

segments = st.text(alphabet="aAbBéÉe\u0301ßs.x", min_size=1, max_size=4).filter(
    lambda s: s.strip(".")
)
files = st.lists(segments, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".html")


def fold(path):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


@given(st.lists(files, max_size=25))
def test_no_two_files_are_one_on_a_disk_that_ignores_case(wishes):
    book = Addresses()
    given_out = [book.claim(wish, f"owner {at}")[0].file for at, wish in enumerate(wishes)]
    folded = [fold(file) for file in given_out]
    assert len(set(folded)) == len(folded)
    folders = {parent for file in folded for parent in parents(file)}
    assert not folders & set(folded), "a file where a folder must be"


def parents(file):
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file


def test_the_first_keeps_the_address_and_the_second_learns_whose_it_is():
    book = Addresses()
    assert book.claim("category/TechWeb.html", "TechWeb") == (number("category/TechWeb.html"), "")
    address, blocker = book.claim("category/Techweb.html", "Techweb")
    assert (address.file, blocker) == ("category/Techweb-2.html", "TechWeb")


def number(file):
    book = Addresses()
    return book.claim(file, "x")[0]


def test_numbers_and_pages_go_before_the_ending_or_the_index():
    assert number_file("a/x.html", 2) == "a/x-2.html"
    assert number_file("a/x/index.html", 3) == "a/x-3/index.html"
    assert page_file("index.html", 4) == "page/4.html"
    assert page_file("2022/02/index.html", 1) == "2022/02/page/1.html"
    assert page_file("category/x.html", 1) == "category/x/page/1.html"
