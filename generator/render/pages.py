"""Pages through the theme: one `Renderer` a process turns values into bytes.

Every page is UTF-8 with line ends of one newline character. Templates get `site`, `page`, `root`,
`lang`, `t` and `asset`, and what their kind of page adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from jinja2 import Environment
from markupsafe import Markup
from msgspec import structs

from generator.model.site import ListPage, PageKind, PlannedArticle, Redirect, Summary
from generator.render.articles import article_context, article_page, make_teaser
from generator.render.cards import make_card
from generator.render.compiled import open_compiled
from generator.render.context import ArticleContext, CardContext, Link, PageContext, Teaser
from generator.render.environment import make_environment
from generator.render.faults import explain_fault
from generator.render.fingerprints import Fingerprints
from generator.render.frame import SEARCH_FILE, SiteFrame
from generator.render.front import Front
from generator.render.lists import Lists, template_of
from generator.render.messages import Translator
from generator.render.raster import rasterise
from generator.render.theme import CARD_TEMPLATE, SEARCH_TEMPLATE, TEASER_TEMPLATE, Theme
from generator.text.address import Address

# Stands for the way up to the root while a teaser is made. Text cannot hold it: it is escaped.
_ROOT = Markup("<!--root-->")
NOT_FOUND_FILE = "404.html"


class Renderer:
    """Renders the pages of one site with one theme.

    Making one costs a few milliseconds and each template's first use some more: make one a
    process. Every method raises ThemeError, with file and line, where a template fails.
    """

    def __init__(self, theme: Theme, frame: SiteFrame, program: bytes = b"") -> None:
        """`program`: its digest lets templates be taken as they were compiled before, b"" = none."""
        self._theme = theme
        self._frame = frame
        self._program = program
        self._translate = Translator(theme.messages, frame.site.language)
        self._environment = self._make_environment(is_direct=True)

    def _make_environment(self, *, is_direct: bool) -> Environment:
        theme, site = self._theme, self._frame.site
        compiled = open_compiled(theme, site, self._program, is_direct=is_direct)
        return make_environment(
            theme, self._translate, site, is_direct=is_direct, compiled=compiled
        )

    def message(self, key: str) -> str:
        """Give a message of the theme in the site's language."""
        return self._translate(key)

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self._frame, self._translate)

    @cached_property
    def _fingerprints(self) -> Fingerprints:
        return Fingerprints(self._theme, self._frame.site)

    def render_article(self, planned: PlannedArticle, *, html: str, summary: Summary) -> bytes:
        """Render an article's page. `html` is its clean body."""
        return self._render(
            "article.html",
            planned.address.root,
            article_page(planned, summary, self._frame),
            planned.article.path,
            article=self._article(planned, html, summary),
        )

    def fingerprint_article(self, planned: PlannedArticle, summary: Summary) -> bytes:
        """Hash all that the page of an article may show besides its body.

        The body is the source file's content and `planned.links`; the second is part of the hash.
        """
        return self._fingerprints.hash_page(
            "article.html",
            article_page(planned, summary, self._frame, is_bare=True),
            self._article(planned, "", summary),
            planned.links,
        )

    def fingerprint_frame(self) -> bytes:
        """Hash all that pages share, whether they show it or not."""
        frame = self._frame
        feeds = tuple(frame.term_feeds.items())  # only keys that are text have a fixed order
        rest = structs.replace(frame, term_feeds={})
        return self._fingerprints.hash_values(self._theme.digest, feeds, rest)

    def make_teaser(self, planned: PlannedArticle, summary: Summary) -> Teaser:
        """Make what lists show of an article."""
        teaser = make_teaser(planned, summary, self._frame)
        if TEASER_TEMPLATE not in self._theme.templates:
            return teaser
        language = self._frame.site.language
        text = self._fill(
            TEASER_TEMPLATE, planned.article.path, root=_ROOT, lang=language, item=teaser
        )
        return structs.replace(teaser, pieces=tuple(text.split(_ROOT)))

    def render_list(
        self, page: ListPage, teasers: Sequence[Teaser] = (), front: Front | None = None
    ) -> bytes:
        """Render a list page. `teasers` are those of `page.items`, in that order."""
        values = self._list(page, teasers, front)
        return self._render(
            template_of(page), page.address.root, self._lists.page(page), "", **values
        )

    def fingerprint_list(
        self, page: ListPage, teasers: Sequence[Teaser] = (), front: Front | None = None
    ) -> bytes:
        """Hash all that a list page may show."""
        values = self._list(page, teasers, front)
        return self._fingerprints.hash_page(template_of(page), self._lists.page(page), values)

    def fingerprint_teasers(self) -> bytes:
        """Hash what the teasers of all articles share: the theme, and what they show of the site."""
        return self._fingerprints.hash_page(TEASER_TEMPLATE)

    def fingerprint_teaser(self, planned: PlannedArticle, summary: Summary) -> bytes:
        """Hash what lists show of an article and of no other."""
        return self._fingerprints.hash_values(make_teaser(planned, summary, self._frame))

    def render_card(self, planned: PlannedArticle) -> bytes:
        """Render the card of an article, in the form that the site publishes."""
        card = self._card(planned, is_bare=False)
        text = self._fill(CARD_TEMPLATE, planned.article.path, lang=card.language, card=card)
        form = self._frame.cards
        if form is None or form.format == "svg":
            return encode(text)
        shown = self._theme.templates[CARD_TEMPLATE].shown
        return rasterise(encode(text).decode(), form, shown)

    def fingerprint_card(self, planned: PlannedArticle) -> bytes:
        """Hash all that the card of an article may show."""
        card = self._card(planned, is_bare=True)
        return self._fingerprints.hash_page(CARD_TEMPLATE, card, self._frame.cards)

    def _card(self, planned: PlannedArticle, *, is_bare: bool) -> CardContext:
        at = next(iter(planned.categories), -1)
        category = self._frame.terms[at].title if at >= 0 else ""
        return make_card(planned, category, self._frame.site.language, is_bare=is_bare)

    def render_redirect(self, redirect: Redirect) -> bytes:
        """Render the page that stands at an old address and sends readers on."""
        page, target = self._redirect(redirect)
        root = redirect.address.root
        return self._render("redirect.html", root, page, "", target=target, title=redirect.title)

    def fingerprint_redirect(self, redirect: Redirect) -> bytes:
        """Hash all that the page at an old address may show."""
        return self._fingerprints.hash_page(
            "redirect.html", redirect.address.root, *self._redirect(redirect)
        )

    def render_search(self) -> bytes:
        """Render the search page; the client fills it in the browser."""
        return self._render(SEARCH_TEMPLATE, Address(SEARCH_FILE).root, self._search_page(), "")

    def fingerprint_search(self) -> bytes:
        """Hash what the search page depends on."""
        return self._fingerprints.hash_page(SEARCH_TEMPLATE, self._search_page())

    def _search_page(self) -> PageContext:
        frame = self._frame
        return PageContext(
            kind="search",
            title=self._translate("search"),
            description="",
            url=frame.base_url and frame.base_url + Address(SEARCH_FILE).path,
            language=frame.site.language,
            breadcrumbs=(Link(frame.site.title, frame.site.home),),
            href=SEARCH_FILE,
        )

    def render_not_found(self) -> bytes:
        """Render the page hosts show for addresses that do not exist.

        It is shown at any depth, so its links start at the host's root.
        """
        return self._render("404.html", self._frame.base_path, self._not_found(), "")

    def fingerprint_not_found(self) -> bytes:
        """Hash all that the page for addresses that do not exist may show."""
        return self._fingerprints.hash_page("404.html", self._frame.base_path, self._not_found())

    def _redirect(self, redirect: Redirect) -> tuple[PageContext, str]:
        """Give the page and the link it sends readers to."""
        frame = self._frame
        page = PageContext(
            kind="redirect",
            title=redirect.title,
            description="",
            url=frame.base_url and frame.base_url + redirect.target.path,
            language=frame.site.language,
            breadcrumbs=(),
        )
        return page, redirect.address.root + redirect.target.href

    def _not_found(self) -> PageContext:
        return PageContext(
            kind="not-found",
            title=self._translate("not_found"),
            description="",
            url="",
            language=self._frame.site.language,
            breadcrumbs=(),
            noindex=True,
        )

    def _article(self, planned: PlannedArticle, html: str, summary: Summary) -> ArticleContext:
        date = planned.article.date
        day = self._lists.day_href(date.year, date.month, date.day) if date else ""
        return article_context(planned, html, summary, self._frame, day)

    def _list(
        self, page: ListPage, teasers: Sequence[Teaser], front: Front | None
    ) -> dict[str, object]:
        match page.kind:
            case PageKind.TERMS:
                return {"index": self._lists.index(page)}
            case PageKind.DATES | PageKind.YEAR:
                return {"calendar": self._lists.calendar(page)}
            case _:
                return {"listing": self._lists.listing(page, teasers, front)}

    def _render(
        self, template: str, root: str, page: PageContext, subject: str, **values: object
    ) -> bytes:
        text = self._fill(template, subject, page=page, root=root, lang=page.language, **values)
        return encode(text)

    def _fill(self, template: str, subject: str, **values: object) -> str:
        try:
            try:
                return self._environment.get_template(template).render(values)
            except AttributeError:
                # A theme that asks for items of tables as `a.b` does so on most of its pages.
                self._environment = self._make_environment(is_direct=False)
                return self._environment.get_template(template).render(values)
        except MemoryError:
            raise
        except Exception as error:
            raise explain_fault(error, template, subject, self._theme, self._environment) from error


def encode(text: str) -> bytes:
    """Encode as UTF-8; half of a surrogate pair, which is no character, becomes U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
