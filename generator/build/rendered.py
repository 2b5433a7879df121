"""What comes back of a rendered article, and what the state keeps of it."""

from __future__ import annotations

import msgspec

from generator.build.teasers import TeaserPlace
from generator.model import Diagnostic
from generator.model.site import Summary
from generator.publish import Staged
from generator.text.digests import SIZE


class ArticleData(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What rendering an article gave beside its page."""

    summary: Summary
    diagnostics: tuple[Diagnostic, ...] = ()


class Rendered(msgspec.Struct, frozen=True, gc=False):
    """What comes back of one article: its staged page, or None and the reason.

    `data` is its packed `ArticleData`, which `has_findings` or not. `source` is the digest of the
    file as it was rendered, b"", and `teaser` None, where it was not rendered now.
    """

    staged: Staged | None
    key: bytes
    data: bytes
    has_findings: bool
    teaser: TeaserPlace | None = None
    source: bytes = b""

    @property
    def teaser_key(self) -> bytes:
        """The hash of what lists show of the article."""
        return self.data[:SIZE]

    def unpack(self) -> ArticleData:
        """What rendering gave beside the page."""
        return unpack_data(self.data)


def pack_data(teaser_key: bytes, data: ArticleData) -> bytes:
    """Pack for the state, the key first: most builds ask nothing else of most articles."""
    return teaser_key + _ENCODE(data)


def unpack_data(packed: bytes) -> ArticleData:
    """Unpack. Raises msgspec.MsgspecError for anything that is none."""
    return _DECODE(memoryview(packed)[SIZE:])


_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(ArticleData).decode
