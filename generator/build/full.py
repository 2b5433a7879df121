"""A build of what changed: scan, plan, render, lists, assets, publish, remember, report."""

from __future__ import annotations

import secrets

import msgspec

from generator.build.articles import Articles
from generator.build.combining import combine_late
from generator.build.footing import Footing
from generator.build.kept import keep_plan
from generator.build.keys import Keys
from generator.build.ledger import Ledger
from generator.build.look import clock_span, remember
from generator.build.options import PRELOAD, BuildOptions, Progress
from generator.build.others import Others, note_cards
from generator.build.place import Place
from generator.build.planning import plan_options, plan_site
from generator.build.profiling import Recorder, make_renderer, read_profile
from generator.build.relating import relate
from generator.build.scan import Scan, reading_settings, refuse_unreadable, refused_names, scan_site
from generator.build.searching import FACT
from generator.build.site import Site, load_site
from generator.build.strict import refuse_warnings
from generator.build.tasks import Shared, write_shared
from generator.build.timing import Timer, peak_memory
from generator.build.whole_index import index_late, open_index
from generator.engine import Engine, open_cluster, open_engine
from generator.model import Diagnostic, Fate, diagnose
from generator.model.site import Outcome, SitePlan
from generator.publish import Folder, Stage, Staged, lock_output, publish, stage_folder
from generator.render import frame_site, plan_feeds, plan_front
from generator.report import BuildReport, Profile, account
from generator.state import State, read_state, set_aside, state_file, write_state


def build_changes(
    place: Place,
    footing: Footing,
    options: BuildOptions,
    progress: Progress,
    timer: Timer,
) -> BuildReport:
    """Build what changed since the last build into the same output folder. Raises BackfileError."""
    path = state_file(place.state, place.output)
    with lock_output(place.output), _open_engine(options, place) as engine:
        state, damage = read_state(path)
        notes = [_set_aside(place, damage)] if damage else []
        with timer.stage("scan"):
            settings = reading_settings(footing.program, place.config)
            known = state.inputs if state.facts.get("readings") == settings else {}
            scan = scan_site(
                place,
                footing.found.files,
                footing.stamps,
                footing.start,
                engine,
                progress,
                known,
            )
            refuse_unreadable(footing.found, scan.readings)
        is_same_program = state.facts.get("program") == footing.program
        site = load_site(place, state.facts.get("survey", b"") if is_same_program else b"")
        build = _Build(site, footing, options, engine, progress, timer)
        done = build.run(scan, state)
        outcomes, findings = _gather(footing, scan, done)
        if options.strict:
            refuse_warnings(findings)
        with timer.stage("publish"):
            folders = _unpack_folders(state.facts.get("folders", b""))
            result = publish(
                place.output,
                build.name,
                done.staged,
                folders,
                footing.start,
                is_exact=not done.failed,
            )
        report = account(
            outcomes,
            [*findings, *notes, *result.diagnostics],
            output=str(place.output),
            pages=sum(entry.file.endswith((".html", ".htm")) for entry in done.staged),
            files=(result.written, result.unchanged, result.pruned),
            seconds=timer.seconds,
            peak_rss_bytes=peak_memory(),
        )
        with timer.stage("state"):
            span = clock_span((r.article for r in scan.readings if r.article), options.clock)
            facts = {
                "readings": settings,
                "program": footing.program,
                "theme": footing.theme,
                "config": footing.config,
                "asked": msgspec.msgpack.encode(plan_options(options)),
                "survey": site.theme.pack_survey(),
                "folders": msgspec.msgpack.encode(result.folders),
                FACT: done.search,
            }
            seen = remember(footing, place, span, report, scan.inputs, done.ledger.pages)
            facts |= {**seen, **done.kept} if seen else {}
            write_state(path, state, State(facts, scan.inputs, done.ledger.pages))
    return msgspec.structs.replace(report, seconds=timer.rounded, profile=done.profile)


def _open_engine(options: BuildOptions, place: Place) -> Engine:
    if options.scheduler:
        return open_cluster(options.scheduler, place.root)
    return open_engine(options.jobs, PRELOAD)


def _unpack_folders(packed: bytes) -> dict[str, Folder]:
    try:
        return msgspec.msgpack.decode(packed, type=dict[str, Folder])
    except msgspec.MsgspecError:
        return {}


def _set_aside(place: Place, damage: str) -> Diagnostic:
    path = state_file(place.state, place.output)
    name = path.relative_to(place.root).as_posix()
    kept = set_aside(path)
    return diagnose("state/set-aside", name, detail=f"{damage}; now {kept}" if kept else damage)


