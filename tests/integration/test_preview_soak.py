"""A day of writing: memory and file handles of a preview stay where they were.

BACKFILE_SOAK is the number of saves (default: 60; 2,000 take some minutes).
"""

import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from building import SiteBuilder, post
from serving import Tab

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="reads /proc"),
]
SAVES = int(os.environ.get("BACKFILE_SOAK", "60"))
CONFIG = '[site]\ntitle = "旧闻{}"\n'


def files_of(number):
    """What is saved as the `number`th: mostly an article, now and then something else."""
    article = f"content/2022-01-{1 + number % 28:02}-a{number % 28}.md"
    return {
        5: {"templates/list.html": f'{{% extends "default/list.html" %}}{{# {number} #}}'},
        15: {"assets/site.css": f"p {{ color: #{number:06} }}"},
        25: {"backfile.toml": CONFIG.format(number)},
        35: {"static/note.txt": f"{number}"},
        45: {"templates/list.html": "{% broken"},
        46: {"templates/list.html": '{% extends "default/list.html" %}'},
    }.get(
        number % 50,
        {
            article: post(
                f"第{number if number % 3 else 0}版",
                f"2022-01-{1 + number % 28:02} 08:{number % 10 if number % 20 == 0 else 0:02}:00 +0800",
                f"<p>正文{number}</p>",
            )
        },
    )


def measure(process):
    """Megabytes and open files of a process."""
    status = Path(f"/proc/{process}/status").read_text()
    memory = int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024
    return memory, len(list(Path(f"/proc/{process}/fd").iterdir()))


def wait_for(process, text):
    """Read what the terminal shows until a line holds a text."""
    while text not in (line := process.stdout.readline()):
        assert line, f"nothing was said of {text}"


class Attached(threading.Thread):
    """A tab that listens, and asks for its page at every change."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self._port, self._tab = port, Tab(port)
        self.changes = 0

    def run(self):
        with suppress(OSError, ValueError, AttributeError):  # it was closed
            while self._tab.next("change"):
                self.changes += 1
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/") as page:
                    page.read()

    def close(self):
        self._tab.close()


def test_many_saves_leave_nothing_behind(tmp_path):
    site = SiteBuilder(tmp_path)
    site.write({"backfile.toml": CONFIG.format(""), "static/note.txt": "", "assets/site.css": ""})
    site.write({"templates/list.html": '{% extends "default/list.html" %}'})
    for number in range(28):
        site.write({f"content/2022-01-{1 + number:02}-a{number}.md": post(f"第{number}条")})
    command = [
        sys.executable,
        "-u",
        "-m",
        "generator",
        "serve",
        "-p",
        "0",
        "-j",
        "1",
        "-s",
        tmp_path,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    end = threading.Timer(60 + SAVES, process.kill)
    end.start()
    changes = 0
    try:
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        wait_for(process, "articles read")
        # What search needs is loaded once the site has been built behind the preview.
        patience = time.monotonic() + 60
        while not list(tmp_path.glob(".backfile/*/.backfile/manifest")):
            assert time.monotonic() < patience, "no build behind the preview"
            time.sleep(0.05)
        tab = Attached(port)
        tab.start()
        before = None
        for number in range(SAVES):
            if number == SAVES // 3:
                before = measure(process.pid)
            saved = files_of(number)
            site.write(saved)
            # The terminal names what was saved, or what is wrong with it.
            wait_for(process, next(iter(saved)))
            if number % 7 == 6:
                changes += tab.changes
                tab.close()
                tab = Attached(port)
                tab.start()
        after = measure(process.pid)
        changes += tab.changes
        tab.close()
    finally:
        end.cancel()
        process.terminate()
        process.stdout.read()
        process.wait(20)
        process.stdout.close()
    assert changes > SAVES / 2
    assert after[0] < before[0] * 1.1 + 6, f"megabytes and files: {before} → {after}"
    assert after[1] <= before[1] + 4, f"megabytes and files: {before} → {after}"
