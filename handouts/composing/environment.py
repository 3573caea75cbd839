"""The Jinja2 environment that a clinic's template runs in. Phase 3, COMPOSE.

A template is somebody else's program. It runs in Jinja2's sandbox (no Python internals, nothing mutable), finds
only templates of the search path, must name only what exists, and has a budget: of loop rounds and calls, and of
characters. The sandbox alone stops neither nested loops nor `'a' * 200000000`.

Each start tag that a template writes is stamped with the template's name and line, so that a mistake that shows
only in the finished XML can still be reported where it was made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handouts.library.search_path import SearchPath

SUFFIX = ".xml.jinja"
SHIPPED = "shipped/"
STAMP = "at"
MAX_STEPS = 200_000
MAX_CHARACTERS = 2_000_000

_SPLIT = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
_START_TAG = re.compile(r"<([A-Za-z][\w.-]*)")


class BudgetError(Exception):
    """A template runs too long or writes too much."""


class TemplateLoader(jinja2.BaseLoader):
    """Finds `NAME.xml.jinja` along the search path; `shipped/NAME.xml.jinja` is always the shipped one."""

    def __init__(self, path: SearchPath) -> None:
        self.path = path
        self.files: dict[str, str] = {}
        self.sources: dict[str, str] = {}

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002  Jinja2 passes it
        template: str,
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """The template's stamped source, and its name for messages."""
        roots = self.path.roots[-1:] if template.startswith(SHIPPED) else self.path.roots
        name = template.removeprefix(SHIPPED)
        if "/" in name or "\\" in name or not name.endswith(SUFFIX):
            raise jinja2.TemplateNotFound(template)
        for root in roots:
            file = root.folder / "templates" / name
            if file.is_file():
                try:
                    text = file.read_text(encoding="utf-8-sig")
                except (UnicodeDecodeError, OSError):
                    raise jinja2.TemplateNotFound(template) from None
                shown = root.show(file)
                self.files[template] = shown
                self.sources[shown] = text
                return _stamped(text, shown), shown, None
        raise jinja2.TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return [f"{name}{SUFFIX}" for name in self.path.names("templates", SUFFIX)]


def _stamped(text: str, shown: str) -> str:
    """Add ` at="FILE:LINE"` to every start tag outside Jinja's own braces; no line moves."""
    parts = _SPLIT.split(text)
    line = 1
    for index, part in enumerate(parts):
        if index % 2 == 0:
            start = line

            def stamp(match: re.Match[str], part: str = part, start: int = start) -> str:
                here = start + part.count("\n", 0, match.start())
                return f'{match[0]} {STAMP}="{shown}:{here}"'

            parts[index] = _START_TAG.sub(stamp, part)
        line += part.count("\n")
    return "".join(parts)


class HandoutEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox with a budget. One environment renders one document."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, path: SearchPath) -> None:
        super().__init__(
            loader=TemplateLoader(path),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.steps = 0
        self.filters["counted"] = self._counted
        for name, function in list(self.filters.items()):
            self.filters[name] = _bounded(function)
        for name in ("lipsum", "cycler", "joiner"):
            self.globals.pop(name, None)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise BudgetError("runs too long: more than 200,000 loop rounds and calls")

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._step()
            yield value

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every loop draws from the budget, and every `~` goes through a bounded filter."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = _filtered("counted", loop.iter)
        for node in [tree, *tree.find_all(nodes.Node)]:
            for field, value in node.iter_fields():
                if isinstance(value, list):
                    setattr(node, field, [_joined(each) for each in value])
                else:
                    setattr(node, field, _joined(value))
        return tree

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: PYI063
        """Every call draws from the budget."""
        self._step()
        return _check_size(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`'a' * 200000000` and `9 ** 9 ** 9` are refused before they are computed."""
        if operator == "*":
            for text, count in ((left, right), (right, left)):
                if hasattr(text, "__len__") and isinstance(count, int) and len(text) * count > MAX_CHARACTERS:
                    raise BudgetError("writes too much: more than 2,000,000 characters")
        if operator == "**" and not (abs(left) < 1000 and abs(right) < 10):
            raise BudgetError("computes too large a number")
        return _check_size(super().call_binop(context, operator, left, right))

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """Includes and imports draw from the budget, too."""
        self._step()
        return super().get_template(name, parent, globals)


def _filtered(name: str, expression: nodes.Node) -> nodes.Filter:
    return nodes.Filter(
        expression,
        name,
        [],
        [],
        None,
        None,
        lineno=expression.lineno,
    )


def _joined(node: Any) -> Any:
    """`a ~ b` as `[a, b] | join`."""
    if not isinstance(node, nodes.Concat):
        return node
    return _filtered("join", nodes.List(node.nodes, lineno=node.lineno))


def _check_size(value: Any) -> Any:
    if isinstance(value, str | list | tuple) and len(value) > MAX_CHARACTERS:
        raise BudgetError("writes too much: more than 2,000,000 characters")
    return value


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, refusing a result that is too large. Jinja2's marks on the function are kept."""

    def bounded(*args: Any, **kwargs: Any) -> Any:
        return _check_size(function(*args, **kwargs))

    bounded.__dict__.update(getattr(function, "__dict__", {}))
    return bounded


__all__ = ["BudgetError", "HandoutEnvironment", "SecurityError", "TemplateLoader"]
