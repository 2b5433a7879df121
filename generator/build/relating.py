"""Which articles an article's page names as related: the plan's articles, put beside one another."""

from __future__ import annotations

from msgspec import structs

from generator.model.site import Related, SitePlan
from generator.search.related import Headline, find_related


def relate(plan: SitePlan, most: int) -> SitePlan:
    """Give each article at most `most` related ones.

    Its neighbours are not among them: the page links to those already.
    """
    if not most:
        return plan
    headlines = [
        Headline(
            planned.article.title,
            planned.article.tags,
            planned.article.date.toordinal() if planned.article.date else 0,
        )
        for planned in plan.articles
    ]
    found = find_related(headlines, most + 2).tolist()
    names: dict[int, Related] = {}  # one value for all pages that name an article
    articles = list(plan.articles)
    for at, (planned, numbers) in enumerate(zip(plan.articles, found, strict=True)):
        if numbers[0] < 0:
            continue
        beside = (at - 1 if planned.next else at, at + 1 if planned.previous else at)
        related: list[Related] = []
        for number in numbers:
            if number < 0 or len(related) == most:
                break
            if number not in beside:
                if number not in names:
                    other = plan.articles[number]
                    names[number] = Related(other.article.title, other.address, other.article.date)
                related.append(names[number])
        articles[at] = structs.replace(planned, related=tuple(related))
    return structs.replace(plan, articles=tuple(articles))
