"""Front matter, file name and body → an `Article`, by named rules."""

from __future__ import annotations

from hashlib import blake2b
from posixpath import basename, dirname, splitext

from generator.config import Config
from generator.model import Article, Diagnostic
from generator.source.adapters import ADAPTERS, Facts, choose_adapter
from generator.source.dating import (
    EXPIRES_KEYS,
    UPDATED_KEYS,
    date_field,
    find_date,
    find_moment,
    split_name,
)
from generator.source.draft import Draft
from generator.source.fields import TEXT_KEYS, Field
from generator.source.front_matter import FrontMatter
from generator.source.links import find_links
from generator.source.liquid import read_liquid
from generator.source.mdx import read_mdx
from generator.source.placing import placed_address, with_defaults
from generator.source.shortcodes import read_shortcodes
from generator.source.title import derive_title
from generator.source.values import flag_of, language_of, text_of, texts_of, title_of
from generator.text.dates import month_in_path
from generator.text.html_document import HtmlDocument, find_document
from generator.text.patterns import late

_QUERY = late(r"\.\w{2,5}\?")
# In Hexo's folder `source` names no category.
HEXO_ROOT = "source/_posts"
# WordPress' and Pelican's words for what is not published.
_HELD_BACK = frozenset(("draft", "private", "pending", "hidden", "trash"))


def make_article(
    path: str,
    root: str,
    text: str,
    front_matter: FrontMatter,
    config: Config,
    *,
    size: int,
    is_sound: bool = False,
) -> tuple[Article, list[Diagnostic]]:
    """Put an article together. `path` is relative to the site's root, `root` its content root.

    `size` is that of the file in bytes; `is_sound`: see `Decoded`.
    """
    fields = with_defaults(front_matter.fields, path, root, config.content)
    draft = Draft(path, fields, text[front_matter.body_start :], front_matter.body_start, [])
    document = _enter_document(draft)
    name, name_day = split_name(_stem(path, root))
    metadata = {key: field.value for key, field in fields.items() if isinstance(field.value, str)}
    adapter_name, adapter = choose_adapter(config.content.adapter, metadata, draft.body)
    facts = adapter.read(metadata, name, draft.body) if adapter else Facts()
    cleaned = _read_tags(draft.body, path)
    if adapter:
        cleaned = adapter.clean(cleaned)
    date, has_time = find_date(draft, name_day, facts, config)
    if date is None and not root.endswith("/"):  # a page beside the posts misses none
        month = month_in_path(dirname(path))
        draft.note("date/missing", date_field(draft), f"its folder says {month}" if month else "")
    title = _title(draft, name, document)
    terms = {key: _terms(fields, key, adapter_name) for key in ("categories", "tags")}
    folders = () if root in config.content.collections else _jekyll_folders(root)
    categories = tuple(dict.fromkeys((*folders, *terms["categories"])))
    hosts = {*config.content.hosts, *config.site.hosts, *(adapter.hosts if adapter else ())}
    article = Article(
        path=path,
        name=name.lstrip("-") or name,
        title=title,
        date=date,
        has_time=has_time,
        updated=find_moment(draft, UPDATED_KEYS, config),
        expires=find_moment(draft, EXPIRES_KEYS, config),
        categories=categories,
        category_path=tuple(dict.fromkeys(part for text in categories for part in text.split())),
        category_title=facts.category_title,
        tags=terms["tags"],
        source=facts.source or text_of(fields.get("source")),
        source_url=facts.source_url or _source_url(fields),
        authors=texts_of(fields.get("authors"), whole=True) or texts_of(fields.get("author"), whole=True),
        description=text_of(fields.get("description") or fields.get("excerpt") or fields.get("summary")),
        language=language_of(fields.get("lang") or fields.get("locale") or fields.get("language"))
        or (document.language if document else ""),
        slug=text_of(fields.get("slug")),
        permalink=text_of(fields.get("permalink") or fields.get("url") or fields.get("path"))
        or placed_address(path, root, config.content, is_copied=front_matter.block is None),
        aliases=tuple(alias for key in ("aliases", "alias", "redirect_from") for alias in texts_of(fields.get(key), whole=True)),
        is_draft=_flag(draft, "draft", default=False) or not _flag(draft, "published", default=True)
        or "_drafts" in path.split("/") or text_of(fields.get("status")).lower() in _HELD_BACK,
        is_searchable=_flag(draft, "search", default=True),
        adapter=adapter_name,
        links=find_links(cleaned, hosts),
        body_start=draft.body_start,
        body_digest=digest_body(cleaned),
        size=size,
        is_sound=is_sound,
        extra={key: field.value for key, field in fields.items() if key not in TEXT_KEYS},
    )  # fmt: skip
    if not cleaned.strip() and not article.is_draft:
        draft.note("body/empty")
    return article, draft.diagnostics


