"""What is broken is shown where it is, and goes away by itself when it is mended."""

import pytest
from building import post
from serving import serve

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

ONE = "/news/2022/02/21/one.html"
ARTICLE = post("第一条", body="<p>正文</p>", categories="news")
CONFIG = '[site]\ntitle = "旧闻"\n'
INCLUDED = "<aside>\n{{ page.title }}\n</aside>\n"
FILES = {
    "backfile.toml": CONFIG,
    "content/2022-02-21-one.md": ARTICLE,
    "content/2022-02-20-two.md": post("第二条", "2022-02-20 08:00:00 +0800"),
    "templates/article.html": (
        '{% extends "default/article.html" %}\n{% block main %}{{ super() }}\n'
        '{% include "aside.html" %}\n{% endblock %}\n'
    ),
    "templates/aside.html": INCLUDED,
    "messages/en.toml": 'all = "All"\n',
}

BROKEN = {
    "front matter": (
        "content/2022-02-21-one.md",
        ARTICLE.replace('"第一条"', '"第"一"条"'),
        ("front-matter/unescaped-quote", 2),
    ),
    "date": (
        "content/2022-02-21-one.md",
        ARTICLE.replace("2022-02-21 07", "2022-02-31 07"),
        ("date/impossible", 3),
    ),
    "an empty article": ("content/2022-02-21-one.md", "", ("file/empty", 0)),
    "markdown": (
        "content/2022-02-21-one.md",
        post("第一条", body="[" * 20_000, categories="news"),
        ("body/markdown-failed", 0),
    ),
    "a name in an included template": (
        "templates/aside.html",
        "<aside>\n\n{{ page.titel }}\n</aside>\n",
        ("theme/invalid", 3),
    ),
    "the syntax of a template": ("templates/aside.html", "\n{% if %}\n", ("theme/invalid", 2)),
    "a filter": ("templates/aside.html", "{{ page.title|uper }}\n", ("theme/invalid", 1)),
    "an asset that is not there": (
        "templates/aside.html",
        '\n\n\n{{ asset("nothing.css") }}\n',
        ("theme/invalid", 4),
    ),
    "configuration": ("backfile.toml", f"{CONFIG}titel = 1\n", ("config/invalid", 3)),
    "toml": ("backfile.toml", '[site]\ntitle = "旧闻\n', ("config/invalid", 2)),
    "a value": ("backfile.toml", f"{CONFIG}[lists]\nper_page = 0\n", ("config/invalid", 4)),
    "messages": ("messages/en.toml", 'x = "\n', ("theme/invalid", 1)),
    "content folder": (
        "backfile.toml",
        f'{CONFIG}[content]\nroots = ["nowhere"]\n',
        ("source/unreadable", 0),
    ),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("faults") / "site", FILES) as site:
        yield site


@pytest.fixture
def site(served):
    """The site as it was, whatever the test before left behind."""
    yield served
    for folder in ("templates", "content", "messages"):
        for path in (served.root / folder).iterdir():
            if path.relative_to(served.root).as_posix() not in FILES:
                path.unlink()
    with served.tab() as tab:
        faults = tab.next("faults")["faults"]
        served.write(FILES)
        while faults:
            faults = tab.next("faults")["faults"]


@pytest.mark.parametrize("case", BROKEN)
def test_a_fault_is_shown_with_its_place_until_it_is_mended(site, case):
    file, text, (code, line) = BROKEN[case]
    good = site.text(ONE)
    with site.tab(ONE) as tab:
        wait_for_faults(tab)
        site.write({file: text})
        [fault] = tab.next("faults")["faults"]
        assert (fault["code"], fault["line"]) == (code, line)
        assert fault["path"] == file or not line
        assert fault["message"]
        assert fault["hint"] or "syntax" in case or case == "messages"
        if line:
            assert [line, text.split("\n")[line - 1]] in fault["excerpt"]
        page = site.get(ONE)
        assert page.status == 200
        assert "<h1" in page.data.decode()
        if "article" not in case and file.startswith(("backfile", "templates", "messages")):
            assert strip(page.data.decode()) == strip(good)
        # The terminal says the same.
        assert [f.code for f in site.heard.faults[-1]] == [code]
        site.write({file: FILES[file]})
        wait_for_faults(tab)
        assert site.heard.faults[-1] == ()
    assert strip(site.text(ONE)) == strip(good)


