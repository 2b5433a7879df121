"""A day of writing: memory and file handles of a preview stay where they were.

BACKFILE_SOAK is the number of saves (default: 60; 2,000 take some minutes).
"""

import os
import re
import subprocess
import sys
import urllib.request
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


def test_many_saves_leave_nothing_behind(tmp_path):
    site = SiteBuilder(tmp_path)
    site.write({"backfile.toml": CONFIG.format("")})
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
    try:
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        url = f"http://127.0.0.1:{port}/"
        tab = Tab(port)
        tab.next("hello")
        urllib.request.urlopen(url).read()
        before = None
        for number in range(SAVES):
            if number == SAVES // 3:
                before = measure(process.pid)
            site.write(files_of(number))
            tab.next("faults" if number % 50 in (45, 46) else "change")
            with urllib.request.urlopen(url) as page:
                page.read()
            if number % 7 == 0:
                tab.close()
                tab = Tab(port)
                tab.next("hello")
        after = measure(process.pid)
        tab.close()
    finally:
        process.terminate()
        process.stdout.read()
        process.wait(20)
        process.stdout.close()
    assert after[0] < before[0] * 1.1 + 6, f"megabytes and files: {before} → {after}"
    assert after[1] <= before[1] + 4, f"megabytes and files: {before} → {after}"
