"""Every file of a live site, made when it is asked for; nothing is written.

The same functions make them as in a build, so that a page is byte for byte what a build publishes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from generator.build.live_bodies import Bodies
from generator.build.live_content import Content
from generator.build.live_routes import CardRoute, find_routes
from generator.build.planning import map_static, plan_site
from generator.build.site import Site
from generator.build.static import StaticFile
from generator.errors import SourceError
from generator.model import Diagnostic
from generator.model.site import (
    ListPage,
    PlannedArticle,
    Redirect,
    Related,
    SitePlan,
    Summary,
)
from generator.plan import Patcher, PlanOptions
from generator.render import (
    HEADERS_FILE,
    NOT_FOUND_FILE,
    ROBOTS_FILE,
    SEARCH_FILE,
    SITEMAP_FILE,
    Asset,
    FeedPlan,
    Front,
    Renderer,
    SiteFrame,
    Teaser,
    fill_front,
    frame_site,
    has_own_picture,
    plan_feeds,
    plan_front,
    render_feed,
    render_headers,
    render_robots,
    render_sitemaps,
)

_SITEMAP_PART = re.compile(r"sitemap-[0-9]+\.xml")


class Made(msgspec.Struct, frozen=True):
    """One file of the site. `data` is its content, or the file that holds it.

    `article` is set where it is the page of one; `findings` are what was wrong with its body.
    """

    data: bytes | Path
    article: PlannedArticle | None = None
    findings: tuple[Diagnostic, ...] = ()


class Grounds(msgspec.Struct, frozen=True):
    """What a plan is made of, and the plan with all that follows from it alone."""

    content: Content
    static: Sequence[StaticFile]
    options: PlanOptions
    plan: SitePlan
    patcher: Patcher


def plan_grounds(
    site: Site, content: Content, static: Sequence[StaticFile], options: PlanOptions
) -> Grounds:
    """Plan a site as a build does."""
    articles = [reading.article for reading in content.readings.values() if reading.article]
    plan = plan_site(articles, site.config, options, static)
    files = map_static(static)
    return Grounds(
        content, static, options, plan, Patcher(plan, site.config.site.base_folder, files)
    )


class Pages:
    """The files of one state of the site. Threads may ask for them at the same time."""

    def __init__(self, site: Site, grounds: Grounds, before: Pages | None = None) -> None:
        """Frame the plan. What still holds of `before` is taken over. Raises ThemeError."""
        self.site, self.grounds = site, grounds
        self.feeds: tuple[FeedPlan, ...] = plan_feeds(site.config, grounds.plan)
        self.frame: SiteFrame = frame_site(
            site.config, grounds.plan, site.theme, self.feeds, site.card_form
        )
        # The same frame spares compiling the templates. Equal tables may differ in their order.
        self.renderer: Renderer = (
            before.renderer
            if before
            and before.site.theme is site.theme
            and before.site.config is site.config
            and before.frame == self.frame
            else Renderer(site.theme, self.frame)
        )
        label = self.renderer.message("remote_image")
        if before and before.bodies.fits(site.root, site.config, label):
            self.bodies: Bodies = before.bodies
        else:
            self.bodies = Bodies(site.root, site.config, label)
        if before and before.grounds is grounds and before.site.related == site.related:
            self._take_related(before)
        self._routes = dict(find_routes(site, grounds.plan, grounds.static, self.frame, self.feeds))

    def _take_related(self, before: Pages) -> None:
        """Take over what is known of related articles."""
        if "related" in before.__dict__:
            self.__dict__["related"] = before.related

    @cached_property
    def related(self) -> tuple[tuple[Related, ...], ...]:
        """What each article's page names as related; it takes some 8 us an article."""
        if not self.site.related:
            return ()
        # It takes 0.1 s to load.
        from generator.build.relating import relate  # noqa: PLC0415

        plan = relate(self.grounds.plan, self.site.related)
        return tuple([planned.related for planned in plan.articles])

    @property
    def knows_related(self) -> bool:
        """Whether any page that was made names related articles."""
        return "related" in self.__dict__ and bool(self.site.related)

    def relate_anew(self) -> tuple[Pages, frozenset[str]]:
        """The same site with the related articles of its titles now, and the files that differ."""
        pages = self.patched(self.grounds.content, self.grounds.plan)
        del pages.__dict__["related"]
        articles = self.grounds.plan.articles
        changed = [
            planned.address.file
            for planned, before, now in zip(articles, self.related, pages.related, strict=True)
            if before != now
        ]
        return pages, frozenset(changed)

    def patched(self, content: Content, plan: SitePlan) -> Pages:
        """The same site where articles changed and nothing moved. `related` is as it was."""
        pages = Pages.__new__(Pages)
        pages.__dict__.update(self.__dict__)
        for kept in ("_front", "_sitemaps"):
            pages.__dict__.pop(kept, None)
        pages.grounds = msgspec.structs.replace(self.grounds, content=content, plan=plan)
        return pages

    @cached_property
    def _sitemaps(self) -> dict[str, bytes]:
        return dict(render_sitemaps(self.site.config, self.grounds.plan))

    @cached_property
    def _front(self) -> Front:
        now = self.grounds.options.now.astimezone(self.site.config.site.zone)
        return fill_front(plan_front(self.grounds.plan, now), self._teaser)

    def has(self, file: str) -> bool:
        """Whether the site has such a file."""
        return file in self._routes or (
            _SITEMAP_PART.fullmatch(file) is not None and file in self._sitemaps
        )

    def is_of_one_source(self, file: str) -> bool:
        """Whether a file is the page of an article, or published as it is."""
        return isinstance(self._routes.get(file), int | Asset | StaticFile)

    def make(self, file: str) -> Made | None:
        """A file of the site, None where there is none.

        Raises ThemeError, SourceError where a body cannot be rendered, OutdatedError where an
        article is not as it was read.
        """
        route = self._routes.get(file)
        if route == SITEMAP_FILE or (route is None and _SITEMAP_PART.fullmatch(file)):
            part = self._sitemaps.get(file)
            return None if part is None else Made(part)
        if route is None:
            return None
        if isinstance(route, StaticFile | Asset):
            data = route.data if isinstance(route, Asset) else None
            return Made(route.path if data is None else data)
        if isinstance(route, int):
            return self._article(route)
        if isinstance(route, CardRoute):
            return self._card(route.at)
        return Made(self._page(route))

    def _article(self, at: int) -> Made:
        planned = self.grounds.plan.articles[at]
        if self.site.related:
            planned = msgspec.structs.replace(planned, related=self.related[at])
        digest = self.grounds.content.digest(planned.article.path)
        body, findings = self.bodies.render(planned, digest)
        data = self.renderer.render_article(planned, html=body.html, summary=body.summary)
        return Made(data, planned, tuple(findings))

    def _card(self, at: int) -> Made | None:
        """An article's card, None where it has a picture of its own."""
        planned = self.grounds.plan.articles[at]
        digest = self.grounds.content.digest(planned.article.path)
        if has_own_picture(self.bodies.summarise(planned, digest)):
            return None
        return Made(self.renderer.render_card(planned))

    def _page(self, route: ListPage | Redirect | FeedPlan | str) -> bytes:
        if isinstance(route, ListPage):
            teasers = [self._teaser(at) for at in route.items]
            return self.renderer.render_list(
                route, teasers, self._front if route.is_front else None
            )
        if isinstance(route, Redirect):
            return self.renderer.render_redirect(route)
        if isinstance(route, FeedPlan):
            articles = self.grounds.plan.articles
            entries = [(articles[at], self._summary(at)) for at in route.items]
            return render_feed(route, entries, self.frame)
        makers: dict[str, Callable[[], bytes]] = {
            NOT_FOUND_FILE: self.renderer.render_not_found,
            SEARCH_FILE: self.renderer.render_search,
            HEADERS_FILE: lambda: render_headers(self.site.config, self.site.theme.assets),
            ROBOTS_FILE: lambda: render_robots(self.site.config) or b"",
        }
        return makers[route]()

    def _teaser(self, at: int) -> Teaser:
        return self.renderer.make_teaser(self.grounds.plan.articles[at], self._summary(at))

    def _summary(self, at: int) -> Summary:
        """What lists show of an article; nothing of one that cannot be rendered."""
        planned = self.grounds.plan.articles[at]
        try:
            return self.bodies.summarise(planned, self.grounds.content.digest(planned.article.path))
        except SourceError:
            return Summary("")

    def files_showing(self, at: int) -> Iterator[str]:
        """The pages that show an article: its own, its neighbours', and the lists it stands on."""
        planned = self.grounds.plan.articles[at]
        yield planned.address.file
        for beside in (planned.previous, planned.next):
            if beside is not None:
                yield beside.address.file
        for page in self.grounds.plan.lists:
            # The front page has more than its list.
            if at in page.items or page.is_front:
                yield page.address.file
