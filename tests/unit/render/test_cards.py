"""Cards: what a preview of a link shows of an article without a picture."""

from __future__ import annotations

import struct
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from tiny_site import ZONE, make_article, make_plan

from generator.build.fonts import choose_form
from generator.config import CardsConfig, Config, SiteConfig
from generator.errors import ThemeError
from generator.model.site import CardForm, Summary
from generator.render import Renderer, card_file, frame_site, load_theme
from generator.render.articles import article_page

THEMES = Path(__file__).parents[3] / "themes"
SVG = "{http://www.w3.org/2000/svg}"
CONFIG = Config(site=SiteConfig(title="旧闻库", base_url="https://news.example/旧"))
PLAIN = Summary("摘要")


@pytest.fixture
def default(tmp_path):
    return load_theme("default", site_root=tmp_path, themes=[THEMES])


@pytest.fixture
def draw(default):
    """The card of an article in the default theme, parsed."""

    def render(config=CONFIG, **changes):
        plan = make_plan(make_article(**changes))
        data = Renderer(default, frame_site(config, plan, default, ())).render_card(
            plan.articles[0]
        )
        return ET.fromstring(data.decode())

    return render


def texts(card):
    return [element.text for element in card.iter(f"{SVG}text")]


def test_a_card_names_the_site_the_headline_the_date_the_category_and_the_publisher(draw):
    card = draw(title="三大股指收高，科创板个股普涨")
    assert (card.get("width"), card.get("height")) == ("1200", "630")
    assert card.find(f"{SVG}title").text == "三大股指收高，科创板个股普涨"
    assert texts(card) == [
        "旧闻库", "三大股指收高，", "科创板个股普涨", "2022年2月1日", "Markets", "Xinhua",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title",
    ['<b>"甲"</b> & \'乙\' ]]> <script>alert(1)</script>', "{{ site.title }}{% raw %}", "甲\x00\x1b\ufffe乙", "半\ud800个"],
)  # fmt: skip
def test_whatever_a_headline_holds_a_card_is_xml_and_shows_it_as_text(draw, title):
    card = draw(title=title)
    shown = "".join("".join(texts(card)[1:-3]).split())
    kept = title.replace("\ud800", "\ufffd").translate({0: None, 0x1B: None, 0xFFFE: None})
    assert shown in {"".join(kept.split()), "".join(kept.replace("\ufffd", "").split())}
    assert {element.tag.removeprefix(SVG) for element in card.iter()} <= {
        "svg", "title", "rect", "g", "text",
    }  # fmt: skip


@pytest.mark.parametrize("length", [1, 9, 30, 60, 300])
def test_lines_stay_between_the_rules_and_the_margins(draw, length):
    card = draw(title="国" * length)
    (group,) = (g for g in card.iter(f"{SVG}g") if g.get("font-weight"))
    size = int(group.get("font-size"))
    rows = [int(text.get("y")) for text in group]
    assert all(len(text.text) * size <= 1040 for text in group)
    assert rows[0] - size > 152
    assert rows[-1] + size * 0.2 < 540


def test_a_card_of_an_undated_article_without_terms_has_its_headline_alone(draw):
    card = draw(date=None, source="", title="甲")
    assert texts(card)[:2] == ["旧闻库", "甲"]
    assert "2022年2月1日" not in texts(card)


def test_a_card_is_set_in_the_faces_of_its_language(draw):
    faces = {
        language: next(
            g.get("font-family")
            for g in draw(language=language).iter(f"{SVG}g")
            if g.get("font-weight")
        )
        for language in ("zh-CN", "zh-TW", "ja", "en")
    }
    assert faces["zh-TW"].startswith("Songti TC")
    assert faces["en"].startswith("Charter")
    assert len(set(faces.values())) == 4


@pytest.fixture
def head(default):
    """What the page of an article says of its picture."""

    def build(config=CONFIG, summary=PLAIN, theme=default, count=1):
        plan = make_plan(*(make_article(1 + at % 28) for at in range(count)))
        frame = frame_site(config, plan, theme, ())
        page = article_page(plan.articles[0], summary, frame)
        return page.image, page.card, str(page.json_ld)

    return build


def test_the_page_names_its_card_and_the_json_ld_too(head):
    image, card, json_ld = head()
    assert (image, card) == ("https://news.example/旧/cards/markets/2022/1.svg", "svg")
    assert f'"image":"{image}"' in json_ld


def test_a_picture_of_the_articles_own_comes_before_a_card(head):
    own = head(summary=Summary("", "a.png"))
    assert own[:2] == ("https://news.example/旧/markets/2022/a.png", "")
    assert head(summary=Summary("", "https://elsewhere.example/a.png"))[1] == "svg"


def changed(**cards):
    return msgspec.structs.replace(CONFIG, cards=CardsConfig(**cards))


