"""Building everything behind the preview: the search index, and what is wrong anywhere in the site.

A process of its own, kept warm, builds into `.backfile/preview/` with the ordinary `build_site`. A
build that is overtaken by a change is given up at its next step. Asked and answered in lines of
JSON on its standard input and output:

    python -m generator.serve.behind
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from generator.build import BuildOptions
from generator.errors import BackfileError
from generator.model import Diagnostic, diagnose_error

# Below the server and the browser, which somebody waits for.
_NICENESS = 10


class Order(msgspec.Struct, frozen=True):
    """One build to make."""

    root: str
    output: str
    clock: datetime
    base_url: str | None
    drafts: bool
    jobs: int
    epoch: int  # comes back with the answer


class Word(msgspec.Struct, frozen=True):
    """What became of a build, or the fault that stopped it."""

    epoch: int
    files_written: int = 0
    files_pruned: int = 0
    fault: Diagnostic | None = None


class Behind:
    """The process, as the server sees it. `tell` is called in a thread of its own."""

    def __init__(self, tell: Callable[[Word], None]) -> None:
        """Nothing runs yet."""
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._is_over = False

    def ask(self, options: BuildOptions, output: Path, epoch: int) -> None:
        """Build, and give up what is being built."""
        order = Order(
            root=str(options.root.resolve()),
            output=str(output),
            clock=options.clock,
            base_url=options.base_url,
            drafts=options.drafts,
            jobs=options.jobs,
            epoch=epoch,
        )
        line = msgspec.json.encode(order) + b"\n"
        with self._turn:
            for _ in range(2):  # once more where it died meanwhile
                if self._is_over:
                    return
                process = self._process or self._start()
                try:
                    _stream(process.stdin).write(line)
                    _stream(process.stdin).flush()
                except OSError:
                    self._process = None
                    continue
                return

    def stop(self) -> None:
        """End the process, in the middle of a build where need be: the next one sweeps up."""
        with self._turn:
            self._is_over = True
            process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            _stream(process.stdin).close()
        try:
            process.wait(2.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "generator.serve.behind"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is the server's business.
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()
        return self._process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        with _stream(process.stdout) as words:
            for line in words:
                word = msgspec.json.decode(line, type=Word)
                if not self._is_over:
                    self._tell(word)


def _stream(pipe: object) -> BinaryIO:
    # Both were asked for when the process was started.
    return cast("BinaryIO", pipe)


class _OvertakenError(Exception):
    """A newer order waits."""


def main() -> None:
    """Take orders until the one who gives them is gone; of several that wait, the last one."""
    os.nice(_NICENESS)
    orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
    threading.Thread(target=_read_orders, args=(orders,), daemon=True).start()
    words = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not be taken for an answer
    while True:
        order = orders.get()
        while not orders.empty():
            order = orders.get()
        word = _build(order, orders)
        if word is not None:
            words.write(msgspec.json.encode(word) + b"\n")
            words.flush()


def _read_orders(orders: queue.SimpleQueue[Order]) -> None:
    for line in sys.stdin.buffer:
        orders.put(msgspec.json.decode(line, type=Order))
    os._exit(0)  # nobody waits for what is being built


def _build(order: Order, orders: queue.SimpleQueue[Order]) -> Word | None:
    """Build; None where it was overtaken."""
    from generator.build import build_site  # noqa: PLC0415 - it loads what a build needs

    def go_on(_stage: str, _done: int, _total: int) -> None:
        if not orders.empty():
            raise _OvertakenError

    options = BuildOptions(
        root=Path(order.root),
        clock=order.clock,
        output=Path(order.output),
        base_url=order.base_url,
        drafts=order.drafts,
        future=order.drafts,
        expired=order.drafts,
        jobs=order.jobs,
    )
    try:
        report = build_site(options, go_on)
    except _OvertakenError:
        return None
    except BackfileError as error:
        return Word(order.epoch, fault=diagnose_error(error))
    except Exception as error:  # noqa: BLE001 - the preview goes on without search
        failure = BackfileError(f"{type(error).__name__}: {error}", code="serve/behind")
        return Word(order.epoch, fault=diagnose_error(failure))
    return Word(order.epoch, report.files_written, report.files_pruned)


if __name__ == "__main__":
    main()
