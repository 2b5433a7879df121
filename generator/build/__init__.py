"""The build: the only code that knows the order of the stages."""

from generator.build.build import build_site
from generator.build.check import CheckReport, check_site
from generator.build.create import create_article, create_site
from generator.build.listing import clean_site, list_site
from generator.build.options import BuildOptions, Progress
from generator.report import BuildReport

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
    "list_site",
]
