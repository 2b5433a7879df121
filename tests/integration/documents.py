"""Reading the project's own pages: their sections, tables, code blocks and terminal sessions.

A session is every block marked `console` on a page, run in order in one shell: lines that start
with `$ ` are commands, the lines below one are what it prints. `…` stands for any text, on a line
of its own for any lines. A command without output must succeed. A block below a comment
`<!-- not run: reason -->` is not run. ``Write `path`:`` above another block writes that file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    sorted(
        path.relative_to(ROOT).as_posix()
        for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    )
)
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<info>\w*)\n(?P<text>.*?)^(?P=fence)$", re.DOTALL | re.MULTILINE
)
_WRITE = re.compile(r"Write `([^`]+)`:\s*\Z")
_NOT_RUN = re.compile(r"<!-- not run: \S.*? -->\s*\Z")
_MARK = "\x1e"
# Where the pages' reader has her files; 2026-01-05 16:00 in China is when she works.
HOME = "/home/anna"
CLOCK = "1767600000"


def read_page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


class Block(msgspec.Struct, frozen=True):
    """A fenced block; `before` is the page's text above it."""

    info: str
    text: str
    before: str


def blocks(text: str) -> list[Block]:
    return [
        Block(match["info"], match["text"], text[: match.start()])
        for match in _BLOCK.finditer(text)
    ]


def without_blocks(text: str) -> str:
    return _BLOCK.sub("", text)


def section(text: str, title: str) -> str:
    """The text below a heading, down to the next heading of any level."""
    match = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    assert match, f"there is no section {title}"
    return match[1]


def rows(text: str, head: str) -> list[list[str]]:
    """The rows of every table in `text` whose first head cell is `head`, as lists of cells."""
    found: list[list[str]] = []
    for table in re.findall(r"(?:^\|.*\|\n)+", without_blocks(text + "\n"), re.MULTILINE):
        cells = [
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in table.splitlines()
        ]
        if cells[0][0] == head:
            found.extend(cells[2:])
    return found


def codes(cell: str) -> list[str]:
    """What a cell shows in code spans."""
    return re.findall(r"`([^`]*)`", cell)


class Step(msgspec.Struct, frozen=True):
    """A command with what the page says it prints, or a file to write."""

    command: str
    expected: tuple[str, ...] = ()


def session(text: str) -> list[Step]:
    return [step for block in blocks(text) for step in _steps(block)]


def _steps(block: Block) -> Iterator[Step]:
    target = _WRITE.search(block.before)
    if target:
        quoted = "'" + block.text.replace("'", "'\\''") + "'"
        path = target[1]
        yield Step(f"mkdir -p \"$(dirname '{path}')\" && printf %s {quoted} > '{path}'")
        return
    if block.info != "console" or _NOT_RUN.search(block.before):
        return
    lines = block.text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    assert starts[:1] == [0], f"a console block starts with a command: {lines[0]}"
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Step(lines[start][2:], tuple(lines[start + 1 : end]))


def run_session(steps: list[Step], home: Path) -> list[tuple[str, int]]:
    """What each step prints, with its exit code. All run in one shell that starts in `home`."""
    script = "".join(
        f"{step.command}\nrc=$?; printf '{_MARK}%d{_MARK}' $rc; (exit $rc)\n" for step in steps
    )
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": CLOCK,
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=home, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    parts = done.stdout.split(_MARK)
    assert len(parts) == 2 * len(steps) + 1, f"the shell stopped: {done.stdout}"
    return [
        (parts[at].replace(str(home), HOME), int(parts[at + 1]))
        for at in range(0, len(parts) - 1, 2)
    ]


def matches(expected: tuple[str, ...], printed: str) -> bool:
    """Whether a page shows what was printed; how long it took is left open."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else f"{_line_pattern(line.rstrip())}\n"
        for line in expected
    )
    lines = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    return re.fullmatch(pattern, lines) is not None


def _line_pattern(line: str) -> str:
    if re.match(r"\d+\.\d+ s\b", line):
        return r"\d+\.\d+ s.*"
    pattern = re.escape(line).replace("…", ".*")
    # How many files a site has is also a matter of the theme's style sheets and pictures.
    return re.sub(r"\d+(?=\\ files\\ (?:written|removed))", r"\\d+", pattern)
