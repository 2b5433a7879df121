"""A patched plan is the plan that planning anew would give, or there is none."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from generator.config import Config, SiteConfig
from generator.model import Article
from generator.plan import Patcher, PlanOptions, make_plan

NOW = datetime(2022, 6, 1, tzinfo=UTC)
CONFIG = Config(site=SiteConfig(base_url="https://archive.example/old"))
STATIC = {"pictures/a.jpg": "static/pictures/a.jpg"}


def article(number, **fields):
    return Article(
        **{
            "path": f"content/{number}.md",
            "name": f"n{number}",
            "title": f"第{number}条",
            "date": datetime(2021, 1, 1 + number, 8, tzinfo=UTC),
            "categories": ("要闻",),
            "category_path": ("要闻",),
            "body_digest": f"body {number}",
            **fields,
        }
    )


ARTICLES = [
    article(0, aliases=("/was/0.html",)),
    article(1),
    article(2, links=("/nowhere/", "../03/n2.html")),
    article(3),
    article(4, path="content/copy.md", name="n3", title="第3条", date=article(3).date,
            body_digest="body 3"),
    article(5, date=None),
    article(6, date=datetime(2023, 1, 1, tzinfo=UTC)),
    article(7, is_draft=True),
]  # fmt: skip


def plan(articles):
    return make_plan(articles, CONFIG, PlanOptions(NOW), static=STATIC)


def patch(number, **changes):
    """The patched plan and the whole one."""
    before = plan(ARTICLES)
    changed = replace(ARTICLES[number], **changes)
    patched = Patcher(before, "/old/", STATIC).patch(before, changed)
    return patched, plan([changed if at == number else old for at, old in enumerate(ARTICLES)])


@pytest.mark.parametrize("number", [0, 1, 2, 5])
@pytest.mark.parametrize(
    "changes",
    [
        {"body_digest": "other", "size": 9},
        {"title": "新题"},
        {"title": "新题", "body_digest": "other", "description": "提要"},
        {"extra": {"image": "/a.jpg"}, "language": "en", "authors": ("某",)},
        {"updated": NOW},
        {"links": ("/old/pictures/a.jpg", "/was/0.html", "content/1.md", "/gone/")},
        {"links": ()},
        {"is_searchable": False, "source_url": "https://a.example/"},
    ],
    ids=str,
)
def test_an_edit_that_moves_nothing_is_patched(number, changes):
    patched, whole = patch(number, **changes)
    if number == 0 and "title" in changes:
        assert patched is None, "its redirect carries the title"
    else:
        assert patched == whole


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (1, {"date": datetime(2020, 1, 1, tzinfo=UTC)}),
        (1, {"categories": ("股市",), "category_path": ("股市",)}),
        (1, {"tags": ("新",)}),
        (1, {"source": "报纸"}),
        (1, {"slug": "elsewhere"}),
        (1, {"permalink": "/elsewhere.html"}),
        (1, {"aliases": ("/b/",)}),
        (1, {"is_draft": True}),
        (1, {"expires": NOW}),
        (3, {"title": "不再重复"}),
        (3, {"body_digest": "not a copy any more"}),
        (4, {"title": "不再重复"}),
        (1, {"title": "第3条", "date": article(3).date, "body_digest": "body 3"}),
        (6, {"title": "未来"}),
        (7, {"title": "草稿"}),
    ],
    ids=str,
)
def test_an_edit_that_may_move_something_is_planned_anew(number, changes):
    assert patch(number, **changes)[0] is None


def test_a_title_and_body_that_become_those_of_another_make_a_duplicate():
    twin = replace(ARTICLES[1], date=ARTICLES[2].date)
    articles = [twin, ARTICLES[2]]
    before = plan(articles)
    patcher = Patcher(before, "/old/", {})
    changed = replace(twin, title=ARTICLES[2].title, body_digest=ARTICLES[2].body_digest)
    assert patcher.patch(before, changed) is None
    other = replace(twin, title="别的")
    after = patcher.patch(before, other)
    assert after is not None
    assert patcher.patch(after, replace(other, title="又一个")) == plan(
        [replace(other, title="又一个"), ARTICLES[2]]
    )


def test_a_guess_shows_an_article_where_it_stood():
    before = plan(ARTICLES)
    patcher = Patcher(before, "/old/", STATIC)
    moved = replace(ARTICLES[1], date=NOW, categories=("要闻", "全新"), tags=("全新",))
    guessed = patcher.guess(before, moved)
    at = patcher.find("content/1.md")
    assert guessed.articles[at].article == moved
    assert guessed.articles[at].address == before.articles[at].address
    assert len(guessed.articles[at].categories) == 1
    assert guessed.articles[:at] + guessed.articles[at + 1 :] == (
        before.articles[:at] + before.articles[at + 1 :]
    )
    assert patcher.guess(before, replace(ARTICLES[7], title="草稿")) is None
