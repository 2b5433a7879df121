"""Whatever goes wrong in a template → ThemeError with the template's file and line."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

import msgspec
from jinja2 import Environment, TemplateNotFound, TemplatesNotFound, TemplateSyntaxError
from jinja2.utils import missing

from generator.errors import ThemeError
from generator.render.context import (
    ArticleContext,
    DatesContext,
    ListContext,
    PageContext,
    SiteContext,
    Teaser,
    TermsContext,
)
from generator.render.environment import UnknownNameError, known_names
from generator.render.hints import hint_nearest
from generator.render.theme import Theme

# What templates call the values of these types.
_NAMES: tuple[tuple[type, str], ...] = (
    (SiteContext, "`site`"),
    (PageContext, "`page`"),
    (ArticleContext, "`article`"),
    (ListContext, "`listing`"),
    (TermsContext, "`index`"),
    (DatesContext, "`calendar`"),
    (Teaser, "the teaser"),
)


def explain_fault(
    error: Exception, template: str, subject: str, theme: Theme, environment: Environment
) -> ThemeError:
    """Turn an exception raised while `template` made the page of `subject` into a ThemeError."""
    frames = _template_frames(error.__traceback__)
    start = theme.templates.get(template)
    path, line = (start.shown if start else theme.shown), 0
    local: Mapping[str, object] = {}
    if frames:
        path, line, local = frames[-1]
    message, hint = f"{type(error).__name__}: {error}", ""
    if isinstance(error, TemplateSyntaxError):
        path, line = error.filename or path, error.lineno
        message, hint = error.message or "not a template", _advise_syntax(error, environment)
    elif isinstance(error, ThemeError):
        message, hint = error.message, error.hint
    elif isinstance(error, UnknownNameError):
        message, hint = _explain_name(error, known_names(environment, local))
    elif isinstance(error, TemplateNotFound):
        names = error.templates if isinstance(error, TemplatesNotFound) else [error.name]
        message = f"there is no template {' or '.join(f'`{name}`' for name in names)}"
        hint = hint_nearest(str(names[0]), theme.templates)
    elif isinstance(error, RecursionError):
        message = "templates include or extend one another in a circle"
        hint = 'a template that replaces another extends it by its theme: "default/base.html"'
    if subject:
        message = f"{message} (on the page of {subject})"
    return ThemeError(message, path=path, line=line, hint=hint)


def _template_frames(
    traceback: TracebackType | None,
) -> list[tuple[str, int, Mapping[str, object]]]:
    """Give file, line and names of every template the error came through, the innermost last.

    Jinja puts such frames into the traceback and marks them by a name among their globals.
    """
    found: list[tuple[str, int, Mapping[str, object]]] = []
    while traceback is not None:
        frame = traceback.tb_frame
        if "__jinja_exception__" in frame.f_globals:
            found.append((frame.f_code.co_filename, traceback.tb_lineno, frame.f_locals))
        traceback = traceback.tb_next
    return found


def _explain_name(error: UnknownNameError, names: set[str]) -> tuple[str, str]:
    if error.advice:
        return error.advice, ""
    name = str(error.name)
    owner = error.owner
    if owner is missing:
        return f"there is no `{name}` here", hint_nearest(name, names) or _list(names)
    if isinstance(owner, msgspec.Struct):
        known = set(owner.__struct_fields__)
        label = next((label for kind, label in _NAMES if isinstance(owner, kind)), "the value")
    elif isinstance(owner, Mapping):
        known = {str(key) for key in owner}
        label = "the table"
    else:
        known = {key for key in dir(owner) if not key.startswith("_")}
        label = "nothing (none)" if owner is None else f"a value of type {type(owner).__name__}"
    if owner is None:
        return f"`{name}` is asked of nothing", "ask `{% if … %}` first whether there is a value"
    return f"{label} has no `{name}`", hint_nearest(name, known) or _list(known)


def _list(names: set[str]) -> str:
    return f"there is: {', '.join(sorted(names))}" if names else "it is empty"


def _advise_syntax(error: TemplateSyntaxError, environment: Environment) -> str:
    """Name the nearest filter or test for one that does not exist."""
    words = (error.message or "").split("'")
    if len(words) < 3 or not (error.message or "").startswith(("No filter", "No test")):
        return ""
    known = environment.filters if "filter" in words[0] else environment.tests
    return hint_nearest(words[1], known)
