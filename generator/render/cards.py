"""Cards: the picture that previews of links show of an article which has none of its own.

A card is drawn by the theme's `card.svg` from the headline, 1,200 by 630 units, the shape that
those who show previews ask for. It is published as it is, or as PNG.
"""

from __future__ import annotations

from generator.config import Config
from generator.model.site import CardForm, PlannedArticle, Summary
from generator.render.context import CardContext
from generator.render.theme import CARD_TEMPLATE, Theme
from generator.text.address import quote_path
from generator.text.wrap import Style, fit_lines
from generator.text.xml import clean_xml

# Twice as many files: hosts limit them, and a large archive is read in lists, not shared.
MOST_ARTICLES = 1000
_FOLDER = "cards"
# The sizes a headline is set in, for 1,040 units between the margins: as large as it has room for.
_STYLES = tuple(
    Style(size, 1040 / size, lines)
    for size, lines in ((104, 1), (92, 2), (78, 3), (64, 4), (52, 5))
)


def plan_cards(config: Config, count: int, theme: Theme, form: CardForm) -> CardForm | None:
    """Decide whether a site of `count` articles has cards, None = it has none."""
    wish = config.cards.make
    # A page can name a picture by its absolute address alone.
    if wish == "never" or not config.site.base_url or CARD_TEMPLATE not in theme.templates:
        return None
    return form if wish == "always" or count <= MOST_ARTICLES else None


def explain_cards(config: Config, count: int, theme: Theme) -> str:
    """Say why a site has no cards, where a person may wonder; else ""."""
    wish, has_template = config.cards.make, CARD_TEMPLATE in theme.templates
    if wish == "always" and not config.site.base_url:
        return "`site.base_url` is not set, and pages could not name them"
    if wish == "always" and not has_template:
        return f"the theme has no {CARD_TEMPLATE}"
    is_large = wish == "auto" and config.site.base_url and has_template and count > MOST_ARTICLES
    return f"{count:,} articles" if is_large else ""


def card_file(file: str, form: CardForm) -> str:
    """Where the card of the article at `file` is published; "" where it cannot be.

    No two articles share one: only names without another dot lose their `.html`.
    """
    stem = file.removesuffix(".html")
    ending = f".{form.format}"
    # A folder of such a name would stand where a card belongs.
    if f"{ending}/" in file.lower():
        return ""
    return f"{_FOLDER}/{file if '.' in stem.rpartition('/')[2] else stem}{ending}"


def card_url(file: str, form: CardForm, base_url: str) -> str:
    """Give the absolute address of an article's card; "" where it has none."""
    card = card_file(file, form)
    return f"{base_url}/{quote_path(card)}" if card else ""


def has_own_picture(summary: Summary) -> bool:
    """Whether the site holds the first picture of an article, so that previews can show it."""
    image = summary.image
    return bool(image) and ":" not in image.partition("/")[0] and not image.startswith("//")


def make_card(
    planned: PlannedArticle, category: str, language: str, *, is_bare: bool = False
) -> CardContext:
    """Build `card`; `is_bare` without the lines, which follow from the title."""
    article = planned.article
    title = clean_xml(article.title)
    style, lines = (_STYLES[0], ()) if is_bare else fit_lines(title, _STYLES)
    return CardContext(
        title=title,
        lines=lines,
        size=style.size,
        date=article.date,
        category=clean_xml(category),
        source=clean_xml(article.source),
        language=article.language or language,
    )
