"""Adapters: what is peculiar to one archive, kept out of the general reader.

An adapter is recognised by an article's shape or chosen in `backfile.toml`. It reads facts off the
body (`Facts`) and cuts the old site's furniture. `docs/adapters.md` shows how to write one.
"""

from generator.source.adapters.base import Adapter, Facts
from generator.source.adapters.finews import Finews

ADAPTERS: dict[str, Adapter] = {"finews": Finews()}


def choose_adapter(setting: str, metadata: dict[str, str], body: str) -> tuple[str, Adapter | None]:
    """The adapter for one article: `none`, a name, or `auto` = the first that knows the shape."""
    if setting == "none":
        return "", None
    if setting != "auto":
        return setting, ADAPTERS[setting]
    for name, adapter in ADAPTERS.items():
        if adapter.recognises(metadata, body):
            return name, adapter
    return "", None


__all__ = ["ADAPTERS", "Adapter", "Facts", "choose_adapter"]
