"""The build: the only code that knows the order of the stages.

Names are loaded when they are first asked for: a command loads only what it runs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.build.build import build_site
    from generator.build.check import CheckReport, check_site
    from generator.build.create import create_article, create_site, create_theme
    from generator.build.explain import explain_page
    from generator.build.listing import clean_site, list_site
    from generator.build.options import BuildOptions, Progress
    from generator.report import BuildReport

_HOMES = {
    "BuildOptions": "generator.build.options",
    "BuildReport": "generator.report",
    "CheckReport": "generator.build.check",
    "Progress": "generator.build.options",
    "build_site": "generator.build.build",
    "check_site": "generator.build.check",
    "clean_site": "generator.build.listing",
    "create_article": "generator.build.create",
    "create_site": "generator.build.create",
    "create_theme": "generator.build.create",
    "explain_page": "generator.build.explain",
    "list_site": "generator.build.listing",
}

__all__ = [
    "BuildOptions",
    "BuildReport",
    "CheckReport",
    "Progress",
    "build_site",
    "check_site",
    "clean_site",
    "create_article",
    "create_site",
    "create_theme",
    "explain_page",
    "list_site",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
