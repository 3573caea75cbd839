"""The Jinja2 environment that a clinic's template runs in. Phase 3, COMPOSE.

A template is somebody else's program. It runs in Jinja2's sandbox (no Python internals, nothing mutable), finds
only templates of the search path, must name only what exists, cannot switch escaping off, and has a budget.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.bccache import Bucket

    from handouts.library.search_path import SearchPath

_SUM = hashlib.sha256().digest_size
_BUILT_IN = (str, int, float, bytes, list, tuple, dict, range)


class _CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Templates compiled once, by name and text: compiling takes longer than all the rest of composing.

    They are kept for the next run where Jinja2 keeps them, in a folder that only this user can open. Where there is
    none, or where Python is told to write no bytecode, they are kept for this run alone.

    Each file begins with the SHA-256 of the rest: Python crashes over code that is damaged.
    """

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, Any]] = {}
        self._kept = not sys.dont_write_bytecode
        # What is compiled depends on these modules, too.
        made_by = (jinja2.compiler.__file__, budget.__file__, __file__)
        try:
            made = [(status.st_mtime_ns, status.st_size) for status in map(os.stat, made_by)]
            super().__init__(pattern=f"handouts-{zlib.crc32(repr(made).encode()):08x}-%s.cache")
        except (OSError, RuntimeError):
            self._kept = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of the same text; none from a file that is damaged."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None
        if bucket.code is None and self._kept:
            try:
                data = Path(self._get_cache_filename(bucket)).read_bytes()
                if hashlib.sha256(data[_SUM:]).digest() == data[:_SUM]:
                    bucket.bytecode_from_string(data[_SUM:])
            except Exception:  # noqa: BLE001  no file, or whatever unpickling says
                bucket.reset()
            self._codes[bucket.key] = (bucket.checksum, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self._codes[bucket.key] = (bucket.checksum, bucket.code)
        if self._kept:
            try:
                _write(Path(self._get_cache_filename(bucket)), bucket.bytecode_to_string())
            except OSError:  # a full disk, a folder that went away
                self._kept = False


def _write(file: Path, code: bytes) -> None:
    """Write a file of compiled code so that another run finds it whole or not at all. Raises OSError.

    Why not `write_whole`: it waits for the disk, and what is lost here is compiled again.
    """
    descriptor, name = tempfile.mkstemp(prefix=file.name, suffix=".tmp", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(hashlib.sha256(code).digest() + code)
        os.replace(name, file)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.remove(name)  # noqa: PTH107
        raise


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
