"""What a search index is asked to hold: a digest of each article as search sees it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import msgspec

from generator import __version__
from generator.build.keys import digest_body_settings
from generator.build.scan import reading_settings
from generator.config import Config
from generator.model.site import PlannedArticle, Term
from generator.state import KnownInput
from generator.text.digests import digest


def index_ground(config: Config) -> bytes:
    """A digest of all beside articles that their documents depend on.

    Segments are named by it, and are the same wherever this version is installed.
    """
    version = __version__.encode()
    return digest(reading_settings(version, config), digest_body_settings(version, config))


def digest_document(
    ground: bytes,
    planned: PlannedArticle,
    terms: Sequence[Term],
    inputs: Mapping[str, KnownInput],
) -> str:
    """Of all that search sees of an article: what its file gives, and its category's title."""
    article = planned.article
    source = inputs.get(article.path)
    title = terms[planned.categories[0]].title if planned.categories else None
    content = source.digest if source else msgspec.msgpack.encode(article, enc_hook=repr)
    return digest_parts(ground, article.path, content, title)


def digest_parts(ground: bytes, path: str, source: bytes, title: str | None) -> str:
    """The same by its parts: `source` is the digest of the file, `title` None = no category."""
    titles = [] if title is None else [title.encode("utf-8", "surrogatepass")]
    return digest(ground, os.fsencode(path), source, *titles).hex()
