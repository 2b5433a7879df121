"""Patterns that are compiled when they are first used."""

import pkgutil
import re
from importlib import import_module

import pytest

import generator
from generator.text.patterns import late


def test_a_late_pattern_does_what_the_pattern_does() -> None:
    """Each member gives the same, the first time and later, with the flags."""
    text, kind = "a1, B22", late(r"(?P<word>[ab])(\d+)", re.IGNORECASE)
    now = re.compile(r"(?P<word>[ab])(\d+)", re.IGNORECASE)
    for _ in range(2):
        assert kind.findall(text) == now.findall(text) == [("a", "1"), ("B", "22")]
        assert [m.span() for m in kind.finditer(text)] == [m.span() for m in now.finditer(text)]
        assert kind.sub("-", text) == now.sub("-", text)
        assert kind.subn("-", text, 1) == now.subn("-", text, 1)
        assert kind.split(text) == now.split(text)
        assert kind.fullmatch(text) is None
        assert kind.match(text, 4)
        assert kind.search(text, 1)
        assert (kind.pattern, kind.flags, kind.groups) == (now.pattern, now.flags, now.groups)
        assert kind.groupindex == now.groupindex


def test_a_late_pattern_is_compiled_when_it_is_used() -> None:
    """A broken one is found out by its use, not by naming it."""
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("x")


def test_all_late_patterns_compile() -> None:
    """What `re.compile` would have raised when a module is loaded is raised here."""
    kind = type(late(""))
    found = 0
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, kind):
                value.flags  # noqa: B018 - looking it up compiles the pattern
                found += 1
    assert found > 200
