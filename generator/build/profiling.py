"""Measuring templates and articles in whatever process renders them, where a build is profiled.

Each process leaves what it measured on the stage; the build adds it up. Nothing of this exists in
a build that is not profiled.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from generator.render import Renderer, SiteFrame, Theme
from generator.report.profile import ArticleCost, Profile, TemplateCost, join_profiles

# The folder on the stage where measurements wait to be added up.
_FOLDER = "profile"


class Recorder:
    """Takes the measurements of one process. `name` tells processes apart."""

    def __init__(self, stage: Path, name: str) -> None:
        """Start with none."""
        self._folder, self._name = stage / _FOLDER, name
        self._count = 0
        self._templates: list[TemplateCost] = []
        self._articles: dict[str, ArticleCost] = {}

    def add_template(self, template: str, seconds: float) -> None:
        """A template was filled in."""
        self._templates.append(TemplateCost(template, 1, seconds))

    def add_article(self, path: str, seconds: float, size: int = 0) -> None:
        """A part of the way from an article's file of `size` bytes to its page was gone."""
        before = self._articles.get(path, ArticleCost(path, 0.0, 0))
        self._articles[path] = ArticleCost(path, before.seconds + seconds, before.bytes + size)

    def write(self) -> None:
        """Leave what was measured since the last time."""
        self._count += 1
        self._folder.mkdir(exist_ok=True)
        profile = join_profiles([Profile(tuple(self._templates), tuple(self._articles.values()))])
        path = self._folder / f"{self._name}-{self._count}"
        path.write_bytes(msgspec.msgpack.encode(profile))
        self._templates, self._articles = [], {}


class MeasuredRenderer(Renderer):
    """A renderer that tells what each template takes."""

    def __init__(self, theme: Theme, frame: SiteFrame, recorder: Recorder) -> None:
        super().__init__(theme, frame)
        self._recorder = recorder
        self._known: set[str] = set()

    def _fill(self, template: str, subject: str, **values: object) -> str:
        if template not in self._known:
            # Its first use compiles it and all it extends, which is no page's fault.
            self._known.add(template)
            super()._fill(template, subject, **values)
        start = time.perf_counter()
        text = super()._fill(template, subject, **values)
        seconds = time.perf_counter() - start
        self._recorder.add_template(template, seconds)
        if subject:
            self._recorder.add_article(subject, seconds)
        return text


def make_renderer(
    theme: Theme, frame: SiteFrame, recorder: Recorder | None, program: bytes = b""
) -> Renderer:
    """A renderer that is measured where there is a recorder; `program` as Renderer has it."""
    return MeasuredRenderer(theme, frame, recorder) if recorder else Renderer(theme, frame, program)


def read_profile(stage: Path) -> Profile:
    """All that was measured in a build."""
    return join_profiles(
        msgspec.msgpack.decode(path.read_bytes(), type=Profile)
        for path in sorted((stage / _FOLDER).glob("*"))
    )
