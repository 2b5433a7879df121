"""What is the same on every page is worked out once, when a template compiles.

A page asks for some twenty messages and for the site's name and language a dozen times; as
constants they cost nothing. Measured on the default theme, a page of 10 KB: 0.16 ms without,
0.11 ms with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import Environment, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from generator.errors import ThemeError

_SCALARS = (str, int, float, type(None))
_UNKNOWN = object()


class _FoldingGenerator(CodeGenerator):
    """Jinja's code generator, run on templates whose constant parts have become constants."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        if isinstance(self.environment, FoldingEnvironment):
            node = _Folder(self.environment).visit(node)
        super().visit_Template(node, frame)


class FoldingEnvironment(Environment):
    """An environment whose templates may count on some globals to be the same on every page.

    `constants` are values whose attributes never change; `functions` always give the same for
    the same arguments. A name that any template gives a value of its own belongs in neither.
    """

    code_generator_class = _FoldingGenerator
    constants: Mapping[str, object] = {}
    functions: Mapping[str, Callable[..., object]] = {}


class _Folder(NodeTransformer):
    def __init__(self, environment: FoldingEnvironment) -> None:
        self._environment = environment

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - Jinja's name
        value = self._value(node)
        if isinstance(value, _SCALARS):
            return nodes.Const(value, lineno=node.lineno, environment=self._environment)
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        function = self._environment.functions.get(name)
        if function is None or node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        try:
            arguments = [part.as_const() for part in node.args]
            fields = {part.key: part.value.as_const() for part in node.kwargs}
            result = function(*arguments, **fields)
        except (nodes.Impossible, ThemeError, TypeError):
            return node  # to be worked out, or to fail, where it stands
        return nodes.Const(result, lineno=node.lineno, environment=self._environment)

    def _value(self, node: nodes.Node) -> object:
        """Follow a chain of attributes that starts at a constant."""
        if isinstance(node, nodes.Name):
            return self._environment.constants.get(node.name, _UNKNOWN)
        if not isinstance(node, nodes.Getattr):
            return _UNKNOWN
        owner = self._value(node.node)
        if owner is _UNKNOWN:
            return _UNKNOWN
        value = self._environment.getattr(owner, node.attr)
        return _UNKNOWN if isinstance(value, Undefined) else value
