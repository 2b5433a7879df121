"""All files but the articles' pages: lists, redirects, feeds, cards, sitemaps, assets, static files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from generator.build.keys import Keys
from generator.build.ledger import Ledger
from generator.build.options import Progress
from generator.build.rendered import Rendered
from generator.build.site import Site
from generator.build.stamps import NO_STAMP, trusted
from generator.build.static import StaticFile
from generator.build.tasks import CardTask, FeedTask, ListTask, PageTask
from generator.build.teasers import TeaserPlace, TeaserStore
from generator.build.worker import render_pages
from generator.engine import Engine, Work, chunk_evenly, run_chunks
from generator.errors import ThemeError
from generator.model import Diagnostic, diagnose
from generator.model.site import ListPage, Redirect, SitePlan
from generator.publish import Stage, Staged, stage_folder
from generator.render import (
    HEADERS_FILE,
    NOT_FOUND_FILE,
    ROBOTS_FILE,
    SEARCH_FILE,
    SITEMAP_FILE,
    FeedPlan,
    Front,
    FrontPlan,
    Renderer,
    SiteFrame,
    Teaser,
    card_file,
    explain_cards,
    fill_front,
    has_own_picture,
    render_headers,
    render_robots,
    render_sitemaps,
)
from generator.text.digests import digest


class _Page(msgspec.Struct, frozen=True):
    """A page that shall stand at `file`; its key and its task are made where they are needed."""

    file: str
    key: Callable[[], bytes]
    task: Callable[[], PageTask]
    glance: bytes = b""


class Others:
    """Makes the files of one build, whose name is `build`; `rendered` is parallel to its articles."""

    def __init__(
        self,
        site: Site,
        plan: SitePlan,
        frame: SiteFrame,
        feeds: Sequence[FeedPlan],
        renderer: Renderer,
        keys: Keys,
        rendered: Sequence[Rendered],
        ledger: Ledger,
        build: str,
    ) -> None:
        self._build = build
        self._site, self._plan, self._frame, self._feeds = site, plan, frame, feeds
        self._renderer, self._keys, self._rendered, self._ledger = renderer, keys, rendered, ledger
        self._teasers: dict[int, Teaser] = {}

    def render_lists(
        self, front: FrontPlan, engine: Engine, progress: Progress, shared: Path
    ) -> list[Staged]:
        """Render the lists, redirects, feeds and cards whose keys have changed."""
        kept: list[Staged] = []
        stale: list[tuple[_Page, bytes]] = []
        for page in self._wanted(front):
            staged = self._ledger.keep_glanced(page.file, page.glance)
            if staged is None:
                key = page.key()
                staged = self._ledger.keep(page.file, key, page.glance)
                if staged is None:
                    stale.append((page, key))
                    continue
            kept.append(staged)
        work = Work("lists", render_pages, (shared,), _lose)
        tasks = [page.task() for page, _ in stale]
        results = run_chunks(engine, work, chunk_evenly(tasks), progress)
        for (page, key), staged in zip(stale, results, strict=True):
            self._ledger.enter(staged, key, glance=page.glance)
            kept.append(staged)
        return kept

    def _wanted(self, front: FrontPlan) -> Iterator[_Page]:
        keys = self._keys
        teaser_keys = [item.teaser_key for item in self._rendered]
        article_keys = [item.key for item in self._rendered]
        for page in self._plan.lists:
            shown = front if page.is_front else None
            past = [teaser_keys[at] for at in shown.items] if shown else []
            teasers = [teaser_keys[at] for at in page.items]
            yield _Page(
                page.address.file,
                partial(keys.list_page, page, teasers, shown, past),
                partial(self._list_task, page, shown),
                b"" if shown else keys.glance_list(page, teasers),
            )
        for redirect in self._plan.redirects:
            key = partial(keys.redirect, redirect)
            yield _Page(redirect.address.file, key, partial(_same, redirect))
        for feed in self._feeds:
            key = partial(keys.feed, feed, [article_keys[at] for at in feed.items])
            yield _Page(feed.address.file, key, partial(self._feed_task, feed))
        yield from self._cards()

    def _cards(self) -> Iterator[_Page]:
        """The cards of the articles without a picture, where the site has cards."""
        form = self._frame.cards
        if form is None:
            return
        for planned, item in zip(self._plan.articles, self._rendered, strict=True):
            file = card_file(planned.address.file, form)
            if file and not has_own_picture(item.unpack().summary):
                key = partial(self._keys.card, planned)
                yield _Page(file, key, partial(CardTask, file, planned))

    def _list_task(self, page: ListPage, front: FrontPlan | None) -> ListTask:
        filled = self._fill_front(front) if front else None
        return ListTask(page, tuple(self._teaser(at) for at in page.items), filled)

    def _fill_front(self, front: FrontPlan) -> Front:
        folder = stage_folder(self._site.output, self._build)
        store = TeaserStore(folder, "", self._site.config.site.zone)

        def read(at: int) -> Teaser:
            teaser = self._teaser(at)
            return store.read(teaser) if isinstance(teaser, TeaserPlace) else teaser

        try:
            return fill_front(front, read)
        finally:
            store.close()

    def _feed_task(self, feed: FeedPlan) -> FeedTask:
        articles, rendered = self._plan.articles, self._rendered
        return FeedTask(
            feed, tuple((articles[at], rendered[at].unpack().summary) for at in feed.items)
        )

    def _teaser(self, at: int) -> Teaser | TeaserPlace:
        """An article's teaser or where it is; that of a page which was not rendered is made now."""
        item = self._rendered[at]
        made = item.teaser or self._teasers.get(at)
        if made is None:
            made = self._renderer.make_teaser(self._plan.articles[at], item.unpack().summary)
            self._teasers[at] = made
        return made

    def render_rest(self, stage: Stage) -> list[Staged]:
        """Render the sitemap, robots.txt, _headers and the page for addresses that do not exist."""
        staged = []
        key = self._keys.not_found()
        staged.append(
            self._ledger.keep(NOT_FOUND_FILE, key)
            or self._put(stage, NOT_FOUND_FILE, self._renderer.render_not_found(), key)
        )
        if self._frame.site.search:
            key = self._keys.search()
            staged.append(
                self._ledger.keep(SEARCH_FILE, key)
                or self._put(stage, SEARCH_FILE, self._renderer.render_search(), key)
            )
        staged += self._sitemaps(stage)
        robots = render_robots(self._site.config)
        if robots is not None:
            staged.append(self._put(stage, ROBOTS_FILE, robots, digest(robots)))
        headers = render_headers(self._site.config, self._site.theme.assets)
        staged.append(self._put(stage, HEADERS_FILE, headers, digest(headers)))
        return staged

    def _sitemaps(self, stage: Stage) -> list[Staged]:
        """All files of the sitemap have one key, that of the whole."""
        key = self._keys.sitemap(self._plan)
        kept = [self._ledger.keep(file, key) for file in self._ledger.files_of(key)]
        if SITEMAP_FILE in self._ledger.files_of(key) and all(kept):
            return [staged for staged in kept if staged]
        files = render_sitemaps(self._site.config, self._plan)
        return [self._put(stage, file, data, key) for file, data in files]

    def stage_files(self, stage: Stage, static: Sequence[StaticFile], start: int) -> list[Staged]:
        """Stage the theme's assets and the static files, whose stamps hold if older than `start`.

        Raises OutputError.
        """
        staged = []
        for asset in self._site.theme.assets:
            # The name carries a hash of the content.
            key = digest(b"asset", asset.file.encode())
            staged.append(
                self._ledger.keep(asset.file, key)
                or self._put(
                    stage,
                    asset.file,
                    asset.path.read_bytes() if asset.data is None else asset.data,
                    key,
                )
            )
        for entry in static:
            stamp = trusted(entry.stamp, start)
            key = b"" if stamp == NO_STAMP else digest(b"static", repr(tuple(stamp)).encode())
            kept = self._ledger.keep(entry.file, key)
            if kept is None:
                kept = stage.copy(entry.file, entry.path)
                self._ledger.enter(kept, key)
            staged.append(kept)
        return staged

    def _put(self, stage: Stage, file: str, data: bytes, key: bytes) -> Staged:
        staged = stage.put(file, data)
        self._ledger.enter(staged, key)
        return staged


def note_cards(site: Site, count: int, *, has_cards: bool) -> list[Diagnostic]:
    """Why a site of `count` articles has no cards, or not those it asks for."""
    notes = []
    if reason := explain_cards(site.config, count, site.theme):
        notes.append(diagnose("cards/none", ".", detail=reason))
    elif has_cards and site.config.cards.format != site.card_form.format:
        notes.append(diagnose("cards/no-font", ".", detail=site.config.cards.font))
    return notes


def _same(redirect: Redirect) -> Redirect:
    return redirect


def _lose(task: PageTask) -> Staged:
    if isinstance(task, Redirect):
        file = task.address.file
    elif isinstance(task, CardTask):
        file = task.file
    else:
        file = (task.page if isinstance(task, ListTask) else task.feed).address.file
    raise ThemeError(
        "the process that rendered the page died",
        path=file,
        hint="build with -j 1 to see the error",
        code="engine/worker-died",
    )
