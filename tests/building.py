"""Small sites from `{path: text}`, built in a temporary folder."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from generator.build import BuildOptions, build_site

CLOCK = datetime(2022, 6, 1, 12, tzinfo=UTC)


class SiteBuilder:
    """A site in a folder, and what its last build said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"
        self.report = None

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def options(self, **changes):
        return BuildOptions(
            **{"root": self.root, "clock": CLOCK, "base_url": "https://archive.example", **changes}
        )

    def build(self, files: Mapping[str, str | bytes] = (), **changes):
        self.write(dict(files))
        self.report = build_site(self.options(**changes))
        return self.report

    def tree(self) -> dict[str, bytes]:
        return read_tree(self.output)

    def page(self, file: str) -> str:
        return (self.output / file).read_text("utf-8")

    def codes(self, path: str = "") -> list[str]:
        return [finding.code for finding in self.report.findings if path in ("", finding.path)]


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every published file with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".backfile" not in path.relative_to(folder).parts
    }


def post(title="标题", date="2022-02-21 07:29:31 +0800", body="<p>正文。</p>", **fields) -> str:
    """A post as Jekyll has it."""
    lines = [
        f'title: "{title}"',
        f"date: {date}",
        *(f"{key}: {value}" for key, value in fields.items()),
    ]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


def without_search(tree: dict[str, bytes]) -> dict[str, bytes]:
    """A tree without the index: small changes go into a delta beside it until it is written anew."""
    return {file: data for file, data in tree.items() if not file.startswith("search/")}
