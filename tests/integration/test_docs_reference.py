"""The reference pages are complete: configuration, diagnostics, commands, exit codes, JSON."""

from __future__ import annotations

import ast
import re
import tomllib
import typing

import click
import msgspec
import pytest
from documents import ROOT, codes, read_page, rows, section

from generator import errors
from generator.build.build import build_site
from generator.build.check import CheckReport
from generator.build.listing import Entry
from generator.build.options import BuildOptions
from generator.cli.main import cli
from generator.cli.options import read_clock
from generator.config import Config
from generator.ingest import ImportOutcome, ImportReport
from generator.model import Diagnostic
from generator.model.catalogue import CATALOGUE
from generator.report import write_record
from generator.text.decode import decode

CONFIGURATION = read_page("docs/configuration.md")
DIAGNOSTICS = read_page("docs/diagnostics.md")
COMMANDS = read_page("docs/commands.md")


def sections_of_config() -> dict[str, type[msgspec.Struct]]:
    hints = typing.get_type_hints(Config)
    return {
        name: kind
        for name, kind in hints.items()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    }


def describe(hint: object) -> str:
    """A key's type in the words of the page."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        limits = inner[1]
        if limits.ge is None:
            return f"{describe(inner[0])} over {limits.gt}, up to {limits.le}"
        return f"{describe(inner[0])} from {limits.ge} to {limits.le}"
    if origin is typing.Literal:
        *some, last = (f"`{choice}`" for choice in inner)
        return f"{', '.join(some)} or {last}"
    if origin is tuple:
        return f"list of {describe(inner[0])}"
    if origin is dict or (isinstance(hint, type) and issubclass(hint, msgspec.Struct)):
        return "table" if origin is dict else "tables"
    return {str: "text", bool: "true or false", int: "number", float: "number"}[hint]


@pytest.mark.parametrize("name", sections_of_config())
def test_every_key_of_the_configuration_is_explained_with_its_type_and_default(name):
    kind = sections_of_config()[name]
    defaults = msgspec.json.decode(msgspec.json.encode(kind()))
    hints = typing.get_type_hints(kind, include_extras=True)
    given = {key: (describe(hints[key]), defaults[key]) for key in kind.__struct_fields__}
    stated = {
        codes(key)[0]: (type_, tomllib.loads(f"value = {codes(default)[0]}")["value"])
        for key, type_, default, _ in rows(section(CONFIGURATION, f"[{name}]"), "key")
    }
    assert stated == given


def test_every_section_of_the_configuration_has_a_heading_and_no_other_has():
    stated = re.findall(r"^## \[(\w+)\]$", CONFIGURATION, re.MULTILINE)
    assert stated == list(Config.__struct_fields__)


def test_the_permalink_styles_and_words_are_those_that_are_filled():
    from generator.plan import permalinks

    stated = {codes(style)[0]: codes(pattern)[0] for style, pattern in rows(CONFIGURATION, "style")}
    assert stated == permalinks.STYLES
    words = {codes(row[0])[0]: codes(row[1])[0] for row in rows(CONFIGURATION, "word")}
    article = make_article()
    known = {*permalinks._DATE_TOKENS, "title", "slug", "categories", "output_ext"}
    assert {f":{name}" for name in known} == set(words)
    for word, example in words.items():
        assert permalinks.fill(word, article) == example, word


def make_article():
    from generator.source.reader import read_articles

    text = "---\ndate: 2022-02-21 07:29:31 +0800\ncategories: gannanribao\n---\n正文。\n"
    path = "content/2022-02-21-NW202202212282371475.md"
    reading = read_articles([(path, "content", text.encode())], Config())[0]
    assert reading.article
    return reading.article


def test_every_diagnostic_of_the_catalogue_is_on_the_page_and_no_other_is():
    stated = [codes(row[0])[0] for row in rows(DIAGNOSTICS, "code")]
    assert set(stated) ^ set(CATALOGUE) == set()
    assert len(stated) == len(CATALOGUE), "each of them once"


@pytest.mark.parametrize("row", rows(DIAGNOSTICS, "code"), ids=lambda row: row[0].strip("`"))
def test_a_diagnostic_is_explained_in_the_words_of_the_program(row):
    kind = CATALOGUE[codes(row[0])[0]]
    severity = f"{kind.severity.value}, repair" if kind.repair else kind.severity.value
    assert row[1:] == [severity, kind.what, kind.action, kind.hint]


def test_every_repair_has_an_example():
    shown = {codes(row[1])[0] for row in rows(DIAGNOSTICS, "bytes of the file")}
    page = read_page("docs/front-matter.md")
    for head, column in (("reported", 0), ("remark", 0), ("written", 2)):
        shown |= {code for row in rows(page, head) for code in codes(row[column])}
    assert {code for code, kind in CATALOGUE.items() if kind.repair} - shown == set()


@pytest.mark.parametrize("row", rows(DIAGNOSTICS, "bytes of the file"), ids=lambda row: row[1])
def test_bytes_are_read_as_the_table_says(row):
    decoded = decode(bytes.fromhex(codes(row[0])[0]))
    assert decoded
    assert [decoded.text.replace("\n", "¶")] == codes(row[2])
    assert [finding.code for finding in decoded.findings] == codes(row[1])


def test_every_diagnostic_of_the_catalogue_can_be_given():
    """Its code is written out in the source, or put together there from a family and a name."""
    texts: set[str] = set()
    families: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        if path.name == "catalogue.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                families.add(str(node.values[0].value))
    unused = [
        code
        for code in CATALOGUE
        if code not in texts
        and not (f"{code.partition('/')[0]}/" in families and code.partition("/")[2] in texts)
    ]
    assert unused == []


@pytest.mark.parametrize("name", cli.list_commands(None))
def test_every_option_of_a_command_is_explained(name):
    command = cli.get_command(None, name)
    given = {
        tuple(parameter.opts)
        for parameter in command.params
        if isinstance(parameter, click.Option) and parameter.opts != ["--help"]
    }
    stated = {
        tuple(re.findall(r"(?<![\w-])--?[a-zA-Z-]+", row[0]))
        for row in rows(section(COMMANDS, f"backfile {name}"), "option")
    }
    assert stated == given


def test_every_command_is_in_the_table_of_commands():
    stated = [
        codes(row[0])[0].removeprefix("backfile ")
        for row in rows(COMMANDS, "command")
        if "#" in row[0]
    ]
    assert sorted(stated) == sorted(cli.list_commands(None))


def test_every_exit_code_is_explained():
    given = {
        (str(kind.exit_code), kind.code)
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.BackfileError)
        and kind is not errors.BackfileError
    }
    table = rows(section(COMMANDS, "Exit codes"), "code")
    assert {(row[0], codes(row[1])[0]) for row in table if row[1]} == given
    assert table[0][0] == "0"


def test_every_field_of_the_json_is_explained(tmp_path):
    table = rows(section(COMMANDS, "JSON"), "field")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/1.md").write_text("---\ntitle: 股市收高\n---\n三大指数上涨。\n", "utf-8")
    report = build_site(BuildOptions(tmp_path, read_clock("2026-01-05"), profile=True))
    numbers = report.numbers()
    assert [codes(row[0])[0] for row in table] == list(numbers)
    words = {str: "text", int: "number", dict: "table"}
    assert [row[1] for row in table] == [words[type(value)] for value in numbers.values()]
    meanings = {codes(row[0])[0]: codes(row[2]) for row in table}
    assert meanings["seconds"] == [*numbers["seconds"], "look"]
    assert meanings["diagnostics"] == list(numbers["diagnostics"])
    assert sum(numbers[fate] for fate in meanings["inputs"]) == numbers["inputs"]
    record = msgspec.json.decode(write_record(report, tmp_path / ".backfile").read_bytes())
    assert set(record) - set(numbers) == {"articles", "site"}
    text = section(COMMANDS, "JSON")
    for name in (*record["articles"][0], *Diagnostic.__struct_fields__):
        assert f"`{name}`" in text, name


def test_the_json_of_the_other_commands_is_explained():
    table = {codes(row[0])[0]: codes(row[1]) for row in rows(section(COMMANDS, "JSON"), "command")}
    assert table["backfile check"] == [*CheckReport.__struct_fields__, "diagnostics"]
    assert table["backfile list"] == list(Entry.__struct_fields__)
    outcomes, findings = ImportReport.__struct_fields__
    assert table["backfile import"] == [outcomes, *ImportOutcome.__struct_fields__, findings]
