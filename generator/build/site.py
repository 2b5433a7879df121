"""Opening a site whole: its folders and its theme."""

from __future__ import annotations

from generator.build.fonts import choose_form
from generator.build.place import Place, theme_folders
from generator.model.site import CardForm
from generator.render import Theme, load_theme


class Site(Place, frozen=True):
    """A site as it was opened."""

    theme: Theme

    @property
    def related(self) -> int:
        """How many related articles an article's page names, 0 where its template shows none."""
        shows = "related" in self.theme.survey.reads["article.html"]
        return self.config.pages.related if shows else 0

    @property
    def card_form(self) -> CardForm:
        """How its cards are published; the font for them is looked for each time."""
        return choose_form(self.root, self.config)


def load_site(place: Place, surveyed: bytes = b"") -> Site:
    """Add the theme. Raises ThemeError. `surveyed` as `load_theme` takes it."""
    theme = load_theme(
        place.config.theme.name,
        site_root=place.root,
        themes=theme_folders(),
        surveyed=surveyed,
    )
    return Site(place.root, place.output, place.config, theme)
