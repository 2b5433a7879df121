"""A standard serialised Lunr index of a small archive, made by lunr.py: `search/lunr.json`.

Any Lunr client loads it with `lunr.Index.load`: its pipeline is empty, so nothing has to be
registered first. Its tokens are ours (single characters and bigrams of Han, words), so one
character, two characters and words can be asked for as they are; longer runs are spelled as
required pairs (`+赣南 +南脐 +脐橙`), which the function in `search/lunr-bigrams.js` does.

Forty to fifty kilobytes an article and tens of milliseconds to make one: past some 500 articles
it is of no use to anybody, and is not written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from lunr.builder import Builder  # type: ignore[import-untyped]  # lunr.py has no annotations

from generator.search.document import SearchDocument, SearchSettings
from generator.search.files import IndexFile
from generator.search.tokens import index_tokens

MOST_ARTICLES = 500
# Of their files; lunr.py takes 2 s a megabyte.
MOST_BYTES = 8 * 1024 * 1024
# Halves of characters beyond the basic plane are terms of their own, and no UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
_BIGRAMS = Path(__file__).with_name("client") / "lunr-bigrams.js"


def lunr_files(
    documents: Sequence[SearchDocument], settings: SearchSettings
) -> tuple[IndexFile, ...]:
    """`search/lunr.json` and `search/lunr-bigrams.js`; nothing for no documents or too many."""
    if not 0 < len(documents) <= MOST_ARTICLES:
        return ()
    builder = Builder()
    builder.ref("href")
    builder.field("title", boost=settings.title_boost)
    builder.field("body", boost=settings.body_boost)
    builder.k1(settings.k1)
    builder.b(settings.b)
    for document in documents:
        # Lists of tokens pass Lunr's tokenizer, which knows blanks alone, as they are.
        builder.add(
            {
                "href": document.href,
                "title": index_tokens(document.title),
                "body": index_tokens(document.text),
            }
        )
    serialised = builder.build().serialize()
    text = json.dumps(serialised, separators=(",", ":"), ensure_ascii=False)
    data = _SURROGATE.sub(lambda unit: f"\\u{ord(unit[0]):04x}", text).encode()
    return (
        IndexFile("search/lunr.json", data),
        IndexFile("search/lunr-bigrams.js", _BIGRAMS.read_bytes()),
    )
