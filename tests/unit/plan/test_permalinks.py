"""Articles live where Jekyll put them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from generator.model import Article
from generator.plan.permalinks import STYLES, article_file, path_to_file

DATE = datetime(2022, 2, 21, 7, 29, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
HOSTS = frozenset({"old.example"})


def article(**fields):
    fields = {
        "path": "content/a.md",
        "name": "NW202202212282371475",
        "title": "t",
        "date": DATE,
        **fields,
    }
    if "categories" in fields:
        parts = " ".join(fields["categories"]).split()
        fields.setdefault("category_path", tuple(dict.fromkeys(parts)))
    return Article(**fields)


@pytest.mark.parametrize(
    ("style", "file"),
    [
        ("date", "gannanribao/2022/02/21/NW202202212282371475.html"),
        ("pretty", "gannanribao/2022/02/21/NW202202212282371475/index.html"),
        ("ordinal", "gannanribao/2022/052/NW202202212282371475.html"),
        ("weekdate", "gannanribao/2022/W08/mon/NW202202212282371475.html"),
        ("none", "gannanribao/NW202202212282371475.html"),
    ],
)
def test_styles(style, file):
    assert article_file(article(categories=("gannanribao",)), STYLES[style], HOSTS) == (file, True)


@pytest.mark.parametrize(
    ("category", "folder"),
    [
        ("nanfangPlus", "nanfangplus/"),
        ("TechWeb", "techweb/"),
        ("21shijijingjibaodao  nancailicaitong", "21shijijingjibaodao/nancailicaitong/"),
        ("Career In touxingPEVC", "career/in/touxingpevc/"),
        ("anxinguojizhengquan(xianggang)", "anxinguojizhengquan(xianggang)/"),
    ],
)
def test_categories_are_lowered_and_split_at_spaces_as_jekyll_does(category, folder):
    file, _ = article_file(article(categories=(category,)), STYLES["date"], HOSTS)
    assert file == f"{folder}2022/02/21/NW202202212282371475.html"


def test_without_a_category_the_address_starts_with_the_year():
    assert (
        article_file(article(), STYLES["date"], HOSTS)[0] == "2022/02/21/NW202202212282371475.html"
    )


def test_an_article_without_a_date_lives_under_undated():
    undated = article(date=None, categories=("x",))
    assert article_file(undated, STYLES["date"], HOSTS)[0] == "undated/NW202202212282371475.html"
    assert article_file(undated, STYLES["none"], HOSTS)[0] == "x/NW202202212282371475.html"


def test_a_stated_slug_takes_the_place_of_the_files_name():
    assert (
        article_file(article(slug="标题 王"), "/:year/:slug/", HOSTS)[0]
        == "2022/标题-王/index.html"
    )


@pytest.mark.parametrize(
    ("permalink", "file", "is_usable"),
    [
        ("/a/b.html", "a/b.html", True),
        ("inside-rust/2022/02/17/x", "inside-rust/2022/02/17/x/index.html", True),
        ("/old/:year/:title.htm", "old/2022/NW202202212282371475.htm", True),
        ("https://old.example/a/", "a/index.html", True),
        ("https://elsewhere.example/a/", "2022/02/21/NW202202212282371475.html", True),
        ("/../../etc/passwd", "2022/02/21/NW202202212282371475.html", False),
        ("/a/%2e%2e/b", "2022/02/21/NW202202212282371475.html", False),
        ("/a\\b", "2022/02/21/NW202202212282371475.html", False),
    ],
)
def test_a_stated_address_is_used_where_it_can_be(permalink, file, is_usable):
    assert article_file(article(permalink=permalink), STYLES["date"], HOSTS) == (file, is_usable)


def test_a_name_of_symbols_alone_gets_a_stable_name():
    file, _ = article_file(article(name="???"), "/:title.html", HOSTS)
    assert file == article_file(article(name="!?"[1:]), "/:title.html", HOSTS)[0]
    assert len(file) > len(".html")


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/a", "a/index.html"),
        ("/a/", "a/index.html"),
        ("/node.js", "node.js/index.html"),
        ("a/b.htm", "a/b.htm"),
    ],
)
def test_a_path_without_a_pages_ending_is_a_folder(path, file):
    assert path_to_file(path) == file
