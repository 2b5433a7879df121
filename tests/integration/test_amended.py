"""A few articles that changed without moving anything are built alone, and as a full build does it."""

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from building import SiteBuilder, post, read_tree, without_search
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.build import amend, stamps
from generator.build.beside import Beside
from generator.build.worker import Worker
from generator.errors import StrictError
from generator.state import read_state

MEMORY = Path("/dev/shm")
CONFIG = {
    "search": "[search]\nlunr_json = false\n",
    "none": "[search]\nenabled = false\n",
    "small": "[search]\nlunr_json = false\n[lists]\nper_page = 4\n[params]\nday = 2022-02-02\n",
}
WORDS = ["葡萄酒", "关税", "钢铁", "出口", "大豆", "协定", "港口", "罢工", "芯片", "工厂"]
# What no other build can know: times of files, and where the site is; and a table without an order.
_OWN = ("stamps", "standing", "manifest", "folders", "report", "site", "theme", "survey")


def article(number: int) -> str:
    """One of a site's articles: dated or not, with links, terms, and words that others share."""
    body = f"<p>第{number}篇正文，{WORDS[number % 10]}。</p>\n<p>另一段{number}。</p>"
    if number % 3 == 0:
        body += f'\n<p><a href="/c1/2022/01/{number % 27 + 1:02}/a{number - 1:02}.html">链接</a> <a href="/gone{number}.html">无</a></p>'
    fields = {"categories": f"c{number % 3}", "tags": f"[t{number % 4}, 全部]"}
    if number % 5 == 0:
        fields["source"] = "报社"
    if number % 7 == 0:
        fields["colour"] = "red"
    date = f"2022-01-{number % 27 + 1:02} 07:29:31 +0800" if number % 11 else ""
    title = f"{WORDS[number % 10]}与{WORDS[number // 4 % 10]}之{number}"
    return post(title, date, body, **fields)


def site_files(config: str) -> dict[str, str]:
    return {"backfile.toml": CONFIG[config]} | {
        f"content/a{number:02}.md": article(number) for number in range(64)
    }


def add(text: str, key: str, value: str) -> str:
    """Set a key of front matter."""
    text = re.sub(rf"^{key}: .*\n", "", text, flags=re.MULTILINE)
    return text.replace("---\n", f"---\n{key}: {value}\n", 1)


# Each takes an article's text and a number that makes it differ from others.
STAYING = {
    "append": lambda text, n: f"{text}\n<p>补充{n}。</p>\n",
    "teaser": lambda text, n: text.replace("<p>第", f"<p>改{n}第", 1),
    "description": lambda text, n: add(text, "description", f"简介{n}"),
    "link": lambda text, n: f'{text}\n<p><a href="a{n % 64:02}.md">{n}</a></p>\n',
    "broken": lambda text, n: f'{text}\n<p><a href="/nowhere{n}.html">{n}</a></p>\n',
    "extra": lambda text, n: add(text, "colour", f"c{n}"),
    "author": lambda text, n: add(text, "author", f"某{n}"),
    "markdown": lambda text, n: f"{text}\n**粗{n}**\n\n- 一\n- 二\n",
    "faulty": lambda text, n: add(text, "subject", f'"甲"乙{n}"'),
    "script": lambda text, n: f"{text}\n<script>{n}</script><p onclick=x>{n}</p>\n",
}
MOVING = {
    # Its card is lettered for its language.
    "language": lambda text, n: add(text, "lang", "en"),
    # A page with a picture needs no card.
    "picture": lambda text, n: f"{text}\n![图](/i{n}.png)\n",
    "title": lambda text, n: add(text, "title", f"葡萄酒与关税之新{n}"),
    "updated": lambda text, n: add(text, "updated", f"2022-03-{n % 27 + 1:02}"),
    "date": lambda text, n: add(text, "date", f"2022-03-{n % 27 + 1:02}"),
    "category": lambda text, n: add(text, "categories", f"c{n % 5}"),
    "hidden": lambda text, n: add(text, "search", "false"),
    "draft": lambda text, n: add(text, "draft", "true"),
    "same": lambda text, n: text[: text.index("\n---\n") + 5] + "<p>同一正文。</p>\n",
    "empty": lambda text, n: "",
}


