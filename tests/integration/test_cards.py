"""Cards of a whole site: made where they are wanted, gone when they are not, the same in a preview."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from building import post

from generator.build.live import LiveSite
from generator.config import load
from generator.errors import ConfigError
from generator.render import cards

CARD = "cards/2022/02/21/a.svg"
FILES = {"content/a.md": post("股市收高"), "content/b.md": post("有图", body="![图](/i.png)")}


def files(site):
    return sorted(file for file in site.tree() if file.startswith("cards/"))


def test_an_article_without_a_picture_gets_a_card_and_names_it(site):
    site.build({**FILES, "static/i.png": "png"})
    assert files(site) == [CARD]
    page = site.page("2022/02/21/a.html")
    assert f'<meta property="og:image" content="https://archive.example/{CARD}">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    assert '<meta property="og:image:alt" content="股市收高">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert "https://archive.example/i.png" in site.page("2022/02/21/b.html")
    assert "og:image:width" not in site.page("2022/02/21/b.html")


def test_every_picture_that_a_page_names_is_there(site):
    site.build({f"content/{n}.md": post(f"标题{n}", categories="财 经") for n in range(5)})
    named = {
        unquote(match)
        for file, data in site.tree().items()
        if file.endswith(".html")
        for match in re.findall(
            r'og:image" content="https://archive.example/([^"]+)', data.decode()
        )
    }
    assert named == set(files(site))
    assert len(named) == 5


def test_the_picture_of_the_site_is_named_behind_a_card_that_many_services_cannot_read(site):
    site.build({**FILES, "backfile.toml": '[site]\nimage = "logo.png"\n'})
    page = site.page("2022/02/21/a.html")
    assert page.index("a.svg") < page.index('og:image" content="https://archive.example/logo.png"')


def test_a_card_follows_its_headline_and_goes_with_its_article(site):
    site.build(FILES)
    before = site.tree()[CARD]
    report = site.build({"content/a.md": post("股市收低")})
    assert before != site.tree()[CARD]
    assert "股市收低" in site.page(CARD)
    assert report.files_written < 20
    site.build({"content/a.md": post("股市收低", permalink="/moved.html")})
    assert files(site) == ["cards/moved.svg"]
    (site.root / "content/a.md").unlink()
    site.build()
    assert files(site) == []


def test_a_body_without_a_headlines_change_leaves_the_card_alone(site):
    site.build(FILES)
    stamp = (site.output / CARD).stat().st_mtime_ns
    site.build({"content/a.md": post("股市收高", body="<p>另一段。</p>")})
    assert (site.output / CARD).stat().st_mtime_ns == stamp


def test_a_large_archive_says_why_it_has_no_cards(site, monkeypatch):
    monkeypatch.setattr(cards, "MOST_ARTICLES", 1)
    site.build(FILES)
    assert files(site) == []
    (note,) = (note for note in site.report.findings if note.code == "cards/none")
    assert "2 articles" in note.message
    site.build({"backfile.toml": '[cards]\nmake = "always"\n'})
    assert files(site) == [CARD]
    assert "cards/none" not in site.codes()
    site.build({"backfile.toml": '[cards]\nmake = "never"\n'})
    assert files(site) == []
    assert "cards/none" not in site.codes()


def test_a_site_without_an_address_says_why_it_has_no_cards_only_where_it_wants_some(site):
    site.build(FILES, base_url=None)
    assert files(site) == []
    assert "cards/none" not in site.codes()
    site.build({"backfile.toml": '[cards]\nmake = "always"\n'}, base_url=None)
    assert "cards/none" in site.codes()


def test_a_theme_that_draws_no_cards_is_named_where_cards_are_asked_for(site):
    plain = '[theme]\nname = "plain"\n'
    site.build({**FILES, "backfile.toml": plain})
    assert "cards/none" not in site.codes()
    site.build({"backfile.toml": f'{plain}[cards]\nmake = "always"\n'})
    (note,) = (note for note in site.report.findings if note.code == "cards/none")
    assert "card.svg" in note.message


def test_a_persons_own_card_takes_the_place_of_ours(site):
    site.build({**FILES, f"static/{CARD}": "<svg/>"})
    assert site.page(CARD) == "<svg/>"


def test_a_preview_shows_the_same_cards(site):
    site.build({**FILES, "static/i.png": "png"})
    live = LiveSite(site.options())
    live.open()
    assert live.make(CARD).data == site.tree()[CARD]
    assert live.make("cards/2022/02/21/b.svg") is None
    assert live.make("cards/2022/02/21/c.svg") is None


def test_png_without_its_package_is_refused_with_the_command_that_installs_it(site, monkeypatch):
    monkeypatch.setattr(load, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="not installed") as caught:
        site.build({**FILES, "backfile.toml": '[cards]\nformat = "png"\n'})
    assert (caught.value.path, caught.value.line) == ("backfile.toml", 2)
    assert "backfile[cards]" in caught.value.hint


def test_png_without_a_font_is_svg_and_a_warning(site, monkeypatch):
    monkeypatch.setattr(load, "find_spec", lambda _: "installed")
    site.build({**FILES, "backfile.toml": '[cards]\nformat = "png"\nfont = "no.otf"\n'})
    assert files(site) == [CARD]
    (note,) = (note for note in site.report.findings if note.code == "cards/no-font")
    assert "no.otf" in note.message
