"""`backfile build --explain`: why a page was rendered last, and whether it would be now."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import msgspec

from generator.build.footing import Footing, survey
from generator.build.ledger import Ledger
from generator.build.options import PRELOAD, BuildOptions, no_progress
from generator.build.place import Place, open_place
from generator.build.planning import plan_options, plan_site
from generator.build.relating import relate
from generator.build.scan import reading_settings, scan_site
from generator.config import Config
from generator.engine import open_engine
from generator.errors import UsageError
from generator.model import Article
from generator.model.site import ListPage, Neighbour, PlannedArticle, SitePlan
from generator.plan import PlanOptions
from generator.state import (
    KnownInput,
    KnownPage,
    Pool,
    State,
    read_state,
    state_file,
    unpack_reading,
)

_REASONS = {
    "new": "it was not there before",
    "output": "the published file had been changed or was gone",
    "source": "its article had changed",
    "program": "Backfile or a package it uses had changed",
    "configuration": "the configuration had changed",
    "theme": "a file of the theme had changed",
    "surroundings": "its neighbours, terms, links or the articles it lists had changed",
}


def explain_page(options: BuildOptions, url: str) -> Iterator[str]:
    """Say in lines why the page at `url` was rendered last, and what a build would do now.

    `url` is an absolute address of the site, a path below its base, or an output file. Nothing is
    built or written. Raises UsageError where neither the last build nor the next has such a page.
    """
    place = open_place(options)
    state, damage = read_state(state_file(place.state, place.output))
    footing = survey(place, options)
    if damage:
        yield f"the state cannot be read: {damage}"
    inputs, now = _plan_now(place, footing, options, state)
    before = _plan_before(footing, state)
    file = _find_file(url, place, {*state.pages, *_files(now)})
    page = state.pages.get(file)
    yield f"{file}" + (f" of {page.subject}" if page and page.subject else "")
    if page is None:
        yield "would be rendered: the last build had no such page"
        return
    yield f"was last rendered because {_REASONS.get(page.reason, page.reason)}"
    reasons = list(_reasons(file, page, place, footing, state, inputs, before, now))
    if file not in _files(now) and page.subject:
        yield "would be removed: no page has this address any more"
    elif not reasons:
        yield "would stay as it is"
    for reason in reasons:
        yield f"would be rendered if that shows on it: {reason}"


def _plan_now(
    place: Place, footing: Footing, options: BuildOptions, state: State
) -> tuple[dict[str, KnownInput], SitePlan]:
    is_known = state.facts.get("readings") == reading_settings(footing.program, place.config)
    known = state.inputs if is_known else {}
    with open_engine(options.jobs, PRELOAD) as engine:
        scan = scan_site(
            place, footing.found.files, footing.stamps, footing.start, engine, no_progress, known
        )
    articles = [reading.article for reading in scan.readings if reading.article]
    return scan.inputs, _plan(articles, place.config, plan_options(options), footing)


def _plan_before(footing: Footing, state: State) -> SitePlan | None:
    """The plan of the last build, made again from what the state holds of it."""
    try:
        config = msgspec.msgpack.decode(state.facts["config"], type=Config)
        asked = msgspec.msgpack.decode(state.facts["asked"], type=PlanOptions)
        zone, pool = config.site.zone, Pool()
        readings = [unpack_reading(i.reading, zone, pool) for i in state.inputs.values()]
    except (KeyError, msgspec.MsgspecError):
        return None
    return _plan([article for article, _ in readings if article], config, asked, footing)


def _plan(
    articles: list[Article], config: Config, asked: PlanOptions, footing: Footing
) -> SitePlan:
    return relate(plan_site(articles, config, asked, footing.static), config.pages.related)


def _find_file(url: str, place: Place, files: set[str]) -> str:
    parts = urlsplit(url)
    path = unquote(parts.path)
    base = place.config.site.base_folder if parts.netloc else "/"
    path = path.removeprefix(base).strip("/")
    for file in (path, f"{path}/index.html".lstrip("/"), f"{path}.html"):
        if file in files:
            return file
    raise UsageError(
        f"no page of the site has the address {url}", hint="`backfile list` shows them"
    )


def _files(plan: SitePlan) -> set[str]:
    articles = {planned.address.file for planned in plan.articles}
    lists = {page.address.file for page in plan.lists}
    return articles | lists | {redirect.address.file for redirect in plan.redirects}


def _reasons(
    file: str,
    page: KnownPage,
    place: Place,
    footing: Footing,
    state: State,
    inputs: dict[str, KnownInput],
    before: SitePlan | None,
    now: SitePlan,
) -> Iterator[str]:
    facts = state.facts
    if not Ledger(place.output, state.pages, "").is_whole(file, page):
        yield "the published file was changed or is gone"
    if facts.get("program") != footing.program:
        yield "Backfile or a package it uses changed"
    if facts.get("theme") != footing.theme:
        yield "a file of the theme changed"
    yield from _settings(facts.get("config", b""), place.config)
    known, fresh = state.inputs.get(page.subject), inputs.get(page.subject)
    if known and fresh and known.digest != fresh.digest:
        yield f"its source {page.subject} changed"
    if before is None:
        return
    was, is_now = _article(before, file), _article(now, file)
    if was and is_now:
        yield from _surroundings(was, is_now, before, now)
    old, new = _list(before, file), _list(now, file)
    if old and new:
        yield from _items(old, new, before, now, state, inputs)


def _settings(packed: bytes, config: Config) -> Iterator[str]:
    """The configuration's keys that differ."""
    try:
        before = msgspec.msgpack.decode(packed, type=Config)
    except msgspec.MsgspecError:
        return
    for section in config.__struct_fields__:
        old, new = getattr(before, section), getattr(config, section)
        if isinstance(new, msgspec.Struct):
            for key in new.__struct_fields__:
                if getattr(old, key) != getattr(new, key):
                    yield f"`{section}.{key}` of the configuration changed"
        elif old != new:
            yield f"`{section}` of the configuration changed"


