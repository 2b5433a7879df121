"""What a save changed: which pages, how they differ, and what is wrong since."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.build.live_content import Content
from generator.build.live_pages import Pages
from generator.build.live_parts import Parts, Touched
from generator.build.site import Site
from generator.config import Config
from generator.errors import ThemeError
from generator.model import Diagnostic, Severity, diagnose_error
from generator.text.address import quote_path

# More files than this at once are no edit by hand: what is wrong with them is the archive's way.
_BY_HAND = 50

Files = frozenset[str] | None
"""Files of pages, None = any."""
Sheets = tuple[tuple[str, str], ...]
"""Links to style sheets, before and after."""


class Change(msgspec.Struct, frozen=True):
    """What became of the site when files were saved.

    `files` are the pages that may differ, None = any. `css` are the links to style sheets that
    changed, before and after, where nothing else of the theme did. `findings` are all that is
    wrong now.
    """

    version: int
    files: Files = frozenset()
    css: Sheets = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def is_visible(self) -> bool:
        """Whether any page may look different."""
        return self.files is None or bool(self.files or self.css)


def keeps_plan(before: Config, now: Config) -> bool:
    """Whether a plan made under one configuration holds under another."""

    def settings(config: Config) -> object:
        return (
            config.site.base_url,
            config.site.timezone,
            config.content,
            config.permalinks,
            config.lists,
            config.pages,
        )

    return settings(before) == settings(now)


def edited(before: Content, now: Content, touched: Touched) -> set[str]:
    """The articles that were saved by hand, as far as one can tell."""
    if len(touched.articles) > _BY_HAND:
        return set()
    return {
        path
        for path in touched.articles & now.readings.keys()
        if now.readings[path] is not before.readings.get(path)
    }


def changed_sheets(was: Site, site: Site) -> Sheets:
    """The links to style sheets that changed; () where more than style sheets did."""
    before, now, base = was.theme, site.theme, site.config.site.base_path
    if was.config is not site.config or (before.templates, before.messages, before.params) != (
        now.templates,
        now.messages,
        now.params,
    ):
        return ()
    old = {asset.name: asset.file for asset in before.assets}
    new = {asset.name: asset.file for asset in now.assets}
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    if not all(name.endswith(".css") and name in old and name in new for name in changed):
        return ()
    return tuple(
        (base + quote_path(old[name]), base + quote_path(new[name])) for name in sorted(changed)
    )


def gather(
    parts: Parts,
    failed: Iterable[tuple[Diagnostic, ...]],
    pages: Pages | None,
    edited: set[str],
) -> tuple[Diagnostic, ...]:
    """All that is worth telling: of the site's parts, of pages that were made, of edited articles."""
    faults, content = parts.faults, parts.content
    found = [diagnose_error(error) for error in faults.values()]
    for notes in failed:
        # Of templates that were saved since and cannot be read, the place would be wrong.
        found.extend(n for n in notes if "theme" not in faults or n.code != ThemeError.code)
    if content and pages and edited:
        for path in edited & content.readings.keys():
            found.extend(content.readings[path].diagnostics)
        found.extend(note for note in pages.grounds.plan.diagnostics if note.path in edited)
    return tuple(sorted({note for note in found if note.severity is not Severity.INFO}))


def merge(changes: Iterable[tuple[Files, Sheets]]) -> tuple[Files, Sheets]:
    """Several changes as one."""
    files: Files = frozenset()
    css: Sheets = ()
    for some, sheets in changes:
        files = None if files is None or some is None else files | some
        css += sheets
    return files, css