def _gather(footing: Footing, scan: Scan, done: _Done) -> tuple[list[Outcome], list[Diagnostic]]:
    """Every input with its fate, and everything that was found."""
    findings = [*footing.found.diagnostics, *done.plan.diagnostics, *done.diagnostics]
    outcomes = [*done.plan.outcomes, *refused_names(footing.found)]
    for reading in scan.readings:
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
    ledger: Ledger
    diagnostics: list[Diagnostic]
    failed: list[Diagnostic]  # of articles that could not be rendered
    search: bytes  # what the next build must know of the index
    kept: dict[str, bytes]  # and of the plan
    profile: Profile | None


class _Build:
    """One build's way from readings to a stage full of files."""

    def __init__(
        self,
        site: Site,
        footing: Footing,
        options: BuildOptions,
        engine: Engine,
        progress: Progress,
        timer: Timer,
    ) -> None:
        self.site, self.footing, self.options = site, footing, options
        self.engine, self.progress, self.timer = engine, progress, timer
        self.name = secrets.token_hex(4)  # names the stage only; nothing of it is published

    def run(self, scan: Scan, state: State) -> _Done:
        """Plan and render. An article that cannot be rendered is taken out and the rest planned anew."""
        site, footing = self.site, self.footing
        articles = [reading.article for reading in scan.readings if reading.article]
        ledger = Ledger(site.output, state.pages, _what_changed(state, footing))
        pages = Articles(self.engine, self.progress, ledger, scan.inputs, state)
        failed: list[Diagnostic] = []
        home = stage_folder(site.output, self.name)
        recorder = Recorder(home, "main") if self.options.profile else None
        while True:
            with self.timer.stage("plan"):
                asked = plan_options(self.options)
                plan = plan_site(articles, site.config, asked, footing.static)
                plan = relate(plan, site.related)
                feeds = plan_feeds(site.config, plan)
                frame = frame_site(site.config, plan, site.theme, feeds, site.card_form)
                renderer = make_renderer(site.theme, frame, recorder)
                keys = Keys(footing.program, site.config, renderer)
                stage = Stage(site.output, self.name, "main")
                searching = open_index(site, plan, scan.inputs, ledger, state, footing.program)
                shared = write_shared(
                    Shared(site.root, site.output, self.name, footing.program, site.config, site.theme, frame,
                           searching.indexed, searching.keeps_documents, self.options.profile),
                    home,
                )  # fmt: skip
            with self.timer.stage("render"):
                rendered = pages.render(plan.articles, keys, shared)
            lost = [
                finding
                for item in rendered
                if not item.staged
                for finding in item.unpack().diagnostics
            ]
            if not lost:
                break
            failed += lost
            bad = {finding.path for finding in lost}
            articles = [article for article in articles if article.path not in bad]
        staged = pages.enter(plan.articles, rendered, keys)
        with self.timer.stage("search"):
            late = [
                planned
                for planned, item in zip(plan.articles, rendered, strict=True)
                if planned.article.path in searching.indexed and not item.source
            ]
            index_late(self.engine, self.progress, shared, late)
            combine_late(self.engine, self.progress, home)
            index, remembered = searching.finish(stage, home)
        with self.timer.stage("lists"):
            others = Others(site, plan, frame, feeds, renderer, keys, rendered, ledger, self.name)
            today = self.options.clock.astimezone(site.config.site.zone)
            front = plan_front(plan, today)
            staged += others.render_lists(front, self.engine, self.progress, shared)
            staged += others.render_rest(stage)
        with self.timer.stage("assets"):
            assets = others.stage_files(stage, footing.static, footing.start)
        if recorder:
            recorder.write()
        # A person's own robots.txt or _headers takes the place of ours.
        own = {static.file for static in footing.static}
        staged = [page for page in staged if page.file not in own]
        diagnostics = [
            finding
            for item in rendered
            if item.has_findings
            for finding in item.unpack().diagnostics
        ]
        diagnostics += [
            *searching.diagnostics(),
            *note_cards(site, len(plan.articles), has_cards=bool(frame.cards)),
        ]
        return _Done(
            plan, [*assets, *index, *staged], ledger, diagnostics + failed, failed, remembered,
            keep_plan(plan, frame, feeds, front), read_profile(home) if recorder else None,
        )  # fmt: skip


def _what_changed(state: State, footing: Footing) -> str:
    """What differs for every page since the last build, "" = nothing."""
    facts = state.facts
    now = {"program": footing.program, "configuration": footing.config, "theme": footing.theme}
    before = {**facts, "configuration": facts.get("config", b"")}
    return next((name for name, value in now.items() if before.get(name) != value), "")
