"""Articles as search sees them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.site import PlannedArticle
from generator.render.context import Link
from generator.search.document import SearchDocument
from generator.search.extract import visible_text


def make_document(planned: PlannedArticle, html: str, terms: Sequence[Link]) -> SearchDocument:
    """An article as search sees it. `html` is its clean body; `terms` are the frame's."""
    article = planned.article
    date = article.date.replace(tzinfo=None).isoformat() if article.date else ""
    return SearchDocument(
        href=planned.address.href,
        title=article.title,
        text=visible_text(html),
        date=date if article.has_time else date[:10],
        category=article.categories[0] if article.categories else "",
        category_title=terms[planned.categories[0]].title if planned.categories else "",
        tags=article.tags,
        source=article.source,
        language=article.language,
    )
