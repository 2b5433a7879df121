"""What a build stands on: everything it would look at, found without opening an article."""

from __future__ import annotations

import msgspec

from generator.build.fonts import choose_form
from generator.build.options import BuildOptions
from generator.build.place import Place
from generator.build.stamps import (
    digest_program,
    digest_stamps,
    digest_theme,
    scan_start,
    stamp_all,
)
from generator.build.static import StaticFile, find_static
from generator.config import Config
from generator.source.discovery import Discovery, Folders, discover
from generator.state import Stamp
from generator.text.digests import digest


class Footing(msgspec.Struct, frozen=True):
    """The files of a site, and digests of what is no article.

    `site` is the digest of it all but for the articles' contents and the clock's time of day.
    Stamps from `start` on are not trusted.
    """

    found: Discovery
    stamps: list[Stamp]  # parallel to `found.files`
    static: list[StaticFile]
    start: int
    program: bytes
    theme: bytes
    config: bytes
    site: bytes


def pack_config(config: Config) -> bytes:
    """A configuration as the state keeps it."""
    return msgspec.msgpack.encode(config, enc_hook=repr)


def survey(place: Place, options: BuildOptions) -> Footing:
    """Look at a site. Raises SourceError, and ThemeError for a theme's file that cannot be read."""
    start = scan_start()
    folders = Folders(place.root)
    found = discover(place.root, place.config.content, place.output, folders)
    static = find_static(place, folders)
    program, theme = digest_program(), digest_theme(place)
    config = pack_config(place.config)
    today = options.clock.astimezone(place.config.site.zone).date().isoformat()
    asked = (options.drafts, options.future, options.expired, options.strict, today)
    names = "\0".join(f"{file.root}:{file.path}" for file in found.files)
    site = digest(
        program,
        theme,
        config,
        repr(asked).encode(),
        names.encode("utf-8", "surrogateescape"),
        repr(found.diagnostics).encode("utf-8", "surrogateescape"),
        digest_stamps((file.file, file.stamp) for file in static),
        repr(choose_form(place.root, place.config)).encode("utf-8", "surrogateescape"),
    )
    stamps = stamp_all(place.root, (file.path for file in found.files))
    return Footing(found, stamps, static, start, program, theme, config, site)
