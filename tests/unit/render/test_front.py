"""What the front page shows besides the newest articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from generator.config import Config, ListsConfig
from generator.model import Article
from generator.plan import PlanOptions, make_plan
from generator.render import fill_front, plan_front
from generator.render.context import Teaser

TODAY = datetime(2022, 6, 1, 12, tzinfo=UTC)


def plan_site(articles, per_page=2):
    return make_plan(articles, Config(lists=ListsConfig(per_page=per_page)), PlanOptions(TODAY))


def make(number, date, category="Markets"):
    return Article(f"content/{number}.md", f"{number}", f"{number}", date, categories=(category,))


def days_ago(number, category="Markets"):
    return make(number, TODAY - timedelta(days=number), category)


def test_this_day_in_past_years_gives_one_article_a_year_the_newest_years_first():
    articles = [
        *(days_ago(number) for number in range(1, 6)),
        *(make(year, datetime(year, 6, 1, 8, tzinfo=UTC)) for year in range(2010, 2022)),
        make(99, datetime(2020, 6, 1, 9, tzinfo=UTC)),
        make(98, datetime(2019, 6, 2, 9, tzinfo=UTC)),
        Article("content/u.md", "u", "undated"),
    ]
    plan = plan_site(articles)
    past = [plan.articles[at].article.title for at in plan_front(plan, TODAY).past]
    assert past == ["2021", "99", "2019", "2018", "2017", "2016"]


def test_sections_show_the_newest_of_each_category_that_the_page_does_not_show_already():
    articles = [
        *(days_ago(number) for number in range(1, 9)),
        *(days_ago(number, "World") for number in range(9, 12)),
    ]
    plan = plan_site(articles)
    front = plan_front(plan, TODAY)
    shown = [
        (plan.terms[term].title, [plan.articles[at].article.title for at in items])
        for term, items in front.sections
    ]
    newest = next(page for page in plan.lists if page.address.file == "index.html")
    home = {plan.articles[at].article.title for at in newest.items}
    left = [title for title in map(str, range(1, 9)) if title not in home]
    assert shown == [("Markets", left[:3]), ("World", ["9", "10", "11"])]


def test_an_archive_of_one_category_has_no_sections():
    plan = plan_site([days_ago(number) for number in range(1, 9)])
    assert plan_front(plan, TODAY).sections == ()


def test_articles_that_could_not_be_rendered_are_left_out():
    plan = plan_site([days_ago(number, f"{number % 2}") for number in range(1, 9)])
    front = plan_front(plan, TODAY)
    teasers = [
        Teaser(planned.article.title, "", None, False, "", None, None, False)
        for planned in plan.articles
    ]
    lost = front.sections[0][1][0]
    teasers[lost] = None
    titles = [
        teaser.title
        for _, items in fill_front(front, teasers.__getitem__).sections
        for teaser in items
    ]
    assert len(titles) == sum(len(items) for _, items in front.sections) - 1
