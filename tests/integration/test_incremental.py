"""A build of what changed gives what a build from nothing gives, whatever was changed."""

import os
import re
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from building import CLOCK, SiteBuilder, post, read_tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MEMORY = Path("/dev/shm")
NAMES = ["a", "b", "c", "d", "e"]
DATES = [
    "2022-02-21 07:29:31 +0800", "2022-02-21", "2021-06-01", "2019-06-01 23:59:59 +0000", "2022-06-02", "", "2030-01-01",
]  # fmt: skip

articles = st.builds(
    lambda title, date, body, fields: post(title, date, body, **fields),
    title=st.sampled_from(["甲", "乙", "丙 & 丁", "同题", "葡萄酒关税", "葡萄酒关税案"]),
    date=st.sampled_from(DATES),
    body=st.sampled_from(
        ["<p>正文。</p>", "**字** [链接](b.html)\n- 一", '<p><a href="/x/2022/02/21/a.html">甲</a></p>', "![图](/i.png)\n\n文", ""]
    ),
    fields=st.fixed_dictionaries(
        {"categories": st.sampled_from(["x", "y", '"x y"'])},
        optional={
            "tags": st.sampled_from(["t", "[t, u]"]),
            "draft": st.just("true"),
            "expires": st.sampled_from(["2022-06-03", "2022-01-01"]),
            "source": st.just("报社"),
            "description": st.just("简介"),
            "aliases": st.sampled_from(["[/old.html]", "[/2022/index.html]"]),
            "permalink": st.just("/stated/"),
            "colour": st.sampled_from(["1", "red", "[1, 2]"]),
        },
    ),
)  # fmt: skip
paths = st.sampled_from(
    [f"content/{prefix}{name}.{ending}" for name in NAMES for prefix in ("", "2022-02-21-") for ending in ("md", "html")]
)  # fmt: skip
SITE_FILES = {
    "templates/article.html": [
        '{% extends "default/article.html" %}\n{% block title %}{{ article.extra.colour|default }}!{% endblock %}\n',
        '{% extends "default/article.html" %}\n{% block main %}{{ article.title }} {{ site.article_count }}{% endblock %}\n',
    ],
    "templates/list.html": [
        '{% extends "default/list.html" %}\n{% block main %}{% for item in listing.items %}{{ item.title }} {{ item.excerpt }}{% endfor %}{% endblock %}\n',
        '{% extends "default/list.html" %}\n{% block title %}{{ site.last_year }}{% endblock %}\n',
    ],
    "templates/teaser.html": ["<li>{{ item.title }} {{ site.title }} {{ site.article_count }}</li>\n"],
    "templates/card.svg": ["<svg>{{ card.title }} {{ card.date }} {{ site.title }}</svg>\n"],
    "templates/404.html": ["{{ site.article_count }} {{ site.params }}\n"],
    "messages/zh-CN.toml": ['not_found = "没有"\n'],
    "assets/extra.css": ["a{}", "b{}"],
    "static/i.png": ["1", "2"],
    "static/robots2.txt": ["x"],
    "backfile.toml": [
        '[site]\ntitle = "别"\n',
        "[lists]\nper_page = 1\n",
        '[permalinks]\narticle = "pretty"\n',
        "[pages]\ndates = false\n",
        "[pages]\nrelated = 1\n",
        '[feeds]\nformats = ["json"]\nlimit = 1\n',
        '[params]\ncolour = "red"\n',
        '[cards]\nmake = "never"\n',
        '[site]\ntimezone = "America/New_York"\n',
        '[content]\nhtml = "trusted"\n',
        '[markdown]\nengine = "commonmark"\n',
        '[content]\nexclude = ["a*"]\n',
    ],
}  # fmt: skip
site_files = st.sampled_from(sorted(SITE_FILES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from([*SITE_FILES[name], None]))
)
numbers = st.integers(0, 5)
FIELDS = {
    "title": ['"改"', '"又改"', '"甲"', '"再论葡萄酒关税"'],
    "date": DATES,
    "categories": ["x", "y", "z"],
    "draft": ["true", "false"],
    "description": ["新简介"],
    "tags": ["u", "v"],
}
edits = st.one_of(
    st.tuples(st.just("write"), paths, articles),
    st.tuples(st.just("remove"), numbers),
    st.tuples(st.just("rename"), numbers, paths),
    *(st.tuples(st.just("change"), numbers, st.just(key), st.sampled_from(values)) for key, values in FIELDS.items()),
    st.tuples(st.just("append"), numbers),
    st.tuples(st.just("site"), site_files),
    st.tuples(st.just("clock"), st.sampled_from([-400, 0, 1, 2, 3000])),
    st.tuples(st.just("options"), st.sampled_from(["drafts", "future", "expired"])),
    st.tuples(st.just("damage"), st.integers(0, 50), st.sampled_from(["", "x"])),
    st.tuples(st.just("touch"), numbers),
    st.tuples(st.just("forget"), st.sampled_from(["state.db", "report.json"])),
)  # fmt: skip


