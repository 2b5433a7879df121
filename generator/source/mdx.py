"""MDX, Markdown with JSX in it (Docusaurus, Astro, Next): its text is kept, its program is not.

Source: https://mdxjs.com/docs/what-is-mdx/. What a component would show cannot be known; what
stands between its tags is text.
"""

from __future__ import annotations

import re

from generator.text.patterns import late

_CODE = late(r"^(`{3,}|~{3,}).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)
# Blocks of imports and exports, from the line's beginning to the next blank line.
_PROGRAM = late(
    r"^(?:import\s[^\n]*[\"'][^\n]*|export\s(?:const|default|let|function|\{)[^\n]*)"
    r"(?:\n(?![ \t]*(?:\n|\Z))[^\n]*)*\n?",
    re.MULTILINE,
)
_COMMENT = late(r"\{/\*.*?\*/\}", re.DOTALL)
# Components begin with a capital letter; HTML's own elements are read as such.
_COMPONENT = late(
    r"</?[A-Z][\w.]*(?:\s(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)?/?>"
)


def read_mdx(body: str) -> str:
    """The Markdown of an MDX body. Code that it shows is left as it is."""
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(body):
        parts += (_read(body[end : code.start()]), code[0])
        end = code.end()
    return "".join((*parts, _read(body[end:])))


def _read(text: str) -> str:
    last = text.rfind("*/}") + 3
    if last > 3:  # what has no end behind it is not looked for: each would be, to the last line
        text = _COMMENT.sub("", text[:last]) + text[last:]
    return _COMPONENT.sub("", _PROGRAM.sub("", text))
