"""What a page depends on, as a hash: pages of the same hash would come out the same.

The values hashed are those the template is given, so nothing it shows can be forgotten. Of `site`
only what the template can ask for counts: the number of all articles changes with every new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from generator.render.context import SiteContext
from generator.render.survey import ANY
from generator.render.theme import Theme
from generator.text.digests import digest_bytes


class Fingerprints:
    """Hashes pages of one site with one theme."""

    def __init__(self, theme: Theme, site: SiteContext) -> None:
        # Front matter may hold sets and values of other types; both get a fixed form.
        self._encode = msgspec.msgpack.Encoder(enc_hook=repr, order="deterministic").encode
        self._shared = {
            template: digest_bytes(
                self._encode(
                    [theme.common_digest, _sources(theme, template), _visible(site, reads)]
                )
            )
            for template, reads in theme.survey.reads.items()
        }

    def hash_page(self, template: str, *values: Any) -> bytes:
        """Hash the page that `template` makes of `values`, 16 bytes."""
        return digest_bytes(self._shared[template] + self._encode(values))

    def hash_values(self, *values: Any) -> bytes:
        """Hash values alone, 16 bytes."""
        return digest_bytes(self._encode(values))


def _sources(theme: Theme, template: str) -> Mapping[str, str]:
    """The template with all it extends, includes and imports."""
    return {name: theme.templates[name].source for name in theme.survey.uses[template]}


def _visible(site: SiteContext, reads: frozenset[str]) -> Mapping[str, Any]:
    wants_all = f"site{ANY}" in reads
    return {
        name: getattr(site, name) for name in site.__struct_fields__ if wants_all or name in reads
    }
