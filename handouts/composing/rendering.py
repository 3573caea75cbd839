"""A template is rendered, and what goes wrong in it is told with its file and line. Phase 3, COMPOSE."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.exceptions import SecurityError
from msgspec import Struct

from handouts.composing.budget import BudgetError
from handouts.composing.loader import SHIPPED, SUFFIX
from handouts.errors import Diagnostic, TemplateError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.composing.environment import HandoutEnvironment


# Jinja2's tags that templates use.
_TAGS = {
    "block",
    "endblock",
    "extends",
    "include",
    "for",
    "endfor",
    "if",
    "elif",
    "else",
    "endif",
    "set",
    "macro",
    "endmacro",
}
# "'handouts.composing.views.ItemView object' has no attribute 'x'"
_CLASS = re.compile(r"'(?:[\w.]+\.)?(\w+?)(?:View)? object'")


def render(environment: HandoutEnvironment, template: str, context: dict[str, Any]) -> str:
    """The XML that the template writes. Raises TemplateError for whatever is wrong with the template."""
    try:
        text: str = environment.budget.check(environment.get_template(f"{template}{SUFFIX}").render(context))
    except jinja2.TemplateSyntaxError as error:
        file = error.filename or ""
        unknown = re.match(r"Encountered unknown tag '(\w+)'", error.message or "")
        hint = nearest(unknown[1], _TAGS) if unknown else ""
        hint = hint or "every {% block %}, {% for %} and {% if %} has its end"
        line = _line(environment, file, error.lineno)
        problem = Diagnostic("T101", f"not valid Jinja2: {error.message}", hint, file, error.lineno, source_line=line)
    except (jinja2.TemplateError, BudgetError, MemoryError, RecursionError) as error:
        problem = Diagnostic(*_explained(error, environment, context), *_frame(error, environment))
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        problem = Diagnostic("T106", f"this expression fails: {error}", "", *_frame(error, environment))
    else:
        return text
    raise TemplateError(problem)


def _explained(error: Exception, environment: HandoutEnvironment, context: dict[str, Any]) -> tuple[str, str, str]:
    """Code, message and hint."""
    match error:
        case jinja2.TemplateNotFound():
            name = str(error.name or error)
            known = [each.removesuffix(SUFFIX) for each in environment.templates.list_templates()]
            hint = nearest(name.removeprefix(SHIPPED).removesuffix(SUFFIX), known)
            return "T105", f'there is no template "{name}" to include', hint
        case SecurityError():
            return "T103", f"not allowed in a template: {error}", "use only what docs/templates.md names"
        case jinja2.UndefinedError():
            return "T102", _CLASS.sub(_record, str(error.message)), _undefined_hint(str(error.message), context)
        case jinja2.TemplateError():
            return "T106", f"this expression fails: {error}", ""
        case _:
            too_deep = "needs too much memory or calls itself without end"
            message = str(error) if isinstance(error, BudgetError) else too_deep
            return "T104", f"the template {message}", "look for a loop or macro that repeats itself"


def _record(named: re.Match[str]) -> str:
    """A record as docs/templates.md calls it."""
    return "a text" if named[1] in {"Slot", "str"} else f'"{named[1].lower()}"'


def _frame(error: BaseException, environment: HandoutEnvironment) -> tuple[str, int]:
    """File and line of the innermost template in the traceback (Jinja2 rewrites it to template lines)."""
    sources = environment.templates.sources
    place = ("", 0)
    traceback = error.__traceback__ or sys.exc_info()[2]
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file in sources:
            place = (file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def _line(environment: HandoutEnvironment, file: str, line: int) -> str:
    lines = environment.templates.sources.get(file, "").splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _undefined_hint(message: str, context: dict[str, Any]) -> str:
    """The nearest name: of the context, or of the record that lacks the attribute."""
    parts = message.split("'")
    wanted = parts[-2] if len(parts) > 2 else ""
    return nearest(wanted, set(_names(context))) if wanted else ""


def _names(value: Any) -> Iterator[str]:
    """The names that a template can ask for."""
    match value:
        case dict():
            yield from (name for name in value if isinstance(name, str))
            yield from (name for each in value.values() for name in _names(each))
        case Struct():
            yield from value.__struct_fields__
            yield from (name for field in value.__struct_fields__ for name in _names(getattr(value, field)))
        case tuple() | list():
            yield from (name for each in value for name in _names(each))
