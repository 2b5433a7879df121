"""A site before it is read: its front page and its articles, of a few files that names lead to.

An archive of a hundred thousand articles takes half a minute to read, a folder of as many names
half a second. What is made here is what the site would be if it held these few articles alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from heapq import nlargest
from pathlib import PurePosixPath

import msgspec

from generator.build.live_bodies import OutdatedError
from generator.build.live_content import Content
from generator.build.live_pages import Made, Pages, plan_grounds
from generator.build.site import Site
from generator.build.stamps import stamp_all
from generator.build.static import StaticFile
from generator.model.site import ListPage
from generator.plan import PlanOptions
from generator.source.discovery import Discovery, SourceFile
from generator.source.reader import read_articles
from generator.text.slug import slugify_title

# Enough for a front page with its sections; they take some 50 ms.
_FEW = 100
# More files than this of one name are no answer to an address.
_MOST_NAMESAKES = 20
# A day in a path: `2021-12-01-…`, `2021/12/01/…`, `20211201…`.
_DAY = re.compile(
    r"(?<!\d)((?:19|20)[0-9]{2})[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12][0-9]|3[01])(?![0-9]{1,3}(?!\d))"
)


class Glimpse:
    """Pages that can be made from names alone. Threads may ask for them at the same time."""

    def __init__(
        self, site: Site, found: Discovery, static: Sequence[StaticFile], options: PlanOptions
    ) -> None:
        """Read nothing yet. Related articles are left out: they may be any."""
        pages = msgspec.structs.replace(site.config.pages, related=0)
        config = msgspec.structs.replace(site.config, pages=pages)
        self._site = msgspec.structs.replace(site, config=config)
        self._found, self._static, self._options = found, static, options
        self._last: tuple[object, Pages] | None = None

    @property
    def article_count(self) -> int:
        """How many files are there to be read."""
        return len(self._found.files)

    def has(self, file: str) -> bool:
        """Whether `make` gives such a file. Raises ThemeError."""
        return _is_made(self._pages(file), file)

    def make(self, file: str) -> Made | None:
        """A file of the site as its sources are now; None where it takes more than names to make it.

        Raises ThemeError, and SourceError where a body cannot be rendered.
        """
        pages = self._pages(file)
        try:
            return pages.make(file) if _is_made(pages, file) else None
        except OutdatedError:
            return None  # it has just gone

    def _pages(self, file: str) -> Pages:
        """The pages of the newest articles, and of those that may live at an address."""
        root = self._site.root
        wanted = tuple(dict.fromkeys((*self._newest, *self._namesakes(file))))
        stamps = stamp_all(root, (source.path for source in wanted))
        last = self._last
        if last and last[0] == (wanted, stamps):
            return last[1]
        pages = self._read(wanted, last[1] if last else None)
        self._last = (wanted, stamps), pages
        return pages

    def _read(self, wanted: Sequence[SourceFile], before: Pages | None) -> Pages:
        texts = []
        for source in wanted:
            try:
                data = (self._site.root / source.path).read_bytes()
            except OSError:
                continue  # told when everything is read
            texts.append((source.path, source.root, data))
        readings = read_articles(texts, self._site.config)
        content = Content(self._found, {reading.path: reading for reading in readings}, {})
        grounds = plan_grounds(self._site, content, self._static, self._options)
        lists = tuple(_cut_off(page) if page.is_front else page for page in grounds.plan.lists)
        plan = msgspec.structs.replace(grounds.plan, lists=lists)
        return Pages(self._site, msgspec.structs.replace(grounds, plan=plan), before)

    @cached_property
    def _newest(self) -> tuple[SourceFile, ...]:
        """The files of the latest days by their names, then those that were saved last."""
        files = self._found.files
        dated = [
            ("".join(day.groups()), at)
            for at, source in enumerate(files)
            if (day := _DAY.search(source.path))
        ]
        chosen = {at: None for _, at in nlargest(_FEW, dated)}
        if len(chosen) < min(_FEW, len(files)):
            stamps = stamp_all(self._site.root, (source.path for source in files))
            saved = ((stamp.modified, at) for at, stamp in enumerate(stamps))
            chosen |= {at: None for _, at in nlargest(_FEW, saved)}
        return tuple(files[at] for at in sorted([*chosen][:_FEW]))  # in order of precedence

    def _namesakes(self, file: str) -> list[SourceFile]:
        """The files that an address may have got its name from."""
        path = PurePosixPath(file)
        name = path.parent.name if path.name == "index.html" else path.stem
        if not name:
            return []
        end = f"-{name}"
        found = [
            source
            for source, known in zip(self._found.files, self._names, strict=True)
            if known == name or known.endswith(end)
        ]
        return found[:_MOST_NAMESAKES]

    @cached_property
    def _names(self) -> list[str]:
        """The name of each file as it stands in addresses."""
        names = (source.path.rpartition("/")[2] for source in self._found.files)
        return [slugify_title(name.rpartition(".")[0]) for name in names]


def _is_made(pages: Pages, file: str) -> bool:
    """Whether a file needs nothing but what was read."""
    return file == "index.html" or pages.is_of_one_source(file)


def _cut_off(page: ListPage) -> ListPage:
    """A list without its older pages: how many there are is not known yet."""
    return msgspec.structs.replace(page, number=1, last=1, older=None)