def test_there_are_cards_for_a_thousand_articles_and_for_more_only_when_asked_for(head):
    assert head(count=1000)[1] == "svg"
    assert head(count=1001)[:2] == ("", "")
    assert head(changed(make="always"), count=1001)[1] == "svg"
    assert head(changed(make="never"))[1] == ""


def test_without_an_address_or_a_template_there_are_no_cards(head, tmp_path):
    assert head(msgspec.structs.replace(CONFIG, site=SiteConfig()))[1] == ""
    assert head(theme=load_theme("plain", site_root=tmp_path, themes=[THEMES]))[1] == ""


def test_no_two_articles_share_a_card():
    files = ["a.html", "a.htm", "a.htm.html", "a.htm.svg.html", "a/index.html", "a/b.html", "b.php", "b.php.html", "b"]  # fmt: skip
    for form in (CardForm(), CardForm("png")):
        cards = [card_file(file, form) for file in files]
        assert len(set(cards)) == len(files)
        assert all(card.startswith("cards/") and card.endswith(form.format) for card in cards)
    assert card_file("2022/甲.html", CardForm()) == "cards/2022/甲.svg"
    assert card_file("a.svg/index.html", CardForm()) == ""


def test_a_site_draws_its_own_cards(make_theme, config):
    theme = make_theme(site={"templates/card.svg": "<svg>{{ card.title }} {{ card.size }} {{ lang }} {{ site.title|clip(2) }}</svg>"})  # fmt: skip
    plan = make_plan(make_article(title="a < b"))
    renderer = Renderer(theme, frame_site(config, plan, theme, ()))
    assert renderer.render_card(plan.articles[0]) == b"<svg>a &lt; b 104 en O\xe2\x80\xa6</svg>"


def test_an_error_in_it_names_file_and_line(make_theme, config):
    theme = make_theme(site={"templates/card.svg": "<svg>\n{{ card.titel }}</svg>"})
    plan = make_plan(make_article())
    with pytest.raises(ThemeError) as caught:
        Renderer(theme, frame_site(config, plan, theme, ())).render_card(plan.articles[0])
    assert (caught.value.path, caught.value.line) == ("templates/card.svg", 2)


@pytest.mark.parametrize(
    "change", [{"title": "别"}, {"date": datetime(2021, 1, 1, tzinfo=ZONE)}, {"source": "甲"}, {"language": "ja"}]
)  # fmt: skip
def test_whatever_a_card_shows_is_in_its_hash(default, change):
    hashes = set()
    for changes in ({}, change):
        plan = make_plan(make_article(**changes))
        renderer = Renderer(default, frame_site(CONFIG, plan, default, ()))
        hashes.add(renderer.fingerprint_card(plan.articles[0]))
    assert len(hashes) == 2


def font_file(name: str = "旧宋") -> bytes:
    """A font of nothing but its name."""
    text = name.encode("utf-16-be")
    table = struct.pack(">3H6H", 0, 1, 18, 3, 1, 0x409, 1, len(text), 0) + text
    return struct.pack(">4s4H4s3L", b"\0\1\0\0", 1, 0, 0, 0, b"name", 0, 28, len(table)) + table


def png(font: str):
    return Config(cards=CardsConfig(format="png", font=font))


def test_png_is_set_in_the_font_that_the_site_names(tmp_path):
    (tmp_path / "song.otf").write_bytes(font_file())
    form = choose_form(tmp_path, png("song.otf"))
    assert (form.format, form.font, form.family) == ("png", str(tmp_path / "song.otf"), "旧宋")
    before = form.stamp
    (tmp_path / "song.otf").write_bytes(font_file("新宋体"))
    assert choose_form(tmp_path, png("song.otf")).stamp != before


@pytest.mark.parametrize("data", [None, b"", b"no font", font_file()[:40]])
def test_without_a_font_cards_stay_svg(tmp_path, data):
    if data is not None:
        (tmp_path / "song.otf").write_bytes(data)
    assert choose_form(tmp_path, png("song.otf")) == CardForm()


@pytest.mark.skipif(find_spec("resvg_py") is None, reason="the extra `cards` is not installed")
def test_a_card_of_png_has_the_size_it_says(tmp_path):
    form = choose_form(tmp_path, png(""))
    if form.format != "png":
        pytest.skip("the system has no font that holds Chinese")
    theme = load_theme("default", site_root=tmp_path, themes=[THEMES])
    plan = make_plan(make_article(title="股市收高"))
    frame = frame_site(changed(format="png"), plan, theme, (), form)
    data = Renderer(theme, frame).render_card(plan.articles[0])
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">2L", data[16:24]) == (1200, 630)
    other = make_plan(make_article(title="股市收低"))
    assert Renderer(theme, frame).render_card(other.articles[0]) != data, "the headline is drawn"
