"""Compiled templates, kept from one process to the next.

They are programs, and a site's folder may come from somebody else (0011): they are kept where Jinja
keeps them, in the user's own folder for temporary files, which nobody else can write.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from generator.render.context import SiteContext
from generator.render.theme import Theme
from generator.text.digests import SIZE, digest, digest_bytes


def open_compiled(
    theme: Theme, site: SiteContext, program: bytes, *, is_direct: bool
) -> BytecodeCache | None:
    """The cache for a site's templates; None where it has no safe place, or `program` is b"".

    What a template compiles to depends on all that is folded into it (`generator.render.folding`)
    and on who compiles it: `program` is the digest of program, Python and packages.
    """
    if not program:
        return None
    encoded = msgspec.msgpack.encode(site, enc_hook=repr, order="deterministic")
    assets = [(asset.name, asset.file) for asset in theme.assets]
    ground = digest(
        program, theme.digest.encode(), repr(assets).encode(), encoded, str(is_direct).encode()
    )
    try:
        return _Compiled(ground, f"{site.url} {site.title} {is_direct}")
    except (OSError, RuntimeError):
        return None


class _Compiled(FileSystemBytecodeCache):
    """Jinja's files, each behind a digest of it: one that is damaged could bring Python down."""

    def __init__(self, ground: bytes, owner: str) -> None:
        super().__init__()
        self._ground, self._owner = ground.hex(), owner

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Name a file by its site, too: sites of one theme shall not take turns with it."""
        return super().get_cache_key(f"{self._owner}|{name}", filename)

    def get_source_checksum(self, source: str) -> str:
        """Tell apart all that compiles to something else."""
        return self._ground + super().get_source_checksum(source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template where it is there and whole."""
        try:
            data = Path(self._get_cache_filename(bucket)).read_bytes()
        except OSError:
            return
        if digest_bytes(data[SIZE:]) == data[:SIZE]:
            bucket.bytecode_from_string(data[SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template where that can be done."""
        data = bucket.bytecode_to_string()
        name = self._get_cache_filename(bucket)
        fresh = Path(f"{name}.{os.getpid()}")
        with suppress(OSError):
            fresh.write_bytes(digest_bytes(data) + data)
            fresh.replace(name)
