"""A build of a few articles that changed without moving anything: all other pages stand.

Most edits leave every address, list and order as they are. The plan of the last build then holds,
and what such a build costs does not depend on the size of the archive. It gives what a build of
all that changed gives, byte for byte; where it cannot know that, it leaves the site to that.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.build.amend_index import plan_delta
from generator.build.amend_lists import AmendedLists, Edited
from generator.build.amend_reading import Change, read_changes
from generator.build.beside import Beside
from generator.build.delta import Delta, DeltaTask, write_delta
from generator.build.footing import Footing
from generator.build.kept import IncompleteError, Shelf
from generator.build.ledger import Ledger
from generator.build.look import Look, pack_stamps, remember_report
from generator.build.options import BuildOptions
from generator.build.place import Place
from generator.build.planning import map_static
from generator.build.rendered import Rendered, unpack_data
from generator.build.site import Site, load_site
from generator.build.stamps import stamp_or_none
from generator.build.standing import FACT as STANDING
from generator.build.standing import change_standing, list_standing
from generator.build.strict import refuse_warnings
from generator.build.tasks import Shared
from generator.build.timing import Timer, peak_memory
from generator.build.worker import Worker
from generator.model import Diagnostic
from generator.model.site import PlannedArticle
from generator.publish import Staged, lock_output, publish_some, stage_folder
from generator.render import card_file, day_of, has_own_picture
from generator.report import BuildReport
from generator.report.account import count_by_severity, count_repaired
from generator.state import (
    KnownPage,
    Stamp,
    State,
    read_facts,
    read_pages,
    write_state,
)

# What an article's links lead to is decided by the plan, and told of the article.
_BROKEN = "link/broken"


def amend_site(
    place: Place,
    footing: Footing,
    options: BuildOptions,
    timer: Timer,
    look: Look,
    seen: tuple[Path, Stamp],
    beside: Beside,
) -> BuildReport | None:
    """Build what changed, of which `look` tells. None where that must be built in full.

    `seen` is the state file with its stamp from before the look; `beside` is prepared to write the
    delta of the search index. Raises BackfileError.
    """
    path, stamp = seen
    with lock_output(place.output):
        if stamp_or_none(str(path)) != stamp:  # another build has ended since this one looked
            return None
        try:
            with timer.stage("scan"):
                changes = read_changes(place, footing, look, path)
            with timer.stage("plan"):
                amendment = _Amendment(place, footing, options, timer, look, path, changes)
            return amendment.run(beside)
        except IncompleteError:
            return None


class _Amendment:
    """One build's way from changed articles to a report."""

    def __init__(
        self,
        place: Place,
        footing: Footing,
        options: BuildOptions,
        timer: Timer,
        look: Look,
        state: Path,
        changes: Sequence[Change],
    ) -> None:
        """Take the kept plan from the shelf. Raises IncompleteError where it does not hold."""
        self._footing, self._options, self._timer = footing, options, timer
        self._look, self._state, self._changes = look, state, changes
        facts = read_facts(state, "survey")
        self._site: Site = load_site(place, facts.get("survey", b""))
        config = place.config
        params = {**self._site.theme.params, **config.params}
        self._shelf = Shelf(state, config, params, map_static(footing.static))
        self._numbers = [self._place(change) for change in changes]
        self._shelf.load(self._numbers)
        frame = self._shelf.frame
        self._ledger = Ledger(place.output, self._known_pages(), "")
        self._name = secrets.token_hex(4)  # names the stage only; nothing of it is published
        self._home = stage_folder(place.output, self._name)
        self._home.mkdir()
        shared = Shared(
            place.root, place.output, self._name, footing.program, config, self._site.theme, frame,
            frozenset(), False, reuses_templates=True,
        )  # fmt: skip
        self._shared = shared
        self._worker = Worker(shared, "amend")
        self._renderer, self._keys = self._worker.renderer, self._worker.keys

    def _place(self, change: Change) -> int:
        """Where a changed article stands. Raises IncompleteError where it may be a duplicate now."""
        shelf, digest = self._shelf, change.new.body_digest
        at = shelf.find(change.path)
        if at is None:
            raise IncompleteError(change.path)
        if digest != change.old.body_digest:
            if change.path in shelf.plan.copied or digest in shelf.bodies:
                raise IncompleteError(change.path)
            shelf.bodies[at] = digest
        shelf.put(at, change.new)
        return at

    def _known_pages(self) -> dict[str, KnownPage]:
        """What the state holds of the changed articles' pages."""
        files = [self._shelf.plan.files[at] for at in self._numbers]
        known = read_pages(self._state, files)
        if len(known) != len(files):
            raise IncompleteError(files[0])
        return known

    def run(self, beside: Beside) -> BuildReport:
        """Render, publish, remember."""
        timer, ledger = self._timer, self._ledger
        has_search = self._site.config.search.enabled
        if has_search:
            with timer.stage("search"):
                beside.begin(write_delta, self._plan_delta(), note=self._home / "delta")
        with timer.stage("render"):
            staged = self._render_articles()
        with timer.stage("lists"):
            staged += self._render_lists()
        index: list[Staged] = []
        gone: frozenset[str] = frozenset()
        facts: dict[str, bytes] = {}
        if has_search:
            with timer.stage("search"):
                done: Delta = beside.finish()
            index, gone, facts = done.staged, done.gone, {"search": done.packed}
            ledger.pages.update(done.pages)
        findings = self._gather()
        if self._options.strict:
            refuse_warnings(findings)
        with timer.stage("publish"):
            result = publish_some(self._site.output, self._name, [*index, *staged], gone)
        with timer.stage("state"):
            report = msgspec.structs.replace(
                self._recount([*findings, *result.diagnostics]),
                files_written=result.written,
                files_unchanged=result.unchanged,
                files_pruned=result.pruned,
                seconds=timer.rounded,
                peak_rss_bytes=peak_memory(),
            )
            self._remember(report, facts, gone)
        return msgspec.structs.replace(report, seconds=timer.rounded)

    def _render_articles(self) -> list[Staged]:
        shelf = self._shelf
        planned = [shelf.planned(at) for at in self._numbers]
        self._rendered: list[Rendered] = self._worker.render_batch(planned)
        staged = []
        for article, change, item in zip(planned, self._changes, self._rendered, strict=True):
            if item.staged is None or item.source != change.after.digest:
                raise IncompleteError(change.path)
            self._check_card(article, item)
            after = change.after
            glance = self._keys.glance(article, after.digest, after.reading)
            self._ledger.enter(
                item.staged,
                item.key,
                subject=change.path,
                data=item.data,
                glance=glance,
                has_new_source=True,
            )
            staged.append(item.staged)
        return staged

    def _check_card(self, planned: PlannedArticle, item: Rendered) -> None:
        """Leave to a build in full what changes an article's card. Raises IncompleteError."""
        form, file = self._shelf.frame.cards, planned.address.file
        if form is None:
            return
        before = unpack_data(self._ledger.known(file).data).summary
        has_picture = has_own_picture(item.unpack().summary)
        card = "" if has_picture else card_file(file, form)
        known = read_pages(self._state, [card]).get(card) if card else None
        is_same = not card or (known is not None and known.key == self._keys.card(planned))
        if has_own_picture(before) != has_picture or not is_same:
            raise IncompleteError(file)

    def _plan_delta(self) -> DeltaTask:
        digests = {change.path: change.after.digest for change in self._changes}
        return plan_delta(
            self._shared,
            self._worker,
            self._shelf,
            self._state,
            digests,
            list_standing(self._look.standing),
        )

    def _render_lists(self) -> list[Staged]:
        """The lists and feeds that show what changed."""
        files = self._shelf.plan.files
        edited = {
            at: Edited(item.key, item.data, self._ledger.known(files[at]))
            for at, item in zip(self._numbers, self._rendered, strict=True)
        }
        clock = self._options.clock.astimezone(self._site.config.site.zone)
        lists = AmendedLists(self._shelf, self._renderer, self._keys, self._state, edited)
        stale = lists.find_stale(day_of(clock))
        made = self._worker.render_pages([page.task for page in stale]) if stale else []
        known = read_pages(self._state, [staged.file for staged in made])
        ledger = Ledger(self._site.output, known, "")
        for page, staged in zip(stale, made, strict=True):
            ledger.enter(staged, page.key, glance=page.glance)
        self._ledger.pages.update(ledger.pages)
        return made

    def _gather(self) -> list[Diagnostic]:
        """What was found in the site, as it is now."""
        findings = list(self._look.report.findings)
        for at, change, item in zip(self._numbers, self._changes, self._rendered, strict=True):
            known = self._ledger.known(self._shelf.plan.files[at])
            outdated = {*change.told, *(unpack_data(known.data).diagnostics)}
            findings = [
                finding
                for finding in findings
                if finding.path != change.path
                or (finding not in outdated and finding.code != _BROKEN)
            ]
            findings += [*change.findings, *item.unpack().diagnostics, *self._shelf.answer(at)[1]]
        return sorted(findings)

    def _recount(self, findings: Sequence[Diagnostic]) -> BuildReport:
        """The last report with these findings."""
        report, findings = self._look.report, tuple(sorted(findings))
        if findings == report.findings:
            return report
        return msgspec.structs.replace(
            report,
            findings=findings,
            repaired=count_repaired(report.outcomes, findings),
            diagnostics=count_by_severity(findings),
        )

    def _remember(self, report: BuildReport, facts: dict[str, bytes], gone: frozenset[str]) -> None:
        """Let the state know what changed."""
        pages = self._ledger.pages
        made = {file: (page.size, page.modified) for file, page in pages.items()}
        inputs = {change.path: change.after for change in self._changes} | self._look.touched
        after = {
            **facts,
            **remember_report(self._site, report),
            "bodies": msgspec.msgpack.encode(self._shelf.bodies),
            "stamps": pack_stamps(self._look.stamps),
            STANDING: change_standing(self._look.standing, made, gone),
        }
        before = State({}, {}, dict.fromkeys(gone, next(iter(pages.values()))))
        write_state(self._state, before, State(after, inputs, pages))
