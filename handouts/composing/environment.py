"""The Jinja2 environment that a clinic's template runs in. Phase 3, COMPOSE.

A template is somebody else's program. It runs in Jinja2's sandbox (no Python internals, nothing mutable), finds
only templates of the search path, must name only what exists, cannot switch escaping off, and has a budget.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.compiler
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.composing import budget
from handouts.composing.budget import FILTERS, METHODS, Budget, ShownNamespace, metered
from handouts.composing.inheritance import require_printed
from handouts.composing.loader import TemplateLoader
from handouts.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.bccache import Bucket

    from handouts.library.search_path import SearchPath

_BUILT_IN = (str, int, float, bytes, list, tuple, dict, range)


class _CompiledTemplates(jinja2.BytecodeCache):
    """Templates compiled once, by name and text: compiling takes longer than all the rest of composing.

    They are kept for the next start, too; what is damaged is not run: Python crashes over it.
    """

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, Any]] = {}
        self._kept = Kept("template", (jinja2.compiler.__file__, budget.__file__, __file__))

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of the same text."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None
        if bucket.code is None and (data := self._kept.get(bucket.key)):
            bucket.bytecode_from_string(data)
            self._codes[bucket.key] = (bucket.checksum, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self._codes[bucket.key] = (bucket.checksum, bucket.code)
        self._kept.put(bucket.key, bucket.bytecode_to_string())


class _Code(jinja2.compiler.CodeGenerator):
    """Python has no way to write a number without end: it would be a name that does not exist."""

    def visit_Const(self, node: nodes.Const, frame: Any) -> None:  # noqa: N802  Jinja2's name
        if not _is_finite(node.as_const(frame.eval_ctx)):
            self.fail("this number is too large", node.lineno)
        super().visit_Const(node, frame)


def _is_finite(value: Any) -> bool:
    match value:
        case float() | complex():
            return math.isfinite(abs(value))
        case list() | tuple() | set() | frozenset():
            return all(map(_is_finite, value))
        case dict():
            return all(map(_is_finite, (*value, *value.values())))
    return True


_compiled_templates = _CompiledTemplates()


class HandoutEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox with a budget. One environment renders one document."""

    code_generator_class = _Code
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, path: SearchPath) -> None:
        self.budget = Budget()
        self.templates = TemplateLoader(path)
        self._printed: set[str] = set()  # templates of which nothing is dropped
        super().__init__(
            loader=self.templates,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_compiled_templates,
            finalize=self.budget.printed,
        )
        self.filters = {name: self.budget.bounded(self.filters[name]) for name in FILTERS}
        self.filters["counted"] = self.budget.counted
        self.filters["weighed"] = self.budget.check
        tests: dict[str, Any] = dict(self.tests)
        self.tests = {name: self.budget.bounded(test) for name, test in tests.items()}
        self.globals = {name: self.globals[name] for name in ("range", "dict")} | {"namespace": ShownNamespace}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        escaping = tree.find(nodes.EvalContextModifier) if "autoescape" in source else None
        if escaping:
            raise jinja2.TemplateSyntaxError("escaping cannot be switched off", escaping.lineno, name, filename)
        return metered(tree)

    def compile(self, source: Any, name: Any = None, filename: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Python has a limit to nested loops and brackets; beyond it there is no line to name."""
        try:
            return super().compile(source, name, filename, *args, **kwargs)
        except (RecursionError, MemoryError, SyntaxError):
            message = "loops, conditions or brackets are nested too deep"
        raise jinja2.TemplateSyntaxError(message, 1, name, filename)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of texts, numbers and lists only the methods that a handout needs, none of which makes much of little."""
        if isinstance(obj, _BUILT_IN) and attr not in METHODS and attr not in getattr(obj, "_fields", ()):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ARG002  Jinja2 passes it
        """`str.format` is a method like others: refused."""
        return None

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: PYI063
        """Every call draws from the budget; so does the text or list whose method it is."""
        self.budget.step()
        self.budget.arguments([getattr(__obj, "__self__", None), *args, *kwargs.values()])
        return self.budget.check(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`'a' * 200000000` and `9 ** 9 ** 9` are refused before they are computed; so is `'%900d' % 1`."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("% with a text; put texts together with ~")
        self.budget.operation(operator, left, right)
        return self.budget.check(super().call_binop(context, operator, left, right))

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """Includes and imports draw from the budget, too."""
        template = super().get_template(name, parent, globals)
        if template.name and template.name not in self._printed:
            self._printed.add(template.name)
            require_printed(self, template.name)
        self.budget.include(self.templates.sources.get(template.filename or "", ""))
        return template

    def select_template(self, names: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """The first of several templates: each name draws from the budget, whether there is one or not."""
        names = list(names)
        for _ in names:
            self.budget.include("")
        template = super().select_template(names, parent, globals)
        self.budget.include(self.templates.sources.get(template.filename or "", ""))
        return template
