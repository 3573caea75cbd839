"""What a template may use up: rounds, calls, and the characters it moves. Phase 3, COMPOSE.

Jinja2's sandbox keeps a template from Python's internals, not from `'a' * 2000000000`, nested loops, or text that is
joined to itself. Everything a template does draws from one account here, most of it before it is done: a loop round
and the text it writes, a call, a filter, a comparison, an include, a value that is printed. Memory stays small
because no single value may be large, and time because there is an end to the account.

What a text or list can do by itself is an open set (`'{:>1000000000}'.format(1)`), so filters and methods are
named here; a handout needs few.
"""

from __future__ import annotations

from types import GeneratorType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.utils import Namespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_STEPS = 200_000
MAX_CHARACTERS = 2_000_000
MAX_WORK = 10_000_000
_MAX_BITS = 4096
_PLACE = 10  # a place of a list takes about the time and memory of ten characters
_INCLUDE = 1000  # an include costs about as much time as a thousand characters

FILTERS = frozenset(
    (  # noqa: SIM905  shorter to read than forty strings
        "abs batch capitalize count d default dictsort e escape first float groupby indent int items join last "
        "length list lower map max min reject rejectattr replace reverse round safe select selectattr slice sort "
        "string title trim truncate unique upper wordcount"
    ).split()
)
METHODS = frozenset(
    (  # noqa: SIM905
        "capitalize endswith get items keys lower lstrip removeprefix removesuffix rstrip split startswith strip "
        "title upper values"
    ).split()
)


class BudgetError(Exception):
    """A template runs too long or writes too much."""


class ShownNamespace(Namespace):
    """Jinja2's `namespace()` whose text is its name: a namespace that holds itself twice has a text without end."""

    def __repr__(self) -> str:
        return "a namespace"


class Budget:
    """The account of one document's template."""

    def __init__(self) -> None:
        self.steps = 0
        self.work = 0

    def step(self) -> None:
        """A loop round or a call."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise BudgetError(f"runs too long: more than {MAX_STEPS:,} loop rounds and calls")

    def spend(self, characters: int) -> None:
        """Characters that are written, joined, compared or looked through."""
        self.work += characters
        if self.work > MAX_WORK:
            raise BudgetError(f"runs too long: it moves more than {MAX_WORK:,} characters")

    def include(self, source: str) -> None:
        """A template that is included, extended or imported."""
        self.step()
        self.spend(_INCLUDE + len(source))

    def check(self, value: Any) -> Any:
        """The value, if it is not too large."""
        if isinstance(value, int) and value.bit_length() > _MAX_BITS:
            raise BudgetError("computes too large a number")
        size = _size(value)
        if size > MAX_CHARACTERS:
            raise BudgetError(f"writes too much: more than {MAX_CHARACTERS:,} characters")
        self.spend(size)
        return value

    def arguments(self, values: Iterable[Any]) -> None:
        """What goes into a filter or call, before it is worked on.

        What comes out can be as large as the two largest arguments multiplied: a text of so many lines, indented
        so far; so many texts, joined with so long a text.
        """
        sizes = sorted((abs(value) if isinstance(value, int) else _size(value) for value in values), reverse=True)
        if len(sizes) > 1 and sizes[0] * sizes[1] > MAX_CHARACTERS:
            raise BudgetError(f"writes too much: more than {MAX_CHARACTERS:,} characters")
        self.spend(sum(sizes))

    def operation(self, operator: str, left: Any, right: Any) -> None:
        """An operation whose result can be much larger than what goes in."""
        if operator == "*":
            for text, count in ((left, right), (right, left)):
                if hasattr(text, "__len__") and isinstance(count, int) and _size(text) * count > MAX_CHARACTERS:
                    raise BudgetError(f"writes too much: more than {MAX_CHARACTERS:,} characters")
        if operator == "**" and not (abs(left) < 1000 and abs(right) < 10):
            raise BudgetError("computes too large a number")

    def bounded(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The filter or test, drawing from the account. Jinja2's marks on the function are kept."""

        def bounded(*args: Any, **kwargs: Any) -> Any:
            self.step()
            self.arguments([*args, *kwargs.values()])
            result = function(*args, **kwargs)
            return self.check(list(result) if isinstance(result, GeneratorType) else result)

        bounded.__dict__.update(getattr(function, "__dict__", {}))
        return bounded

    def counted(self, values: Iterable[Any], written: int) -> Iterator[Any]:
        """The values of a loop; each round writes so many characters."""
        for value in values:
            self.step()
            self.spend(written)
            yield value

    @jinja2.pass_context
    def printed(self, _context: Any, value: Any) -> Any:
        """A value that `{{ … }}` prints: words, a number or a text of content; nothing for None.

        Why a context that is not used: Jinja2 would print constants beforehand, past the account.
        """
        if value is None:
            return ""
        if not isinstance(value, str | int | float | jinja2.Undefined) and not hasattr(value, "__html__"):
            raise TypeError(f"a value of the kind {type(value).__name__} cannot be printed")
        return self.check(value)


def _size(value: Any) -> int:
    """Characters of a text; places of a list in characters, and what stands in them."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list | tuple):
        return 1 + _PLACE * len(value) + sum(map(_size, value))
    if isinstance(value, dict):
        return 1 + _PLACE * len(value) + sum(map(_size, value)) + sum(map(_size, value.values()))
    return _PLACE * len(value) if isinstance(value, range) else 1


# ------------------------------------------------------------------ the template's tree


def metered(tree: nodes.Template) -> nodes.Template:
    """The template, whose loops, lists, comparisons, cuts and joins go through filters that draw from the account."""
    _meter(tree)
    return tree


def _meter(node: Any) -> int:
    """Meter what stands in the node; how many characters of the template's own text do.

    Why not Jinja2's visitors: they take longer than reading the template does.
    """
    written = len(node.data) if type(node) is nodes.TemplateData else 0
    for field in node.fields:
        value = getattr(node, field, None)
        if isinstance(value, nodes.Node):
            written += _meter(value)
            setattr(node, field, _weighed(value))
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, nodes.Node):
                    written += _meter(each)
                    value[index] = _weighed(each)
    match node:
        case nodes.For():
            node.iter = _filtered("counted", node.iter, nodes.Const(written))
        case nodes.Compare() | nodes.Operand():
            node.expr = _filtered("weighed", node.expr)
        case nodes.Getitem(arg=nodes.Slice()):
            node.node = _filtered("weighed", node.node)
    return written


def _weighed(node: nodes.Node) -> nodes.Node:
    """A literal list weighed, so that none can hold itself twice over and over; `a ~ b` as `[a, b] | join`."""
    match node:
        case nodes.Concat():
            return _filtered("join", nodes.List(node.nodes, lineno=node.lineno))
        case nodes.List() | nodes.Dict() | nodes.Tuple(ctx="load"):
            return _filtered("weighed", node)
    return node


def _filtered(name: str, expression: Any, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(expression, name, list(arguments), [], None, None, lineno=expression.lineno)
