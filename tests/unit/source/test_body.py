"""A body becomes clean HTML, its text, its first picture and its length, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soup import SOUP

from generator.source import body as body_module
from generator.source.body import BodyRenderer

RENDERER = BodyRenderer(trusted=False, remote_images="link", image_label="图片")
TRUSTED = BodyRenderer(trusted=True, remote_images="link", image_label="图片")


def render(text, *, is_html=False, resolve=None, renderer=RENDERER):
    return renderer.render(text, is_html=is_html, resolve=resolve or {}, root="../")


def test_a_body_is_markdown_unless_it_is_html():
    assert render("*甲*").html == "<p><em>甲</em></p>"
    assert render("*甲*", is_html=True).html == "<p>*甲*</p>"


def test_a_body_has_text_picture_and_length():
    body = render(
        "> 摘要。\n\n<p>一 二</p><center><img src='//x.example/a.jpg' alt=图></center>\n\n[回](old.html)",
        resolve={"old.html": "../new.html"},
    )
    assert body.text == "摘要。\n一 二\n回"
    assert body.image == "https://x.example/a.jpg"
    assert body.characters == 6
    assert not body.has_failed
    assert 'href="../new.html"' in body.html
    assert body.summary.excerpt == "摘要。一 二回"
    assert body.summary.image == body.image
    assert body.summary.characters == 6


def test_markdown_out_of_all_proportion_is_shown_as_it_stands():
    body = render("[" * 5000 + "\n\n甲 < 乙\n\n<p>丙</p>")
    assert body.has_failed
    assert body.html == f"<p>{'[' * 5000}</p>\n<p>甲 &lt; 乙</p>\n<p>丙</p>"


def test_trusted_html_is_kept_but_for_its_links():
    html = '<div style="color:red" onclick="x()"><a href="a.html#b">甲</a><img src="//x.example/a"></div>'
    assert render(html, is_html=True, renderer=TRUSTED).html == html
    page = render(html, is_html=True, renderer=TRUSTED, resolve={"a.html#b": "../c.html#b"}).html
    assert page == html.replace("a.html#b", "../c.html#a-b")


def test_a_body_longer_than_any_book_is_shown_without_its_markup(monkeypatch):
    monkeypatch.setattr(body_module, "_LONGEST", 1000)
    body = render("<p>甲</p>\n\n" + "乙" * 1000, is_html=True)
    assert body.has_failed
    assert body.html == f"<p>&lt;p&gt;甲&lt;/p&gt;</p>\n<p>{'乙' * 1000}</p>"
    pictures = f"<p>甲<img src='data:image/png;base64,{'A' * 2000}' alt=乙></p>"
    assert render(pictures, is_html=True).html == "<p>甲乙</p>"


@given(st.one_of(SOUP, st.text(max_size=200)), st.booleans())
def test_no_body_is_refused(text, is_html):
    body = render(text, is_html=is_html)
    assert body.characters == len("".join(body.text.split()))
    assert RENDERER.render(text, is_html=is_html, resolve={}, root="../") == body


@pytest.mark.parametrize("text", ["", " \n", "<p></p>", "<!-- nur das -->", "<script>x</script>"])
def test_a_body_may_be_empty(text):
    body = render(text)
    assert (body.html.strip(), body.text, body.image, body.characters) == ("", "", "", 0)