def strip(page):
    """A page without what tells its version."""
    return page.split("<script src=")[0]


def wait_for_faults(tab, *paths):
    """Read events until exactly these files have faults."""
    while sorted(fault["path"] for fault in tab.next("faults")["faults"]) != sorted(paths):
        pass


def test_several_faults_are_listed_and_each_goes_by_itself(site):
    with site.tab(ONE) as tab:
        site.write({"backfile.toml": "x = 1\n", "templates/aside.html": "{% if %}"})
        wait_for_faults(tab, "backfile.toml", "templates/aside.html")
        site.write({"templates/aside.html": INCLUDED})
        wait_for_faults(tab, "backfile.toml")
        site.write({"backfile.toml": CONFIG})
        wait_for_faults(tab)


def test_an_article_can_be_edited_while_the_theme_is_broken(site):
    with site.tab(ONE) as tab:
        site.write({"templates/aside.html": "{% if %}"})
        wait_for_faults(tab, "templates/aside.html")
        site.write({"content/2022-02-21-one.md": ARTICLE.replace("正文", "新文")})
        assert ONE in tab.next("change")["pages"]
        assert "新文" in site.text(ONE)
        site.write(FILES)
        wait_for_faults(tab)


def test_a_page_nobody_looks_at_says_what_is_wrong_with_it(site):
    with site.tab("/") as tab:
        tab.next("faults")
        site.write({"templates/terms.html": "\n{{ nothing }}"})
        tab.next("change")
        page = site.get("/category/")
        assert page.status == 500
        text = page.data.decode()
        assert "templates/terms.html:2" in text
        assert "{{ nothing }}" in text
        assert "_backfile/preview.js" in text
        (site.root / "templates/terms.html").unlink()
        while site.get("/category/").status == 500:
            tab.next("change")


def test_a_fault_elsewhere_is_found_by_the_build_behind(site):
    with site.tab("/") as tab:
        tab.next("faults")
        site.write({"templates/dates.html": "\n\n{{ nothing }}"})
        faults = tab.next("faults")["faults"]
        assert [(fault["path"], fault["line"]) for fault in faults] == [("templates/dates.html", 3)]
        (site.root / "templates/dates.html").unlink()
        wait_for_faults(tab)


def test_faults_of_the_archive_that_nobody_edited_are_not_told(tmp_path):
    files = {**FILES, "content/2022-02-21-one.md": BROKEN["front matter"][1]}
    with serve(tmp_path / "site", files) as site, site.tab(ONE) as tab:
        assert tab.next("faults") == {"faults": []}
        assert site.heard.faults == []


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ({"backfile.toml": "x = 1\n"}, "backfile.toml:1"),
        ({"templates/base.html": "{% if %}"}, "templates/base.html:1"),
        ({"backfile.toml": '[theme]\nname = "none"\n'}, "no theme"),
        ({"backfile.toml": '[content]\nroots = ["none"]\n'}, "does not exist"),
    ],
)
def test_a_site_that_is_broken_from_the_start_opens_when_it_is_mended(tmp_path, broken, place):
    with serve(tmp_path / "site", {**FILES, **broken}, waits=False) as site, site.tab("/") as tab:
        while not tab.next("faults")["faults"]:
            pass
        page = site.get("/")
        assert page.status == 500
        assert place in page.data.decode()
        site.write({name: FILES.get(name, "") for name in broken})
        for name in set(broken) - set(FILES):
            (site.root / name).unlink()
        while site.get("/").status != 200:
            assert tab.next("change", "faults")
        assert "第一条" in site.text("/")