class Twin(SiteBuilder):
    """A site that is built in both ways."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.amended = []  # of each build: whether what changed was built alone

    def edit(self, kind: str, number: int, mark: int) -> None:
        file = self.root / f"content/a{number:02}.md"
        change = (STAYING | MOVING)[kind]
        file.write_text(change(file.read_text("utf-8"), mark), "utf-8")

    def check(self, **changes) -> None:
        """Build alone what changed; build a copy in full; build all; and compare."""
        copy = Twin(self.root.parent / "copy")
        shutil.rmtree(copy.root, ignore_errors=True)
        shutil.copytree(self.root, copy.root)
        with watched(self.amended):
            report = self.build(**changes)
        with forbidden():
            other = copy.build(**changes)
        assert self.tree() == copy.tree()
        assert (report.outcomes, report.findings) == (other.outcomes, other.findings)
        for name in ("published", "repaired", "pages", "files_pruned", "diagnostics"):
            assert getattr(report, name) == getattr(other, name), name
        ours, theirs = self.remembered(), copy.remembered()
        for part, value in ours.items():
            assert value == theirs[part], part
        clean = self.root.parent / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        self.build(output=clean, **changes)
        for state in (self.root / ".backfile").glob("state-*"):
            state.unlink()
        assert without_search(self.tree()) == without_search(read_tree(clean))

    def remembered(self) -> dict[str, object]:
        """All that the state says but for times."""
        state, damage = read_state(self.root / ".backfile/state.db")
        assert not damage
        # Where templates are the site's own, a copy of it seems to have another theme.
        forgotten = {"reason": ""} if (self.root / "templates").exists() else {}
        return {
            "facts": {name: value for name, value in state.facts.items() if name not in _OWN},
            "inputs": {path: (i.digest, i.reading) for path, i in state.inputs.items()},
            "pages": {
                file: msgspec.structs.replace(page, modified=0, **forgotten)
                for file, page in state.pages.items()
                if file != "i.png"  # known by its stamp, which a copy of it cannot have
            },
            "kept": sorted(state.facts),
        }


@contextmanager
def watched(taken: list[bool]):
    """Note of each build that could have been an amendment whether it was."""
    real = amend.amend_site

    def watch(*arguments):
        report = real(*arguments)
        taken.append(report is not None)
        return report

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amend, "amend_site", watch)
        yield


@contextmanager
def forbidden():
    """Build in full whatever changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amend, "amend_site", lambda *_: None)
        yield


