"""Answering the articles' links into the old site with pages of ours."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from urllib.parse import unquote, urlsplit

from generator.model import Article, Diagnostic, diagnose
from generator.model.site import ListPage, Redirect
from generator.text.address import Address


class LinkMap:
    """Every address of the site, by URL path and by source file."""

    def __init__(self, base_folder: str) -> None:
        """Start with nothing known. `base_folder` is where the site lives, decoded, `/` or `/x/`."""
        self._pages: dict[str, Address] = {}
        self._sources: dict[str, Address] = {}
        self._posted: list[tuple[str, Address]] = []
        self._base = base_folder.strip("/")

    def add(self, address: Address, source: str = "") -> None:
        """Make a page known; the first one at a path keeps it."""
        self._pages.setdefault(_page_key(address.file), address)
        if source:
            self._sources[source] = address
            if "_posts/" in source:
                self._posted.append((source, address))

    @cached_property
    def _posts(self) -> dict[str, Address]:
        """Posts by the names of their files, the first one of each. Few sites ever ask for one."""
        return {_stem(source): address for source, address in reversed(self._posted)}

    def add_old(self, file: str, address: Address) -> None:
        """Make an old address of a page known."""
        self._pages.setdefault(_page_key(file), address)

    def resolve(self, target: str, article: Article, address: Address) -> Address | None:
        """The page that a link in an article means; None where the archive has none.

        A relative link is tried from the article's address, as a browser would, then from its
        source file, as Hugo and MkDocs do, and from the folder of the file's name, as Hexo does.
        """
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        path = unquote(parts.path)
        if parts.query:
            return None
        if parts.netloc or path.startswith("/"):
            inner = path.lstrip("/")
            found = self._find(path) or self._sources.get(inner)
            # Hugo and Pelican name a page by its file below their content folder.
            found = found or self._sources.get(f"content/{inner}")
            if found is None and path.startswith("/_posts/"):
                # `{% post_url 2019-12-31-name %}` names a post wherever its file lies.
                found = self._posts.get(_stem(path))
            return found
        if not path:
            return None
        from_page = posixpath.join("/", posixpath.dirname(address.file), path)
        found = self._find(from_page)
        folder, stem = posixpath.dirname(article.path), posixpath.splitext(article.path)[0]
        # Hexo keeps the pictures of `a.md` in the folder `a`; Hugo's bundle `a/index.md` names
        # pages beside the folder.
        beside = posixpath.dirname(folder) if stem.endswith("/index") else stem
        for home in (folder, beside):
            source = posixpath.normpath(posixpath.join(home, path))
            # Hugo's `ref` names a page without its ending.
            found = found or self._sources.get(source) or self._sources.get(f"{source}.md")
        return found

    def answer(
        self, article: Article, address: Address
    ) -> tuple[dict[str, Address], list[Diagnostic]]:
        """Where the links of the article at `address` lead, and a finding for each that does not."""
        answers: dict[str, Address] = {}
        broken: list[Diagnostic] = []
        for target in article.links:
            page = self.resolve(target, article, address)
            if page is None:
                broken.append(diagnose("link/broken", article.path, detail=target))
            else:
                answers[target] = page
        return answers, broken

    def _find(self, path: str) -> Address | None:
        key = _page_key(posixpath.normpath(path).strip("/"))
        found = self._pages.get(key) or self._pages.get(f"{key}.html")
        if found is None and self._base and (key == self._base or key.startswith(f"{self._base}/")):
            inner = key[len(self._base) :].strip("/")
            found = self._pages.get(inner) or self._pages.get(f"{inner}.html")
        return found


def map_links(
    articles: Iterable[tuple[str, Address]],
    lists: Sequence[ListPage],
    redirects: Sequence[Redirect],
    static: Mapping[str, str],
    base_folder: str,
) -> LinkMap:
    """Map a whole site. `articles` come as their source's path with their address.

    `static` are files that are copied, each with its path from the site's root.
    """
    links = LinkMap(base_folder)
    for path, address in articles:
        links.add(address, path)
    for page in lists:
        links.add(page.address)
    for file, source in static.items():
        links.add(Address(file), source)
    for redirect in redirects:
        links.add_old(redirect.address.file, redirect.target)
    return links


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _page_key(file: str) -> str:
    """One key for `a/`, `a` and `a/index.html`."""
    file = file.strip("/")
    if file in ("index.html", "."):
        return ""
    return file.removesuffix("/index.html")