def _article(plan: SitePlan, file: str) -> PlannedArticle | None:
    return next((planned for planned in plan.articles if planned.address.file == file), None)


def _list(plan: SitePlan, file: str) -> ListPage | None:
    return next((page for page in plan.lists if page.address.file == file), None)


def _surroundings(
    was: PlannedArticle, is_now: PlannedArticle, before: SitePlan, now: SitePlan
) -> Iterator[str]:
    for name, old, new in (
        ("older", was.previous, is_now.previous),
        ("newer", was.next, is_now.next),
    ):
        if old != new:
            yield f"the {name} article: {_name(old)} became {_name(new)}"
    if was.related != is_now.related:
        yield "the articles related to it"
    for target in sorted(was.links.keys() | is_now.links.keys()):
        if was.links.get(target) != is_now.links.get(target):
            yield f"where its link {target} leads"

    def terms(planned: PlannedArticle, plan: SitePlan) -> list[tuple[str, object]]:
        numbers = (*planned.categories, *planned.tags, planned.source)
        return [(plan.terms[at].title, plan.terms[at].address) for at in numbers if at >= 0]

    if terms(was, before) != terms(is_now, now):
        yield "the title or address of one of its categories, tags or its source"


def _name(neighbour: Neighbour | None) -> str:
    return f"{neighbour.title} ({neighbour.address.path})" if neighbour else "none"


def _items(
    old: ListPage,
    new: ListPage,
    before: SitePlan,
    now: SitePlan,
    state: State,
    inputs: dict[str, KnownInput],
) -> Iterator[str]:
    """What became of the articles on a list page."""
    was = [before.articles[at].article.path for at in old.items]
    is_now = [now.articles[at].article.path for at in new.items]
    for path in is_now:
        if path not in was:
            yield f"{path} came onto it"
        elif path in state.inputs and state.inputs[path].digest != inputs[path].digest:
            yield f"{path} changed"
    for path in was:
        if path not in is_now:
            yield f"{path} went from it"
    if (old.newer, old.older, old.last) != (new.newer, new.older, new.last):
        yield "the pages beside it"
    if not new.items and (before.terms, before.dates) != (now.terms, now.dates):
        yield "the numbers of articles it shows"
