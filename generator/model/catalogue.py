"""Every diagnostic Backfile can give: code, severity, what was wrong, what was done, what to do.

`docs/diagnostics.md` is this table for people; a test holds the two together.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # an input is not published
    WARNING = "warning"  # published, after a repair or with something missing
    INFO = "info"  # worth knowing; nothing to do


class Kind(msgspec.Struct, frozen=True):
    """One kind of diagnostic. `repair` marks those that changed what the file says."""

    severity: Severity
    what: str
    action: str
    hint: str
    repair: bool = False


def _error(what: str, action: str, hint: str) -> Kind:
    return Kind(Severity.ERROR, what, action, hint)


def _warning(what: str, action: str, hint: str) -> Kind:
    return Kind(Severity.WARNING, what, action, hint)


def _info(what: str, action: str, hint: str = "nothing needs doing") -> Kind:
    return Kind(Severity.INFO, what, action, hint)


def _repair(what: str, action: str, hint: str = "`backfile check --fix` writes it back") -> Kind:
    return Kind(Severity.WARNING, what, action, hint, repair=True)


CATALOGUE: dict[str, Kind] = {
    # the file as bytes
    "file/empty": _error(
        "the file is empty", "quarantined", "restore it from a backup or remove it"
    ),
    "file/unreadable": _error(
        "the file cannot be read", "the build stops", "check its permissions"
    ),
    "file/binary": _error(
        "the file is not text", "quarantined", "move it out of the content folders"
    ),
    "file/too-large": _error(
        "the file is larger than an article can be",
        "quarantined",
        "split it or move it to static files",
    ),
    "file/loop": _error("a folder links back into itself", "the build stops", "remove the link"),
    "file/name-not-utf-8": _error(
        "the file's name is not UTF-8",
        "quarantined",
        "rename it; `convmv -f gbk -t utf8 -r --notest content` renames all",
    ),
    "file/linked-twice": _info("a folder is reached twice through links", "read once"),
    "file/not-an-article": _info(
        "not an article", "skipped", "`[content] include` can add its kind"
    ),
    "encoding/gb18030": _repair("not UTF-8", "read as GB18030"),
    "encoding/big5": _repair("not UTF-8", "read as Big5"),
    "encoding/windows-1252": _repair("not UTF-8", "read as Windows-1252"),
    "encoding/windows-1251": _repair("not UTF-8", "read as Windows-1251"),
    "encoding/koi8-r": _repair("not UTF-8", "read as KOI8-R"),
    "encoding/utf-32": _repair("not UTF-8", "read as UTF-32"),
    "encoding/shift-jis": _repair("not UTF-8", "read as Shift-JIS"),
    "encoding/euc-jp": _repair("not UTF-8", "read as EUC-JP"),
    "encoding/euc-kr": _repair("not UTF-8", "read as EUC-KR"),
    "encoding/mixed": _repair("two encodings in one file", "read as UTF-8 and GB18030 by lines"),
    "encoding/utf-16": _repair("not UTF-8", "read as UTF-16"),
    "encoding/damaged": _repair(
        "bytes that are no text in UTF-8 or GB18030",
        "shown as U+FFFD (\ufffd)",
        "restore the text if you have it",
    ),
    "encoding/truncated": _repair(
        "the file ends inside a character",
        "the broken end was dropped",
        "restore the end if you have it",
    ),
    "encoding/bom": _repair("a byte order mark stands first", "ignored"),
    "text/control-characters": _repair("control characters in the text", "removed"),
    # front matter
    "front-matter/missing": _info(
        "no front matter", "title and date are derived", "add front matter to state them"
    ),
    "front-matter/blank-lines-first": _repair("blank lines before the front matter", "skipped"),
    "front-matter/unclosed": _repair(
        "the front matter has no closing line", "closed after its last `key: value` line"
    ),
    "front-matter/rule-in-value": _repair(
        "a line of dashes inside a value", "taken as part of the value"
    ),
    "front-matter/unescaped-quote": _repair(
        "a quotation mark inside a quoted value", "taken as text"
    ),
    "front-matter/unclosed-quote": _repair(
        "a quoted value without a closing quotation mark", "closed at the line's end"
    ),
    "front-matter/backslash": _repair("a backslash that escapes nothing", "taken as text"),
    "front-matter/colon-in-value": _repair("a colon inside an unquoted value", "taken as text"),
    "front-matter/reserved-character": _repair(
        "a value starts with a character YAML reserves", "taken as text"
    ),
    "front-matter/loose-key": _repair(
        "a key that is indented, or has no colon and space behind it", "read as a key"
    ),
    "front-matter/tab": _repair("a tab where YAML allows none", "read as spaces"),
    "front-matter/duplicate-key": _repair("a key is given more than once", "the last value holds"),
    "front-matter/unreadable-line": _repair(
        "a line that is no `key: value`", "left out", "mend the line"
    ),
    "front-matter/line-break-in-value": _repair(
        "a value goes on in the next line without quotes or indent", "the lines were joined"
    ),
    "front-matter/not-a-mapping": _repair("the front matter holds no keys", "taken as body text"),
    "front-matter/not-text": _repair(
        "a list or mapping where text is meant", "taken as the text it was written as"
    ),
    "front-matter/unknown-value": _repair(
        "a value that is not understood", "ignored", "see docs/front-matter.md"
    ),
    # what an article must have
    "title/missing": _info("no title", "derived from the body", "add `title:`"),
    "title/placeholder": _warning(
        "no title, and nothing in the body to derive one from", "shown as untitled", "add `title:`"
    ),
    "date/missing": _info(
        "no date", "the article is listed as undated", "add `date:` if you know it"
    ),
    "date/unreadable": _warning(
        "the date cannot be read", "ignored", "write it as 2022-02-21 07:29:31 +0800"
    ),
    "date/impossible": _warning(
        "the date does not exist", "ignored", "write a date of the calendar"
    ),
    "date/unreadable-time": _warning(
        "the time of day cannot be read",
        "the day alone holds",
        "write it as 2022-02-21 07:29:31 +0800",
    ),
    "date/hour-24": _repair(
        "the time is 24:00", "read as midnight of the next day", "write 00:00 of the next day"
    ),
    "date/from-file-name": _info(
        "no readable date in the front matter", "taken from the file's name"
    ),
    "date/from-permalink": _info(
        "no readable date in the front matter", "taken from the permalink"
    ),
    "date/from-folder": _info(
        "no readable date in the front matter", "taken from the folder's name"
    ),
    "date/from-text": _info(
        "no readable date in the front matter", "taken from a line of the text's head"
    ),
    # bodies and links
    "body/empty": _warning(
        "the article has no text", "published with its headline alone", "restore the body"
    ),
    "body/captured-page": _info(
        "a captured page",
        "its article is shown, without the page around it",
        '`pages = "whole"` under `[content]` shows all of it',
    ),
    "body/html-document": _info("a whole HTML document", "its body is used"),
    "body/markdown-failed": _warning(
        "Markdown could not be converted", "the text is shown as it stands", "simplify the Markdown"
    ),
    "link/broken": _info(
        "a link to a page of the old site that is not in the archive", "left as it was"
    ),
    # planning
    "content/guessed-root": _info(
        "no content/, _posts/ or old_post/ folder",
        "the whole folder is read",
        "name it in `[content] roots`",
    ),
    "url/collision": _warning(
        "an address is wanted by more than one page",
        "the later one got a number",
        "give one a `slug:` or `permalink:`",
    ),
    "url/invalid": _warning(
        "the stated address cannot be used", "the site's pattern was used", "mend `permalink:`"
    ),
    "alias/taken": _warning(
        "an alias is the address of another page", "no redirect made", "remove the alias"
    ),
    "article/duplicate": _info(
        "the same article stands in another file", "published once", "remove one of the two"
    ),
    "article/unrenderable": _error(
        "the article cannot be rendered", "quarantined", "see the message"
    ),
    # publishing
    "output/foreign-file": _info(
        "a file in the output folder is not ours", "left alone", "move it to static/ to publish it"
    ),
    "output/foreign-replaced": _warning(
        "a file that is not ours stood where a page belongs",
        "kept beside it with the ending .orig",
        "move it away",
    ),
    "state/set-aside": _info(
        "what the last build left cannot be read", "set aside; everything was built anew"
    ),
    # search
    "search/no-lunr-json": _info(
        "no standard Lunr index is written for so much text",
        "search/lunr.json was left out",
        "search itself needs none",
    ),
    # cards
    "cards/none": _info(
        "no pictures are made of headlines",
        "previews of links show the picture of the site, if it has one",
        "see [cards] in docs/configuration.md",
    ),
    "cards/no-font": _warning(
        "no font that holds Chinese was found to draw cards with",
        "they were published as SVG",
        "name one as `font` under [cards]",
    ),
    # what an import finds
    "import/title-from-lead": _info(
        "the capture has no headline", "a title was made of its own words, by the rule named"
    ),
    "import/boilerplate-cut": _info(
        "text of the capturing page", "cut and kept in the sidecar record"
    ),
    "import/kept-edited": _info(
        "the article was edited since it was imported", "left as it is", "remove it to import again"
    ),
    "import/unreadable": _error(
        "the capture cannot be read", "quarantined", "check its permissions"
    ),
    "import/not-a-capture": _error(
        "the file holds no article text", "quarantined", "remove it from the captures"
    ),
    "import/record-unreadable": _warning(
        "the record of an import cannot be read", "made anew", "do not edit content/.import/"
    ),
    "import/damaged": _warning(
        "parts of the file are damaged", "read as far as they go", "fetch the file again if you can"
    ),
    "import/passed-over": _info("no article among the many of a file", "passed over"),
    "import/pictures": _info(
        "pictures of imported pages are in the same file", "written to the content folder"
    ),
    "import/hosts": _warning(
        "pages come from hosts that the site does not know",
        "imported; links to them lead out of the archive, and captured pages do not keep their addresses",
        "name the old site's hosts in `[content] hosts`",
    ),
    "import/name-taken": _warning(
        "two captures would make the same file", "the later one got a number", "compare the two"
    ),
}
