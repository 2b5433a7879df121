"""What editors and tools leave behind is no part of a site."""

from pathlib import PurePath

import pytest

from generator.serve.noise import is_noise


@pytest.mark.parametrize(
    "path",
    [
        "content/.news.md.swp",
        "content/news.md.swp",
        "content/4913",
        "content/news.md~",
        "content/#news.md#",
        "content/.#news.md",
        "content/news.md___jb_tmp___",
        "content/news.md___jb_old___",
        "content/.goutputstream-1A2B3C",
        "content/news.md.kate-swp",
        "content/news.md.tmp",
        "content/news.md.orig",
        "content/news.md.sb-1a2b3c4d-AbCdEf",
        ".git/index.lock",
        ".backfile/state.db",
        "node_modules/x/readme.md",
        "content/.obsidian/workspace.json",
        "content/~$news.docx~",
    ],
)
def test_backups_locks_and_hidden_files_are_noise(path):
    assert is_noise(PurePath(path))


@pytest.mark.parametrize(
    "path",
    [
        "backfile.toml",
        "content/news.md",
        "content/49130",
        "content/2022/a#b.md",
        "content/大~小.md",
        "themes/mine/templates/article.html",
        "static/logo.svg",
        "content/template.md",
        "content/a.swap.md",
    ],
)
def test_what_belongs_to_a_site_is_not(path):
    assert not is_noise(PurePath(path))
