"""Pages until the site is read: as they were built last, behind a preview or by a build.

They may be out of date for the second or two that reading takes; then the browser is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from generator.config import Config
from generator.serve.finding import find_file
from generator.serve.inject import inject
from generator.serve.media import PAGES, media_type
from generator.serve.replies import protect, reply_file

# Only a folder that a build of ours wrote is shown.
_MANIFEST = ".backfile/manifest"


class Early:
    """Built sites, the freshest first."""

    def __init__(self, folders: Sequence[Path], config: Config, session: str) -> None:
        self._folders = [folder for folder in folders if (folder / _MANIFEST).is_file()]
        self._config, self._session = config, session

    def answer(self, request: Request, path: str) -> Response | None:
        """A file of a built site, None where there is none."""
        for folder in self._folders:
            response = self._answer(request, path, folder)
            if response is not None:
                return response
        return None

    def _answer(self, request: Request, path: str, folder: Path) -> Response | None:
        base = self._config.site.base_path
        file = find_file(
            path, self._config.site.base_folder, lambda name: (folder / name).is_file()
        ).file
        if not file:
            return None
        if not file.lower().endswith(PAGES):
            return reply_file(request, folder / file, media_type(file))
        try:
            html = (folder / file).read_bytes()
        except OSError:
            return None
        response = Response(inject(html, base, self._session, 0), media_type=media_type(file))
        response.headers["Cache-Control"] = "no-store"
        return protect(response, self._config)
