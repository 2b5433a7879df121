"""Small searchable sites out of documents, for tests."""

import re

from generator.search.document import SearchDocument, SearchSettings
from generator.search.extract import visible_text
from generator.search.runs import write_run
from generator.search.update import plan_search
from generator.search.writing import build_search


def build(documents, folder, *, settings=None, batch=300):
    """A whole index of documents, as a build with workers makes it."""
    settings = settings or SearchSettings()
    wanted = [(document.href, document.href) for document in documents]
    runs = [
        write_run(documents[start : start + batch], folder / "runs", f"{start:06}")
        for start in range(0, len(documents), batch)
    ]
    plan = plan_search(None, wanted, settings)
    for file in build_search(
        None, plan, wanted, runs, settings=settings, scratch=folder / "scratch"
    ):
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return folder


def read_post(path):
    text = path.read_text("utf-8", errors="replace")
    matter = re.match(r"---\n(.*?)\n---\n(.*)", text, re.DOTALL)
    head, body = (matter[1], matter[2]) if matter else ("", text)

    def value(key):
        found = re.search(rf"^{key}:[ \t]*(.*)$", head, re.MULTILINE)
        return found[1].strip().strip("\"'") if found else ""

    return SearchDocument(
        href=f"posts/{path.stem}.html",
        title=value("title"),
        text=visible_text(body),
        date=value("date")[:19].replace(" ", "T"),
        category=value("categories"),
        category_title=value("tags"),
        tags=tuple(filter(None, [value("tags")])),
        source=value("tags").removesuffix("新闻"),
    )