class Edited(SiteBuilder):
    """A site that is edited and built again and again."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.changes = {"clock": CLOCK}

    def edit(self, kind, *values) -> None:
        getattr(self, f"do_{kind}")(*values)

    def do_write(self, path, text):
        self.write({path: text})

    def article(self, number) -> Path:
        found = sorted((self.root / "content").iterdir())
        return found[number % len(found)]

    def do_remove(self, number):
        if self.article(0) != self.article(1):
            self.article(number).unlink()

    def do_rename(self, number, other):
        self.article(number).replace(self.root / other)

    def do_change(self, number, key, value):
        file = self.article(number)
        text = re.sub(rf"^{key}: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(text.replace("---\n", f"---\n{key}: {value}\n", 1), "utf-8")

    def do_append(self, number):
        file = self.article(number)
        file.write_text(file.read_text("utf-8") + "\n新的一段\n", "utf-8")

    def do_touch(self, number):
        os.utime(self.article(number))

    def do_site(self, file):
        name, text = file
        if text is None:
            (self.root / name).unlink(missing_ok=True)
        else:
            self.write({name: text})

    def do_clock(self, days):
        self.changes["clock"] = CLOCK + timedelta(days=days)

    def do_options(self, name):
        self.changes[name] = not self.changes.get(name, False)

    def do_damage(self, number, text):
        pages = sorted(
            path
            for path in self.output.rglob("*")
            if path.is_file() and ".backfile" not in path.parts
        )
        if pages and text:
            pages[number % len(pages)].write_text(text)
        elif pages:
            pages[number % len(pages)].unlink()

    def do_forget(self, name):
        (self.root / ".backfile" / name).unlink(missing_ok=True)

    def check(self):
        """Build what changed, then all, and compare pages and reports."""
        report = self.build(**self.changes)
        clean = self.root.parent / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        for state in (self.root / ".backfile").glob("state-*"):
            state.unlink()
        expected = self.build(**self.changes, output=clean)
        assert read_tree(self.output) == read_tree(clean)
        assert report.outcomes == expected.outcomes
        assert [f for f in report.findings if not f.code.startswith("output/")] == list(
            expected.findings
        )
        return report


@pytest.fixture
def folder():
    """A folder in memory, where there is one: these tests write a lot."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


@settings(
    max_examples=int(os.environ.get("BACKFILE_EXAMPLES", "10")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.dictionaries(paths, articles, min_size=3, max_size=6),
    st.lists(edits, min_size=6, max_size=10),
)
def test_after_any_series_of_edits_the_output_is_that_of_a_clean_build(folder, files, steps):
    for old in folder.iterdir():
        shutil.rmtree(old)
    (folder / "site").mkdir()
    site = Edited(folder / "site")
    site.write({**files, "content/keep.md": post("留")})
    site.check()
    for step in steps:
        site.edit(*step)
        site.check()
