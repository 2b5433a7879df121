"""The lists and feeds that show an edited article, of a site whose plan holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from generator.build.kept import IncompleteError, Shelf
from generator.build.keys import Keys
from generator.build.rendered import unpack_data
from generator.build.tasks import FeedTask, ListTask, PageTask
from generator.model.site import ListPage, Summary
from generator.render import FeedPlan, FrontPlan, Renderer, Teaser, fill_front
from generator.state import KnownPage, read_pages
from generator.text.digests import SIZE


class Edited(msgspec.Struct, frozen=True):
    """An article whose page was rendered: its key and data now, and its page before."""

    key: bytes
    data: bytes
    before: KnownPage

    @property
    def has_new_teaser(self) -> bool:
        """Whether lists show another text of it."""
        return self.data[:SIZE] != self.before.data[:SIZE]


class StalePage(msgspec.Struct, frozen=True):
    """A page to make anew."""

    key: bytes
    task: PageTask
    glance: bytes = b""


class AmendedLists:
    """Finds the pages that show edited articles; `edited` are those by their numbers.

    Raises IncompleteError where the state does not hold what it should.
    """

    def __init__(
        self,
        shelf: Shelf,
        renderer: Renderer,
        keys: Keys,
        state: Path,
        edited: Mapping[int, Edited],
    ) -> None:
        self._shelf, self._renderer, self._keys, self._state = shelf, renderer, keys, state
        self._edited = edited
        self._known: dict[int, tuple[bytes, bytes]] = {
            at: (item.key, item.data) for at, item in edited.items()
        }
        self._teasers: dict[int, Teaser] = {}

    def find_stale(self, today: datetime) -> list[StalePage]:
        """The lists and feeds to make anew, with what they show; `today` is the build's day."""
        shown = {at for at, item in self._edited.items() if item.has_new_teaser}
        stale = list(self._lists(shown, self._shelf.front(today))) if shown else []
        feeds = [
            feed for feed in self._shelf.feeds if not self._edited.keys().isdisjoint(feed.items)
        ]
        self._load([at for feed in feeds for at in feed.items])
        return stale + [self._feed(feed) for feed in feeds]

    def _lists(self, shown: set[int], front: FrontPlan) -> Iterator[StalePage]:
        pages = [
            page
            for page in self._shelf.lists
            if not shown.isdisjoint(page.items)
            or (page.is_front and not shown.isdisjoint(front.items))
        ]
        wanted = [at for page in pages for at in page.items]
        self._load([*wanted, *(front.items if any(page.is_front for page in pages) else ())])
        for page in pages:
            yield self._list(page, front if page.is_front else None)

    def _list(self, page: ListPage, front: FrontPlan | None) -> StalePage:
        keys, teasers = self._keys, self._teaser_keys(page.items)
        past = self._teaser_keys(front.items) if front else []
        return StalePage(
            keys.list_page(page, teasers, front, past),
            ListTask(
                page,
                tuple([self._teaser(at) for at in page.items]),
                fill_front(front, self._teaser) if front else None,
            ),
            b"" if front else keys.glance_list(page, teasers),
        )

    def _feed(self, feed: FeedPlan) -> StalePage:
        entries = [(self._shelf.planned(at), self._summary(at)) for at in feed.items]
        key = self._keys.feed(feed, [self._known[at][0] for at in feed.items])
        return StalePage(key, FeedTask(feed, tuple(entries)))

    def _load(self, numbers: Sequence[int]) -> None:
        """Read articles, and what is known of their pages."""
        self._shelf.load(numbers)
        files = self._shelf.plan.files
        missing = {files[at]: at for at in numbers if at not in self._known}
        found = read_pages(self._state, missing)
        for file, at in missing.items():
            if file not in found:
                raise IncompleteError(file)
            self._known[at] = (found[file].key, found[file].data)

    def _teaser_keys(self, numbers: Sequence[int]) -> list[bytes]:
        return [self._known[at][1][:SIZE] for at in numbers]

    def _teaser(self, at: int) -> Teaser:
        if at not in self._teasers:
            made = self._renderer.make_teaser(self._shelf.planned(at), self._summary(at))
            self._teasers[at] = made
        return self._teasers[at]

    def _summary(self, at: int) -> Summary:
        try:
            return unpack_data(self._known[at][1]).summary
        except msgspec.MsgspecError as error:
            raise IncompleteError(self._shelf.plan.files[at]) from error
