"""What the preview adds to pages, and nothing else."""

from datetime import UTC, datetime

import pytest

from generator.model import Article
from generator.serve.inject import inject, mark_of

NOW = datetime(2022, 6, 1, tzinfo=UTC)
PAGE = b"<!doctype html>\n<html><head><title>x</title></head>\n<body class='a'>\n<p>text</p>\n</body>\n</html>\n"


def test_the_script_comes_last_in_the_body_and_nothing_else_changes():
    made = inject(PAGE, "/news/", "id", 7)
    script = b'<script src="/news/_backfile/preview.js" data-session="id" data-version="7" defer></script>'
    assert made == PAGE.replace(b"</body>", script + b"</body>")


def test_a_page_without_an_end_gets_it_too():
    assert inject(b"<p>x", "/", "id", 1).startswith(b"<p>x<script ")


def test_the_last_end_of_a_body_counts():
    page = b"<body><pre>&lt;/body></pre><!-- </body> --></BODY ></html>"
    assert inject(page, "/", "id", 1).endswith(b"defer></script></BODY ></html>")


@pytest.mark.parametrize("mark", ["draft", "future", "expired"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_page_that_is_not_published_says_so_in_words(mark, language):
    made = inject(PAGE, "/", "id", 1, mark=mark, language=language).decode()
    assert f"<body class='a'><div data-backfile-draft=\"{mark}\">" in made
    assert '<link rel="stylesheet" href="/_backfile/preview.css"></head>' in made


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({}, ""),
        ({"is_draft": True}, "draft"),
        ({"date": datetime(2022, 6, 2, tzinfo=UTC)}, "future"),
        ({"date": datetime(2022, 5, 2, tzinfo=UTC)}, ""),
        ({"expires": NOW}, "expired"),
        ({"expires": datetime(2022, 6, 2, tzinfo=UTC)}, ""),
    ],
)
def test_why_an_article_would_be_left_out(fields, mark):
    assert mark_of(Article("a.md", "a", "A", **fields), NOW) == mark
