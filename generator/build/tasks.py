"""What workers are given: the values that all share, and the pages they make beside articles."""

from __future__ import annotations

import pickle
import secrets
from pathlib import Path

import msgspec

from generator.build.teasers import TeaserPlace
from generator.config import Config
from generator.model.site import ListPage, PlannedArticle, Redirect, Summary
from generator.render import FeedPlan, Front, SiteFrame, Teaser, Theme


class Shared(msgspec.Struct, frozen=True):
    """What every worker needs, written once to the stage."""

    root: Path
    output: Path
    build: str
    program: bytes  # its digest
    config: Config
    theme: Theme
    frame: SiteFrame
    indexed: frozenset[str]  # paths of the articles to index for search
    keeps_documents: bool  # leave the documents themselves too, for a whole Lunr index
    is_profiled: bool = False
    reuses_templates: bool = False  # where few pages are made, compiling takes longer than they do


class ListTask(msgspec.Struct, frozen=True):
    """A list page with the teasers it shows, or where they are."""

    page: ListPage
    teasers: tuple[Teaser | TeaserPlace, ...]
    front: Front | None = None  # of the front page


class FeedTask(msgspec.Struct, frozen=True):
    """A feed with the articles it holds."""

    feed: FeedPlan
    entries: tuple[tuple[PlannedArticle, Summary], ...]


class CardTask(msgspec.Struct, frozen=True):
    """The picture made of an article's headline, and where it is published."""

    file: str
    planned: PlannedArticle


PageTask = ListTask | FeedTask | CardTask | Redirect


def write_shared(shared: Shared, folder: Path) -> Path:
    """Write the shared values where workers find them.

    Each has a name of its own: a worker goes by it to see that a site was planned anew.
    """
    path = folder / f"shared-{secrets.token_hex(4)}"
    path.write_bytes(pickle.dumps(shared, pickle.HIGHEST_PROTOCOL))
    return path
