"""What a theme's templates can show, read off their syntax trees without running them.

Pages are rendered again only when something they show has changed. Most themes show the number of
all articles on the front page alone; then a new article must not cost every old page a rendering.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

import msgspec
from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.errors import ThemeError

# Stands after the name of a value that a template asks for a name it works out: `site[key]`.
ANY = "[]"


class Survey(msgspec.Struct, frozen=True):
    """`bound`: the names that any template gives values of its own. `reads`: by page template,
    every attribute that it, or a template it extends, includes or imports, may ask a value for;
    `uses`: by page template, those templates and itself.
    """

    bound: frozenset[str]
    reads: dict[str, frozenset[str]]
    uses: dict[str, frozenset[str]]


class _Tree(msgspec.Struct, frozen=True):
    bound: frozenset[str]
    reads: frozenset[str]
    needs: frozenset[str]
    needs_any: bool  # it names a template by a value, so any may be meant


def survey_templates(sources: Mapping[str, tuple[str, str]], pages: tuple[str, ...]) -> Survey:
    """Read all templates: name → source and file. Raises ThemeError for a syntax error."""
    trees: dict[str, _Tree] = {}
    by_file: dict[str, _Tree] = {}
    for name, (source, shown) in sources.items():
        if shown not in by_file:
            by_file[shown] = _read(source, shown)
        trees[name] = by_file[shown]
    gathered = {page: _gather(page, trees) for page in pages}
    return Survey(
        bound=frozenset[str]().union(*(tree.bound for tree in trees.values())),
        reads={page: reads for page, (reads, _) in gathered.items()},
        uses={page: uses for page, (_, uses) in gathered.items()},
    )


def pack_survey(
    survey: Survey, sources: Mapping[str, tuple[str, str]], pages: tuple[str, ...]
) -> bytes:
    """Pack a survey for `unpack_survey`."""
    return msgspec.msgpack.encode((_digest(sources, pages), survey))


def unpack_survey(
    packed: bytes, sources: Mapping[str, tuple[str, str]], pages: tuple[str, ...]
) -> Survey | None:
    """Give the survey of the same templates; None where they have changed or it is damaged."""
    try:
        made_of, survey = msgspec.msgpack.decode(packed, type=tuple[bytes, Survey])
    except msgspec.MsgspecError:
        return None
    return survey if made_of == _digest(sources, pages) else None


def _digest(sources: Mapping[str, tuple[str, str]], pages: tuple[str, ...]) -> bytes:
    return blake2b(msgspec.msgpack.encode((sources, pages)), digest_size=16).digest()


@lru_cache(maxsize=256)
def _read(source: str, shown: str) -> _Tree:
    """Read one template; a preview reads the same ones after every edit of another."""
    try:
        tree = Environment(autoescape=True).parse(source, filename=shown)
    except TemplateSyntaxError as error:
        raise ThemeError(
            error.message or "not a template", path=shown, line=error.lineno
        ) from error
    needs = list(_needs(tree))
    return _Tree(
        bound=frozenset(_bound(tree)),
        reads=frozenset(_reads(tree)),
        needs=frozenset(name for name in needs if name is not None),
        needs_any=None in needs,
    )


def _gather(page: str, trees: Mapping[str, _Tree]) -> tuple[frozenset[str], frozenset[str]]:
    seen: set[str] = set()
    waiting = [page]
    reads: set[str] = set()
    while waiting:
        name = waiting.pop()
        tree = trees.get(name)
        if tree is None or name in seen:
            continue
        seen.add(name)
        reads |= tree.reads
        waiting += trees if tree.needs_any else tree.needs
    return frozenset(reads), frozenset(seen)


def _bound(tree: nodes.Template) -> Iterator[str]:
    """Every name that is set, is a parameter, or is imported."""
    for name in tree.find_all(nodes.Name):
        if name.ctx != "load":
            yield name.name
    for imported in tree.find_all(nodes.Import):
        yield imported.target
    for taken in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in taken.names)
    for macro in tree.find_all(nodes.Macro):
        yield macro.name


def _reads(tree: nodes.Template) -> Iterator[str]:
    """Every attribute's name; any constant text may be one too, as in `map(attribute="count")`."""
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and not isinstance(item.arg, nodes.Const):
            yield item.node.name + ANY
    for attribute in tree.find_all(nodes.Getattr):
        yield attribute.attr
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            yield from constant.value.split(".")


def _needs(tree: nodes.Template) -> Iterator[str | None]:
    """Every template that is extended, included or imported; None where a value names it."""
    choices = [
        *(node.template for node in tree.find_all(nodes.Extends)),
        *(node.template for node in tree.find_all(nodes.Include)),
        *(node.template for node in tree.find_all(nodes.Import)),
        *(node.template for node in tree.find_all(nodes.FromImport)),
    ]
    for choice in choices:
        parts = choice.items if isinstance(choice, nodes.List | nodes.Tuple) else [choice]
        for part in parts:
            value = part.value if isinstance(part, nodes.Const) else None
            yield value if isinstance(value, str) else None
