"""The order of the stages: discover, scan, plan, render, lists, publish, report."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from generator.build.chunks import chunk_articles, chunk_evenly, run_chunks
from generator.build.options import BuildOptions, Progress, no_progress
from generator.build.site import Site, open_site
from generator.build.static import find_static, stage_static
from generator.build.timing import Timer, peak_memory
from generator.build.worker import (
    ListTask,
    Rendered,
    Shared,
    render_articles,
    render_lists,
    scan,
    write_shared,
)
from generator.engine import open_executor
from generator.errors import SourceError, StrictError
from generator.model import Article, Diagnostic, Fate, Severity
from generator.model.site import Outcome, Redirect, SitePlan
from generator.plan import PlanOptions, make_plan
from generator.publish import Stage, Staged, lock_output, publish, stage_folder
from generator.render import (
    NOT_FOUND_FILE,
    ROBOTS_FILE,
    SITEMAP_FILE,
    FeedPlan,
    Renderer,
    SiteFrame,
    frame_site,
    plan_feeds,
    render_feed,
    render_robots,
    render_sitemaps,
)
from generator.render.feed_plan import FEED_KINDS
from generator.report import BuildReport, account
from generator.source.discovery import Discovery, discover
from generator.source.reader import Reading

_BLOCKING = frozenset(("file/unreadable", "file/loop"))
# Files that belong to the site as a whole, and to no article.
RESERVED = (NOT_FOUND_FILE, SITEMAP_FILE, ROBOTS_FILE, *(kind.file for kind in FEED_KINDS.values()))


def build_site(options: BuildOptions, progress: Progress = no_progress) -> BuildReport:
    """Build a site. Raises BackfileError, after which the old site stands as it was.

    Faults of single articles are in the report, never raised.
    """
    timer = Timer()
    site = open_site(options)
    with lock_output(site.output), open_executor(options.jobs) as executor:
        with timer.stage("scan"):
            found = discover(site.root, site.config.content, site.output)
            readings = scan_site(site, found, executor, progress)
            refuse_unreadable(found, readings)
        build = _Build(site, options, executor, progress, timer)
        articles = [reading.article for reading in readings if reading.article]
        done = build.run(articles)
        outcomes, findings = _gather(found, readings, done)
        if options.strict:
            _refuse_warnings(findings)
        with timer.stage("publish"):
            result = publish(site.output, build.name, done.staged)
    return account(
        outcomes,
        [*findings, *result.diagnostics],
        output=str(site.output),
        pages=sum(entry.file.endswith((".html", ".htm")) for entry in done.staged),
        files=(result.written, result.unchanged, result.pruned),
        seconds=timer.seconds,
        peak_rss_bytes=peak_memory(),
    )


def scan_site(
    site: Site, found: Discovery, executor: Executor, progress: Progress
) -> list[Reading]:
    """Read the metadata of every file, in the order they were found."""
    tasks = [
        (scan, (site.root, site.config, chunk), len(chunk)) for chunk in chunk_evenly(found.files)
    ]
    readings: list[Reading] = []
    for part in run_chunks(executor, tasks, "scan", progress):
        readings.extend(part)
    return readings


def refuse_unreadable(found: Discovery, readings: Sequence[Reading]) -> None:
    """Stop where the disk does not give what it holds.

    Publishing without those articles would take them off the site for a fault that is not theirs.
    Raises SourceError.
    """
    findings = [*found.diagnostics, *(note for reading in readings for note in reading.diagnostics)]
    blocking = [finding for finding in findings if finding.code in _BLOCKING]
    if blocking:
        first = blocking[0]
        more = f" (and {len(blocking) - 1} more like it)" if len(blocking) > 1 else ""
        raise SourceError(
            f"{first.message}{more}",
            path=first.path,
            hint=f"{first.hint}, or leave it out with `[content] exclude`; the old site stands as it was",
            code=first.code,
        )


def _refuse_warnings(findings: Sequence[Diagnostic]) -> None:
    grave = sorted(finding for finding in findings if finding.severity is not Severity.INFO)
    if grave:
        raise StrictError(
            f"{len(grave)} warnings in a strict build, the first: {grave[0].message}",
            path=grave[0].path,
            line=grave[0].line,
            column=grave[0].column,
            hint="`backfile check` lists them all; the old site stands as it was",
        )


def _gather(
    found: Discovery, readings: Sequence[Reading], done: _Done
) -> tuple[list[Outcome], list[Diagnostic]]:
    """Every input with its fate, and everything that was found."""
    findings = [*found.diagnostics, *done.plan.diagnostics, *done.diagnostics]
    outcomes = list(done.plan.outcomes)
    for reading in readings:
        findings.extend(reading.diagnostics)
        if reading.article is None:
            outcomes.append(
                Outcome(reading.path, Fate.QUARANTINED, reason=reading.diagnostics[0].message)
            )
    outcomes.extend(
        Outcome(finding.path, Fate.QUARANTINED, reason=finding.message) for finding in done.failed
    )
    return sorted(outcomes, key=lambda outcome: outcome.path), findings


class _Done(msgspec.Struct, frozen=True):
    """A rendered site on the stage. `staged` is in the order of publishing."""

    plan: SitePlan
    staged: list[Staged]
    diagnostics: list[Diagnostic]
    failed: list[Diagnostic]  # of articles that could not be rendered


class _Build:
    """One build's way from articles to a stage full of files."""

    def __init__(
        self,
        site: Site,
        options: BuildOptions,
        executor: Executor,
        progress: Progress,
        timer: Timer,
    ) -> None:
        self.site, self.options, self.executor = site, options, executor
        self.progress, self.timer = progress, timer
        self.name = secrets.token_hex(4)  # names the stage only; nothing of it is published
        self.stage = Stage(site.output, self.name, "main")

    def run(self, articles: list[Article]) -> _Done:
        """Plan and render. An article that cannot be rendered is taken out and the rest planned anew."""
        failed: list[Diagnostic] = []
        while True:
            with self.timer.stage("plan"):
                static = find_static(self.site)
                plan = self._plan(articles, static)
                feeds = plan_feeds(self.site.config, plan)
                frame = frame_site(self.site.config, plan, self.site.theme, feeds)
                shared = self._share(frame)
            with self.timer.stage("render"):
                rendered = self._render(plan, shared)
            bad = {
                finding.path
                for item in rendered
                if item.staged is None
                for finding in item.diagnostics
            }
            if not bad:
                break
            failed.extend(
                finding for item in rendered if item.staged is None for finding in item.diagnostics
            )
            articles = [article for article in articles if article.path not in bad]
        diagnostics = [finding for item in rendered for finding in item.diagnostics] + failed
        pages = [item.staged for item in rendered if item.staged]
        with self.timer.stage("lists"):
            lists = self._lists(plan, rendered, shared)
            renderer = Renderer(self.site.theme, frame)
            others = list(self._others(plan, rendered, feeds, frame, renderer))
        with self.timer.stage("assets"):
            assets = [
                self.stage.put(
                    asset.file, asset.path.read_bytes() if asset.data is None else asset.data
                )
                for asset in self.site.theme.assets
            ]
            assets += stage_static(self.stage, static)
        return _Done(plan, [*assets, *pages, *lists, *others], diagnostics, failed)

    def _plan(self, articles: Sequence[Article], static: Sequence[tuple[Path, str]]) -> SitePlan:
        options = self.options
        return make_plan(
            articles,
            self.site.config,
            PlanOptions(options.clock, options.drafts, options.future, options.expired),
            reserved=RESERVED,
            static=[file for _, file in static],
        )

    def _share(self, frame: SiteFrame) -> Path:
        site = self.site
        shared = Shared(site.root, site.output, self.name, site.config, site.theme, frame)
        return write_shared(shared, stage_folder(site.output, self.name))

    def _render(self, plan: SitePlan, shared: Path) -> list[Rendered]:
        tasks = [
            (render_articles, (shared, chunk), len(chunk))
            for chunk in chunk_articles(plan.articles)
        ]
        return [
            item
            for part in run_chunks(self.executor, tasks, "render", self.progress)
            for item in part
        ]

    def _lists(self, plan: SitePlan, rendered: Sequence[Rendered], shared: Path) -> list[Staged]:
        teasers = [item.teaser for item in rendered]
        pages: list[ListTask | Redirect] = [
            ListTask(page, tuple(teaser for at in page.items if (teaser := teasers[at])))
            for page in plan.lists
        ]
        pages.extend(plan.redirects)
        tasks = [(render_lists, (shared, chunk), len(chunk)) for chunk in chunk_evenly(pages)]
        return [
            item
            for part in run_chunks(self.executor, tasks, "lists", self.progress)
            for item in part
        ]

    def _others(
        self,
        plan: SitePlan,
        rendered: Sequence[Rendered],
        feeds: Sequence[FeedPlan],
        frame: SiteFrame,
        renderer: Renderer,
    ) -> Iterator[Staged]:
        """Feeds, sitemap, robots.txt and the page for addresses that do not exist."""
        put: Callable[[str, bytes], Staged] = self.stage.put
        yield put(NOT_FOUND_FILE, renderer.render_not_found())
        for feed in feeds:
            entries = [
                (plan.articles[at], summary)
                for at in feed.items
                if (summary := rendered[at].summary)
            ]
            yield put(feed.address.file, render_feed(feed, entries, frame))
        for file, data in render_sitemaps(self.site.config, plan):
            yield put(file, data)
        robots = render_robots(self.site.config)
        if robots is not None:
            yield put(ROBOTS_FILE, robots)
