"""Templates that were compiled before: the same pages, and nothing believed that is not whole."""

import tempfile

import jinja2
import pytest
from building import post

from generator.render.environment import FoldingEnvironment

NO_SEARCH = "[search]\nenabled = false\n"


@pytest.fixture
def kept(site, tmp_path, monkeypatch):
    """A site of which one article was edited, and the folder where its templates are kept."""
    home = tmp_path / "temporary"
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    site.build({"backfile.toml": NO_SEARCH, "content/a.md": post("甲"), "content/b.md": post("乙")})
    assert not list(home.rglob("*.cache"))  # a build in full compiles for itself
    edit(site, 1)
    return home


def edit(site, mark):
    site.build({"content/a.md": post("甲", body=f"<p>正文。</p><p>补充{mark}。</p>")})
    assert f"补充{mark}" in site.page(next(name for name in site.tree() if name.endswith("a.html")))


def count_compiled(monkeypatch):
    compiled = []
    real = jinja2.Environment.compile

    def compile_(environment, *arguments, **options):
        compiled.append(arguments[1])
        return real(environment, *arguments, **options)

    monkeypatch.setattr(FoldingEnvironment, "compile", compile_, raising=False)
    return compiled


def test_a_second_edit_compiles_no_template(site, kept, monkeypatch):
    assert list(kept.rglob("*.cache"))
    compiled = count_compiled(monkeypatch)
    edit(site, 2)
    assert compiled == []


def test_a_damaged_template_is_compiled_again(site, kept, monkeypatch):
    for path in kept.rglob("*.cache"):
        path.write_bytes(path.read_bytes()[:-9])
    compiled = count_compiled(monkeypatch)
    edit(site, 2)
    assert "article.html" in compiled
    compiled.clear()
    edit(site, 3)
    assert compiled == []


def test_a_site_of_another_name_has_templates_of_its_own(site, kept, monkeypatch):
    """The name is folded into them."""
    site.build({"backfile.toml": f'[site]\ntitle = "新报"\n{NO_SEARCH}'})
    compiled = count_compiled(monkeypatch)
    edit(site, 2)
    assert "article.html" in compiled
    assert "新报" in site.page(next(name for name in site.tree() if name.endswith("a.html")))


def test_a_template_that_was_changed_is_compiled_again(site, kept):
    for mark in ("一", "二"):
        site.build({"templates/article.html": f"<p>{mark}</p>{{{{ article.content }}}}"})
        edit(site, mark)
        assert f"<p>{mark}</p>" in site.page(
            next(name for name in site.tree() if name.endswith("a.html"))
        )


def test_a_folder_that_others_can_write_is_not_used(site, kept, monkeypatch):
    folder = next(kept.rglob("*.cache")).parent
    monkeypatch.setattr("os.getuid", lambda: 12345)
    compiled = count_compiled(monkeypatch)
    edit(site, 2)
    assert "article.html" in compiled
    assert folder.is_dir()
