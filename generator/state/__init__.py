"""The last build ↔ this build: what was read, what was written, and from what.

One SQLite file under `.backfile/`. Deleting it costs time, never content.
"""

from generator.state.codec import Pool, pack_reading, unpack_reading
from generator.state.records import KnownInput, KnownPage, Stamp, State
from generator.state.store import (
    is_text,
    read_facts,
    read_inputs,
    read_pages,
    read_state,
    set_aside,
    state_file,
    write_state,
)

__all__ = [
    "KnownInput",
    "KnownPage",
    "Pool",
    "Stamp",
    "State",
    "is_text",
    "pack_reading",
    "read_facts",
    "read_inputs",
    "read_pages",
    "read_state",
    "set_aside",
    "state_file",
    "unpack_reading",
    "write_state",
]
