"""Pages that are the preview's own: while the archive is read, and where no page could be made."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generator.serve.faults import Fault
from generator.serve.words import say
from generator.text.place import name_place

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
{head}<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{body}</main>
</body>
</html>
"""
# Where no script runs; else the page is changed when there is another.
_AGAIN = '<noscript><meta http-equiv="refresh" content="1"></noscript>\n'


def waiting_page(language: str, line: str, done: int, total: int) -> bytes:
    """While the archive is read: how far it is, in a `line` as well."""
    how_far = f' value="{done}" max="{total}"' if total else ""
    body = (
        f"<progress data-backfile-reading{how_far}></progress>\n"
        f'<p data-backfile-reading role="status">{escape(line)}</p>\n'
        f"<p>{escape(say('soon', language))}</p>\n"
    )
    title = escape(say("waiting", language))
    return _PAGE.format(language=escape(language), head=_AGAIN, title=title, body=body).encode()


def fault_page(faults: Sequence[Fault]) -> bytes:
    """In the place of a page that could not be made yet: why, in plain HTML."""
    body = "".join(_show(fault) for fault in faults)
    return _PAGE.format(
        language="en", head="", title="This page cannot be made", body=body
    ).encode()


def missing_page(path: str) -> bytes:
    """For an address outside the site."""
    text = f"<p>The site has no page at <code>{escape(path)}</code>.</p>\n"
    return _PAGE.format(language="en", head="", title="There is no such page", body=text).encode()


def _show(fault: Fault) -> str:
    place = name_place(fault.path, fault.line, fault.column)
    more = "…" if fault.skipped else ""
    lines = "\n".join(
        f"{'→' if number == fault.line else ' '} {number:5} {more}{escape(text)}"
        for number, text in fault.excerpt
    )
    excerpt = f"<pre>{lines}</pre>\n" if lines else ""
    hint = f"<p>{escape(fault.hint)}</p>\n" if fault.hint else ""
    return f"<h2>{escape(fault.message)}</h2>\n<p><code>{escape(place)}</code></p>\n{excerpt}{hint}"
