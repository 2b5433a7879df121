"""A profiled build tells what templates and articles cost, and builds the same site."""

import json

import pytest
from building import SiteBuilder, post
from click.testing import CliRunner

from generator.cli.main import cli

FILES = {f"content/2022-02-{day:02}-{day}.md": post(f"标题{day}", categories="c") for day in range(1, 15)}  # fmt: skip
SLOW = "content/2022-02-20-slow.md"


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_page_is_counted_with_its_template(site, jobs):
    many = {f"content/{n}.md": post(f"题{n}", date=f"2022-01-{n % 28 + 1:02}") for n in range(150)}
    report = site.build({**FILES, **many}, profile=True, jobs=jobs)
    costs = {cost.template: cost.pages for cost in report.profile.templates}
    assert costs["article.html"] == 164
    assert costs["404.html"] == costs["search.html"] == 1
    assert costs.pop("teaser.html") == costs.pop("card.svg") == 164
    assert sum(costs.values()) == report.pages
    seconds = [cost.seconds for cost in report.profile.templates]
    assert seconds == sorted(seconds, reverse=True)
    assert min(seconds) > 0


def test_the_ten_slowest_articles_are_named_with_their_bytes(site):
    text = post("慢", body="*慢* `文` [字](a)\n\n" * 3000)
    report = site.build({**FILES, SLOW: text}, profile=True)
    slowest = report.profile.articles
    assert len(slowest) == 10
    assert slowest[0].path == SLOW
    assert slowest[0].bytes == len(text.encode())
    assert [cost.seconds for cost in slowest] == sorted((cost.seconds for cost in slowest), reverse=True)  # fmt: skip


def test_measuring_changes_nothing(site, tmp_path):
    site.build(FILES, profile=True)
    plain = SiteBuilder(tmp_path / "plain")
    plain.build(FILES)
    assert site.tree() == plain.tree()
    assert plain.report.profile is None
    assert site.build(profile=True).files_written == 0


def test_the_command_prints_the_tables_and_the_json(site):
    site.write(FILES)
    command = ["build", "-s", str(site.root), "-j1", "--clock", "2022-06-01", "--profile"]
    printed = CliRunner().invoke(cli, command, catch_exceptions=False).output
    assert "  article.html\n" in printed
    assert "the slowest articles\n" in printed
    assert printed.count("  content/2022-02-") == 10
    again = CliRunner().invoke(cli, command, catch_exceptions=False).output
    assert "template" not in again
    assert "look" in again
    site.write({SLOW: post("新")})
    told = json.loads(CliRunner().invoke(cli, [*command, "--json"], catch_exceptions=False).output)
    assert told["profile"]["articles"][0].keys() == {"path", "seconds", "bytes"}
    assert told["profile"]["templates"][0].keys() == {"template", "pages", "seconds"}
    site.write({SLOW: post("又新")})
    told = json.loads(CliRunner().invoke(cli, [*command[:-1], "--json"], catch_exceptions=False).output)  # fmt: skip
    assert "profile" not in told