@pytest.fixture
def folder():
    """A folder in memory, where there is one: these tests write a lot."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


def start(folder: Path, config: str) -> Twin:
    for old in folder.iterdir():
        shutil.rmtree(old)
    (folder / "site").mkdir()
    site = Twin(folder / "site")
    site.build(site_files(config))
    return site


@pytest.mark.parametrize("config", CONFIG)
def test_an_edit_that_moves_nothing_is_built_alone(folder, config):
    site = start(folder, config)
    for mark, kind in enumerate(STAYING):
        site.edit(kind, (7, 30)[mark % 2], mark)
        site.check()
    assert dict(zip(STAYING, site.amended, strict=True)) == dict.fromkeys(STAYING, True)


@pytest.mark.parametrize("kind", MOVING)
def test_an_edit_that_may_move_something_is_built_in_full(folder, kind):
    site = start(folder, "none")
    site.edit(kind, 12, 1)
    site.check()
    if kind == "same":
        site.edit(kind, 13, 1)
        site.edit("date", 13, 2)
        site.edit("append", 14, 2)
        site.check()
        assert site.amended == [True, False]
    else:
        assert not any(site.amended)


edits = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([*STAYING, *STAYING, *MOVING]), st.integers(0, 8), st.integers(0, 99)),
        st.tuples(st.sampled_from(["damage", "touch", "forget", "new", "template", "static"]), st.integers(0, 8), st.integers(0, 99)),
    ),
    min_size=1, max_size=2,
)  # fmt: skip


@settings(
    max_examples=int(os.environ.get("BACKFILE_EXAMPLES", "4")),
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # making a failure smaller takes many minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(sorted(CONFIG)), st.lists(edits, min_size=3, max_size=6))
def test_after_any_series_of_edits_both_ways_give_the_same(folder, monkeypatch, config, steps):
    site = start(folder, config)
    # A static file's stamp is trusted by its age, and the copy of a file is younger.
    monkeypatch.setattr(stamps, "_TICK", -3_600_000_000_000)
    for step in steps:
        for kind, number, mark in step:
            # Few articles: more would be too large a share, and the index be written anew.
            place = number * 7
            if kind == "damage":
                pages = sorted(site.output.rglob("*.html"))
                pages[mark % len(pages)].write_text("x")
            elif kind == "touch":
                os.utime(site.root / f"content/a{place:02}.md")
            elif kind == "forget":
                (site.root / ".backfile/state.db").unlink()
            elif kind == "new":
                site.write({f"content/b{mark}.md": post(f"新{mark}")})
            elif kind == "template":
                page = f'{{% extends "default/article.html" %}}{{# {mark} #}}'
                site.write({"templates/article.html": page})
            elif kind == "static":
                site.write({"static/i.png": str(mark)})
            else:
                site.edit(kind, place, mark)
        site.check()


def test_two_articles_that_come_to_say_the_same_are_built_in_full(folder):
    site = start(folder, "none")
    for number in (12, 13):
        site.write({f"content/a{number}.md": post("同题", "2022-01-05", f"<p>{number}</p>")})
    site.check()
    for number in (12, 13):
        site.write({f"content/a{number}.md": post("同题", "2022-01-05", "<p>同一正文。</p>")})
    site.check()
    assert site.amended == [False, False]
    assert "article/duplicate" in site.codes()


def test_an_edit_of_an_article_that_has_a_copy_is_built_in_full(folder):
    """The copy is no copy any more, and is published."""
    site = start(folder, "none")
    same = post("同题", "2022-01-05", "<p>同一正文。</p>")
    site.write({"content/b1.md": same, "content/b2.md": same})
    site.check()
    assert "article/duplicate" in site.codes("content/b2.md")
    site.write({"content/b1.md": f"{same}<p>补充。</p>\n"})
    site.check()
    assert site.amended == [False]
    assert "article/duplicate" not in site.codes()


def test_an_edit_that_makes_an_article_a_copy_is_built_in_full(folder):
    site = start(folder, "none")
    same = post("同题", "2022-01-05", "<p>同一正文。</p>")
    site.write({"content/b1.md": same, "content/b2.md": f"{same}<p>补充。</p>\n"})
    site.check()
    site.write({"content/b2.md": same})
    site.check()
    assert site.amended == [False]
    assert "article/duplicate" in site.codes("content/b2.md")


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_an_index_written_beside_is_the_same(folder, monkeypatch):
    """Another process writes it where one may be forked; here it is written by both."""
    site = start(folder, "search")
    monkeypatch.setattr("generator.build.build.can_fork", lambda _: True)
    answers = []
    real = Beside.finish

    def finish(beside):
        answers.append(beside.is_open)
        return real(beside)

    monkeypatch.setattr(Beside, "finish", finish)
    for mark, kind in enumerate(("append", "teaser", "append")):
        site.edit(kind, 7 + mark, mark)
        site.check()
    assert site.amended == [True] * 3
    assert answers == [True] * 3


def test_a_small_archive_without_lunr_any_more_has_no_file_of_it(folder):
    site = start(folder, "search")
    site.write({"backfile.toml": "[search]\nlunr_json = true\n"})
    site.build()
    assert "search/lunr.json" in site.tree()
    site.write({"backfile.toml": "[search]\nlunr_json = false\n"})
    site.build()
    assert "search/lunr.json" not in site.tree()


def test_a_strict_build_is_stopped_by_an_edit_and_the_old_site_stands(folder):
    site = start(folder, "none")
    site.build(strict=True)
    before = site.tree()
    site.edit("faulty", 7, 1)
    with watched(site.amended), pytest.raises(StrictError):
        site.build(strict=True)
    assert site.tree() == before


def test_an_edit_made_while_the_site_was_built_is_built_by_the_next_build(folder, monkeypatch):
    site = start(folder, "none")
    site.edit("append", 7, 1)
    real = Worker.render_batch

    def late(*arguments):
        site.edit("append", 7, 2)
        return real(*arguments)

    monkeypatch.setattr(Worker, "render_batch", late)
    with watched(site.amended):
        site.build()
    monkeypatch.undo()
    assert site.amended == [False]
    site.check()
    assert "补充2" in site.page("c1/2022/01/08/a07.html")
