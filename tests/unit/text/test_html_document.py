"""Whole documents are told from fragments, in time."""

from generator.text.html_document import find_document


def test_a_document_may_open_with_a_declaration_and_comments():
    text = '<?xml version="1.0"?>\n<!-- a -->\n<!-- b --><!DOCTYPE html><title>T</title><body>x'
    document = find_document(text)
    assert (document.title, text[document.body_start :]) == ("T", "x")


def test_a_fragment_is_no_document():
    assert find_document("<p>text</p>") is None
    assert find_document("<!-- a --> text") is None


def test_many_comments_are_read_in_one_pass():
    """With a pattern that tries every split of them this would not end."""
    assert find_document("<!-- a -->" * 20_000) is None
