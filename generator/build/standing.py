"""Whether every published file stands as it was written, asked for while the inputs are looked at.

The system is asked for each file, which takes as long as all else of a look. Where a core is free a
second process does it: threads would wait for one another, as each question is over in 2 µs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

import msgspec

from generator.build.beside import can_fork, end_process
from generator.state import is_text, read_facts

FACT = "standing"  # the state's name for what is published
# So many bytes of names take longer to ask for than a process takes to fork.
_MANY = 100_000

_Standing = list[tuple[str, int, int]]


def pack_standing(standing: Mapping[str, tuple[int, int]]) -> bytes:
    """The fact: the size and time of every published file that has a form in the state."""
    return msgspec.msgpack.encode(
        [(file, *rest) for file, rest in standing.items() if is_text(file)]
    )


def list_standing(packed: bytes) -> frozenset[str]:
    """The files that the fact names. Raises MsgspecError."""
    return frozenset([file for file, _, _ in msgspec.msgpack.decode(packed, type=_Standing)])


def change_standing(
    packed: bytes, made: Mapping[str, tuple[int, int]], gone: AbstractSet[str]
) -> bytes:
    """The fact with files that were made, and without those that are gone. Raises MsgspecError."""
    passed = made.keys() | gone
    kept: list[tuple[str, int, int]] = [
        entry for entry in msgspec.msgpack.decode(packed, type=_Standing) if entry[0] not in passed
    ]
    return msgspec.msgpack.encode(
        kept + [(file, *rest) for file, rest in made.items() if is_text(file)]
    )


def count_standing(packed: bytes) -> int:
    """How many files it names. Raises MsgspecError."""
    return len(msgspec.msgpack.decode(packed, type=list[msgspec.Raw]))


class StandingCheck:
    """The question, which a second process may be answering."""

    def __init__(self, output: Path, asked: bytes = b"", process: int = 0) -> None:
        """`process` looks at what was `asked`, 0 = none does."""
        self._output, self._asked, self.process = output, asked, process

    def holds(self, packed: bytes) -> bool:
        """Whether all that the fact names stands. Raises MsgspecError."""
        answer = self._wait() if self.process else None
        if answer is None or packed != self._asked:
            return _stands(self._output, packed)
        return answer

    def _wait(self) -> bool | None:
        """The answer of the process, None where it has none."""
        process, self.process = self.process, 0
        try:
            status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        except ChildProcessError:
            return None
        return {0: True, 1: False}.get(status)

    def stop(self) -> None:
        """Let nothing of it go on."""
        if self.process:
            end_process(self.process)
            self.process = 0


@contextmanager
def check_standing(state: Path, output: Path, jobs: int) -> Iterator[StandingCheck]:
    """Begin to look, in a process of its own where that is worth it. Raises OutputError."""
    asked = read_facts(state, FACT).get(FACT, b"")
    if len(asked) >= _MANY and can_fork(jobs):
        check = StandingCheck(output, asked, _ask(output, asked))
    else:
        check = StandingCheck(output)
    try:
        yield check
    finally:
        check.stop()


def _ask(output: Path, asked: bytes) -> int:
    """A process whose exit code is the answer; 0 where none can be had."""
    try:
        process = os.fork()
    except OSError:
        return 0
    if process == 0:
        answer = 2
        try:
            answer = 0 if _stands(output, asked) else 1
        finally:
            os._exit(answer)
    return process


def _stands(output: Path, packed: bytes) -> bool:
    base, stat = f"{output}/", os.stat
    for file, size, modified in msgspec.msgpack.decode(packed, type=_Standing):
        try:
            status = stat(base + file)
        except OSError:
            return False
        if status.st_size != size or status.st_mtime_ns != modified:
            return False
    return True
