"""The articles that changed since the last build, before and after, where they moved nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator.build.footing import Footing
from generator.build.kept import IncompleteError
from generator.build.look import Look
from generator.build.place import Place
from generator.model import Article, Diagnostic
from generator.plan import moves_nothing
from generator.source.reader import read_articles
from generator.state import KnownInput, Pool, pack_reading, read_inputs, unpack_reading
from generator.text.digests import digest_bytes


class Change(msgspec.Struct, frozen=True):
    """An article before and after."""

    path: str
    old: Article
    new: Article
    before: KnownInput
    after: KnownInput
    told: tuple[Diagnostic, ...]  # of the reading, before
    findings: tuple[Diagnostic, ...]  # and after


def read_changes(place: Place, footing: Footing, look: Look, state: Path) -> list[Change]:
    """Read the changed articles. Raises IncompleteError where a change might move something."""
    config = place.config
    zone, pool = config.site.zone, Pool()
    wanted = frozenset(look.changed)
    files = [
        (file, stamp)
        for file, stamp in zip(footing.found.files, look.stamps, strict=True)
        if file.path in wanted
    ]
    known = read_inputs(state, look.changed)
    try:
        data = [(place.root / file.path).read_bytes() for file, _ in files]
        read = read_articles(
            [(file.path, file.root, item) for (file, _), item in zip(files, data, strict=True)],
            config,
        )
        changes = []
        for (file, stamp), item, reading in zip(files, data, read, strict=True):
            packed = pack_reading(reading.article, reading.diagnostics, zone)
            before = known[file.path]
            old, told = unpack_reading(before.reading, zone, pool)
            new, findings = unpack_reading(packed, zone, pool)
            after = KnownInput(stamp, digest_bytes(item), packed)
            if old is None or new is None or not _stays(old, new):
                raise IncompleteError(file.path)
            changes.append(Change(file.path, old, new, before, after, told, findings))
    except (OSError, KeyError, msgspec.MsgspecError) as error:
        raise IncompleteError(str(error)) from error
    return changes


def _stays(old: Article, new: Article) -> bool:
    """Whether an edit is known to show on the article's page, its teaser and its entries alone."""
    # A title is shown by other pages, and may make others related; the sitemap knows `updated`.
    return moves_nothing(old, new) and (old.title, old.updated, old.is_searchable) == (
        new.title,
        new.updated,
        new.is_searchable,
    )
