"""Paths whose changes mean nothing to a site: what editors, version control and builds leave behind."""

from __future__ import annotations

import re
from pathlib import PurePath

# Vim's swap files and its test of a folder (4913), Emacs' locks and autosaves, backups (`~`),
# what JetBrains, Kate, GNOME, LibreOffice, macOS and downloads write before they rename.
_NAMES = re.compile(
    r"\..*|.*~|#.*#|4913|___jb_(?:tmp|old|bak)___|.*___jb_(?:tmp|old|bak)___"
    r"|.*\.(?:sw[a-px]|tmp|temp|bak|orig|part|crdownload|kate-swp|sb-[0-9a-z]+-[0-9a-zA-Z]+|goutputstream-.*)"
    r"|Thumbs\.db|desktop\.ini"
)
# Folders that hold no part of a site and may be very large.
FOLDERS = frozenset(("node_modules", "__pycache__", "venv", "env", "build", "dist"))


def is_noise(path: PurePath) -> bool:
    """Whether a path, relative to the site, is none of its files.

    `.well-known/` and other hidden files of `static/` are published, but nobody looks at them.
    """
    return any(_NAMES.fullmatch(part) or part in FOLDERS for part in path.parts)
