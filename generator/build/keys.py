"""Keys: the hash of all that a page is made from. A page whose key has not changed is not made.

The inputs are declared, not traced: a page's source, what its template is given, the template
with all it uses, the settings that rendering looks at, and the program itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import msgspec

from generator.config import Config
from generator.model.site import ListPage, PlannedArticle, Redirect, SitePlan, Summary
from generator.render import FeedPlan, Front, FrontPlan, Renderer
from generator.text.digests import digest
from generator.text.html_document import is_html_name

_NO_SUMMARY = Summary("")
_ENCODE = msgspec.msgpack.Encoder(order="deterministic").encode


def digest_body_settings(program: bytes, config: Config) -> bytes:
    """A digest of all beside its file that a rendered body depends on."""
    content = config.content
    settings = (content.html, content.pages, content.remote_images, config.markdown.engine)
    return digest(program, *(value.encode() for value in settings))


class Keys:
    """Makes the keys of one build. The summaries of articles follow from what their keys hold."""

    def __init__(self, program: bytes, config: Config, renderer: Renderer) -> None:
        self._renderer = renderer
        self._program = program
        self._article = digest_body_settings(program, config)
        self._list = digest(program, renderer.fingerprint_teasers())
        self._feed = digest(program, msgspec.msgpack.encode(config.site, enc_hook=repr))

    def article(self, planned: PlannedArticle, source: bytes) -> bytes:
        """Of an article's page. `source` is the digest of its file."""
        article = planned.article
        is_html = is_html_name(article.path)
        body = f"{article.adapter} {article.body_start} {is_html}"
        shown = self._renderer.fingerprint_article(planned, _NO_SUMMARY)
        return digest(self._article, source, body.encode(), shown)

    def glance(self, planned: PlannedArticle, source: bytes, reading: bytes) -> bytes:
        """Of an article's page as well, some ten times as fast: the whole frame is part of it.

        Equal ones mean equal keys; unequal ones nothing, for a new article changes the frame.
        """
        rest = (
            planned.address,
            planned.categories,
            planned.tags,
            planned.source,
            planned.previous,
            planned.next,
            planned.related,
            planned.links,
        )
        return digest(self._whole_frame, source, reading, _ENCODE(rest))

    @cached_property
    def _whole_frame(self) -> bytes:
        return digest(self._article, self._renderer.fingerprint_frame())

    def list_page(
        self,
        page: ListPage,
        teasers: Sequence[bytes],
        front: FrontPlan | None,
        past: Sequence[bytes],
    ) -> bytes:
        """Of a list page. `teasers` are the keys of what it shows, `past` of what `front` shows."""
        bare = (
            Front(tuple((at, ()) for at, _ in front.sections), (), front.today) if front else None
        )
        shown = self._renderer.fingerprint_list(page, (), bare)
        counts = repr(front and ([len(items) for _, items in front.sections], len(front.past)))
        return digest(self._list, shown, counts.encode(), b"".join(teasers), b"".join(past))

    def glance_list(self, page: ListPage, teasers: Sequence[bytes]) -> bytes:
        """Of a list page but the front page as well, faster, as `glance` is."""
        return digest(self._list, self._whole_frame, _ENCODE(page), b"".join(teasers))

    def card(self, planned: PlannedArticle) -> bytes:
        """Of the picture made of an article's headline."""
        return digest(self._program, self._renderer.fingerprint_card(planned))

    def redirect(self, redirect: Redirect) -> bytes:
        """Of the page at an old address."""
        return digest(self._program, self._renderer.fingerprint_redirect(redirect))

    def not_found(self) -> bytes:
        """Of the page for addresses that do not exist."""
        return digest(self._program, self._renderer.fingerprint_not_found())

    def search(self) -> bytes:
        """Of the search page."""
        return digest(self._program, self._renderer.fingerprint_search())

    def feed(self, feed: FeedPlan, entries: Sequence[bytes]) -> bytes:
        """Of a feed. `entries` are the keys of its articles' pages: they show all that it does."""
        shown = (feed.kind, feed.address.file, feed.page.file, feed.title)
        return digest(self._feed, msgspec.msgpack.encode(shown), b"".join(entries))

    def sitemap(self, plan: SitePlan) -> bytes:
        """Of all files of the sitemap."""
        articles = [
            (
                planned.address.file,
                planned.article.date,
                planned.article.has_time,
                planned.article.updated,
                planned.article.is_draft,
            )
            for planned in plan.articles
        ]
        lists = [page.address.file for page in plan.lists]
        return digest(self._feed, msgspec.msgpack.encode((articles, lists)))
