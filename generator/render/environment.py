"""Jinja for one theme and one language: the functions and filters that templates may use.

Templates are trusted, as any program a site's owner installs; what they are given is not. Text
is escaped, and nothing out of an article is ever read as a template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, UndefinedError
from jinja2.utils import missing

from generator.errors import ThemeError
from generator.render.assets import Asset
from generator.render.context import SiteContext
from generator.render.filters import make_filters
from generator.render.folding import FoldingEnvironment
from generator.render.hints import hint_nearest
from generator.render.messages import Translator
from generator.render.theme import Theme
from generator.text.address import quote_path


class UnknownNameError(UndefinedError):
    """A template uses a name that does not exist; `owner` is the value it was looked for in."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message)
        self.owner: object = missing
        self.name: object = None
        self.advice = ""  # Jinja's own words, where it has some


class _Unknown(StrictUndefined):
    """An undefined value that remembers what was asked for, so that the error can give advice."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        def unknown_name(message: str) -> UnknownNameError:
            error = UnknownNameError(message)
            error.owner, error.name, error.advice = obj, name, hint or ""
            return error

        # Jinja only ever calls `exc`; a function lets the error carry more than its message.
        super().__init__(hint, obj, name, unknown_name if exc is UndefinedError else exc)  # type: ignore[arg-type]


def make_environment(
    theme: Theme,
    translate: Translator,
    site: SiteContext,
    *,
    is_direct: bool = False,
    compiled: BytecodeCache | None = None,
) -> Environment:
    """Make the environment that renders every page of a process. Its templates compile once.

    `is_direct` as FoldingEnvironment has it; `compiled` keeps templates that other processes
    compiled.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        template = theme.templates.get(name)
        return None if template is None else (template.source, template.shown, None)

    environment = FoldingEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    functions: dict[str, Callable[..., object]] = {
        "t": translate,
        "asset": asset_finder(theme.assets),
        "weekdays": translate.formats.short_weekdays,
    }
    environment.is_direct = is_direct
    environment.globals |= {"site": site, **functions}
    bound = theme.survey.bound
    environment.constants = {} if "site" in bound else {"site": site}
    environment.functions = {name: made for name, made in functions.items() if name not in bound}
    environment.filters |= make_filters(translate.formats)
    return environment


def asset_finder(assets: tuple[Asset, ...]) -> Callable[[str], str]:
    """Give the `asset` function: an asset's name → the link to it from the site's root."""
    hrefs = {asset.name: quote_path(asset.file) for asset in assets}

    def asset(name: str) -> str:
        try:
            return hrefs[name]
        except KeyError:
            raise ThemeError(
                f"there is no asset `{name}`",
                hint=hint_nearest(name, hrefs) or "assets stand in the folder assets/",
            ) from None

    return asset


def known_names(environment: Environment, local: Mapping[str, object]) -> set[str]:
    """Give the names a template may use at one place, for advice."""
    return {*environment.globals, *(name for name in local if not name.startswith("_"))}