def _stem(path: str, root: str) -> str:
    """A file's name without its ending; that of the folder for `headline/index.md`.

    Hugo's bundles and mirrors of websites keep an article so. A mirror's `show.html?id=3` is a
    name of its own.
    """
    name = basename(path)
    stem = name if "?" in name and _QUERY.search(name) else splitext(name)[0]
    folder = dirname(path)
    return basename(folder) if stem.lower() == "index" and folder not in ("", root) else stem


def digest_body(body: str) -> str:
    """A digest that white space does not change: the same text saved twice is the same."""
    if not body.isascii():
        body = body.replace("\u3000", "").replace("\xa0", "")
    text = body.encode("utf-8", "surrogatepass").translate(None, b" \t\n\v\f\r")
    return blake2b(text, digest_size=16).hexdigest()


def clean_body(article: Article, text: str) -> str:
    """The body of a decoded file as it is to be rendered."""
    body = _read_tags(text[article.body_start :], article.path)
    return ADAPTERS[article.adapter].clean(body) if article.adapter else body


def _read_tags(body: str, path: str) -> str:
    """The body with the tags of old generators read that have one meaning."""
    if path.endswith(".mdx"):
        body = read_mdx(body)
    return (
        read_shortcodes(read_liquid(body)) if "{" in body or "[" in body or ":::" in body else body
    )


def _enter_document(draft: Draft) -> HtmlDocument | None:
    """Step into the body where the file is a whole HTML document."""
    document = find_document(draft.body)
    if document is not None:
        draft.note("body/html-document")
        draft.body = draft.body[document.body_start :]
        draft.body_start += document.body_start
    return document


def _title(draft: Draft, name: str, document: HtmlDocument | None) -> str:
    field = draft.fields.get("title")
    stated = title_of(field)
    if stated:
        if field and not isinstance(field.value, str):
            draft.note("front-matter/not-text", field, "title")
        return stated
    derived = derive_title(draft.body, name, document)
    if derived is None:
        draft.note("title/placeholder", field)
        return name
    draft.note("title/missing", field, f"by {derived.rule}: {derived.title}")
    draft.body = draft.body[derived.body_offset :]
    draft.body_start += derived.body_offset
    return derived.title


def _terms(fields: dict[str, Field], key: str, adapter: str) -> tuple[str, ...]:
    field = fields.get(key)
    if field is None:
        singular = {"categories": "category", "tags": "tag"}[key]
        return texts_of(fields.get(singular), whole=True)
    if adapter and isinstance(field.value, str):
        return ADAPTERS[adapter].split_terms(field.value.strip())
    return texts_of(field)


def _jekyll_folders(root: str) -> tuple[str, ...]:
    """The folders above a `_posts` folder: Jekyll makes them categories."""
    if root.rpartition("/")[2] != "_posts" or root == HEXO_ROOT:
        return ()
    return tuple(part for part in dirname(root).split("/") if part not in ("", "."))


def _source_url(fields: dict[str, Field]) -> str:
    for key in ("source_url", "original", "link"):
        text = text_of(fields.get(key))
        if text.startswith(("http://", "https://")):
            return text
    return ""


def _flag(draft: Draft, key: str, *, default: bool) -> bool:
    field = draft.fields.get(key)
    value = flag_of(field, default=default)
    if value is None:
        draft.note("front-matter/unknown-value", field, f"{key}: {text_of(field)}")
        return default
    return value
