"""`backfile list` and `backfile clean`: what a site holds, and taking a built site away."""

from __future__ import annotations

import shutil

import msgspec

from generator.build.options import BuildOptions, no_progress
from generator.build.place import open_place
from generator.build.planning import plan_options, plan_site
from generator.build.scan import refused_names, scan_known
from generator.build.static import find_static
from generator.model import Fate
from generator.publish import lock_output, remove_site


class Entry(msgspec.Struct, frozen=True):
    """One input. `date` is a day, `url` a path below the site's base; "" = none."""

    path: str
    fate: Fate
    date: str
    url: str
    title: str


def list_site(options: BuildOptions) -> tuple[Entry, ...]:
    """Every input of a site in the order of their paths. Raises BackfileError."""
    site = open_place(options)
    found, readings = scan_known(site, options.jobs, no_progress)
    articles = {reading.path: reading.article for reading in readings if reading.article}
    asked = plan_options(options)
    plan = plan_site(list(articles.values()), site.config, asked, find_static(site))
    entries = [
        Entry(reading.path, Fate.QUARANTINED, "", "", "")
        for reading in readings
        if not reading.article
    ]
    entries += [Entry(lost.path, lost.fate, "", "", "") for lost in refused_names(found)]
    for outcome in plan.outcomes:
        article = articles[outcome.path]
        day = article.date.date().isoformat() if article.date else ""
        entries.append(Entry(outcome.path, outcome.fate, day, outcome.url, article.title))
    return tuple(sorted(entries, key=lambda entry: entry.path))


def clean_site(options: BuildOptions) -> int:
    """Remove the built site's files and the state; how many files of the site were removed."""
    site = open_place(options)
    removed = 0
    if site.output.is_dir():
        with lock_output(site.output):
            removed = remove_site(site.output)
    shutil.rmtree(site.state, ignore_errors=True)
    return removed
