"""Switching the Markdown engine renders what it shows anew, and nothing is left of the other."""

from building import SiteBuilder, post

COMMONMARK = '[markdown]\nengine = "commonmark"\n'
FILES = {
    "content/2022-02-21-a.md": post("甲", body="段\n- 一\n- 二\n\n**“强调”**文字"),
    "content/2022-02-22-b.md": post("乙", body="<p>正文。</p>"),
    "content/2022-02-23-c.html": post("丙", body="<p>正文。</p>"),
}
PAGE = "2022/02/21/a.html"


def test_switching_the_engine_gives_the_site_of_a_clean_build(site, tmp_path):
    site.build(FILES)
    before = site.tree()
    assert "- 一" in site.page(PAGE)
    site.build({"backfile.toml": COMMONMARK})
    assert "<li>一</li>" in site.page(PAGE)
    assert "<strong>“强调”</strong>" in site.page(PAGE)
    clean = SiteBuilder(tmp_path / "clean")
    clean.build({**FILES, "backfile.toml": COMMONMARK}, jobs=2)
    assert site.tree() == clean.tree()
    site.build({"backfile.toml": ""})
    assert site.tree() == before


def test_a_second_build_with_the_engine_changes_nothing(site):
    site.build({**FILES, "backfile.toml": COMMONMARK})
    assert site.build().files_written == 0
