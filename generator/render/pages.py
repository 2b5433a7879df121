"""Pages through the theme: one `Renderer` a process turns values into bytes.

Every page is UTF-8 with line ends of one newline character. Templates get `site`, `page`, `root`,
`lang`, `t` and `asset`, and what their kind of page adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from generator.model.site import ListPage, PageKind, PlannedArticle, Redirect, Summary
from generator.render.articles import article_context, article_page, make_teaser
from generator.render.context import ArticleContext, PageContext, Teaser
from generator.render.environment import make_environment
from generator.render.faults import explain_fault
from generator.render.fingerprints import Fingerprints
from generator.render.frame import SiteFrame
from generator.render.lists import Lists, template_of
from generator.render.messages import Translator
from generator.render.theme import Theme

NOT_FOUND_FILE = "404.html"


class Renderer:
    """Renders the pages of one site with one theme.

    Making one costs a few milliseconds and each template's first use some more: make one a
    process. Every method raises ThemeError, with file and line, where a template fails.
    """

    def __init__(self, theme: Theme, frame: SiteFrame) -> None:
        self._theme = theme
        self._frame = frame
        self._translate = Translator(theme.messages, frame.site.language)
        self._environment = make_environment(theme, self._translate, frame.site)

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
            article_page(planned, summary, self._frame),
            self._article(planned, "", summary),
            planned.links,
        )

    def make_teaser(self, planned: PlannedArticle, summary: Summary) -> Teaser:
        """Make what lists show of an article."""
        return make_teaser(planned, summary, self._frame)

    def render_list(self, page: ListPage, teasers: Sequence[Teaser] = ()) -> bytes:
        """Render a list page. `teasers` are those of `page.items`, in that order."""
        values = self._list(page, teasers)
        return self._render(
            template_of(page.kind), page.address.root, self._lists.page(page), "", **values
        )

    def fingerprint_list(self, page: ListPage, teasers: Sequence[Teaser] = ()) -> bytes:
        """Hash all that a list page may show."""
        values = self._list(page, teasers)
        return self._fingerprints.hash_page(template_of(page.kind), self._lists.page(page), values)

    def render_redirect(self, redirect: Redirect) -> bytes:
        """Render the page that stands at an old address and sends readers on."""
        root = redirect.address.root
        frame = self._frame
        page = PageContext(
            kind="redirect",
            title=redirect.title,
            description="",
            url=frame.base_url and frame.base_url + redirect.target.path,
            language=frame.site.language,
            breadcrumbs=(),
        )
        target = root + redirect.target.href
        return self._render("redirect.html", root, page, "", target=target, title=redirect.title)

    def render_not_found(self) -> bytes:
        """Render the page hosts show for addresses that do not exist.

        It is shown at any depth, so its links start at the host's root.
        """
        frame = self._frame
        page = PageContext(
            kind="not-found",
            title=self._translate("not_found"),
            description="",
            url="",
            language=frame.site.language,
            breadcrumbs=(),
            noindex=True,
        )
        return self._render("404.html", frame.base_path, page, "")

    def _article(self, planned: PlannedArticle, html: str, summary: Summary) -> ArticleContext:
        date = planned.article.date
        day = self._lists.day_href(date.year, date.month, date.day) if date else ""
        return article_context(planned, html, summary, self._frame, day)

    def _list(self, page: ListPage, teasers: Sequence[Teaser]) -> dict[str, object]:
        match page.kind:
            case PageKind.TERMS:
                return {"index": self._lists.index(page)}
            case PageKind.DATES | PageKind.YEAR:
                return {"calendar": self._lists.calendar(page)}
            case _:
                return {"listing": self._lists.listing(page, teasers)}

    def _render(
        self, template: str, root: str, page: PageContext, subject: str, **values: object
    ) -> bytes:
        try:
            text = self._environment.get_template(template).render(
                page=page, root=root, lang=page.language, **values
            )
        except MemoryError:
            raise
        except Exception as error:
            raise explain_fault(error, template, subject, self._theme, self._environment) from error
        return encode(text)


def encode(text: str) -> bytes:
    """Encode as UTF-8; half of a surrogate pair, which is no character, becomes U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
