"""What a rule is: a function with an id, and what it yields.

    @rule("R05", "topic")
    def short_groups(topic: WrittenTopic) -> Iterator[Fault]:
        '''No more than seven items stand under one sub-heading.'''

The id's title, its source and how it is decided stand in `catalogue.py`, words for people in docs/rules.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from handouts.errors import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handouts.errors import Severity
    from handouts.library.yaml_source import Path_, YamlSource

# topic: how a topic is made, read once, in its own language · translation: what only a translation has ·
# words: what is written, in each language · sheet: what one audience gets from one template, in the topic's own
# language · page: what depends on the words of such a sheet, in each language ·
# whole: everything that an audience can get, in each language.
Subject = Literal["topic", "translation", "words", "sheet", "page", "whole"]

# A place in a YAML file, or a file (a template) as a whole.
Where: TypeAlias = "tuple[YamlSource, Path_] | str"


class Fault(Struct, frozen=True):
    """What a rule found, where, and what to do. Without a severity of its own it has its rule's.

    The message says the words or the thing that it is about: with the file and the rule's id it names the finding in a
    baseline, where lines and positions would not last.
    """

    where: Where
    message: str
    hint: str = ""
    severity: Severity | None = None


class Violation(Struct, frozen=True):
    """A diagnostic, and what it says without the place: a baseline knows it again by this."""

    diagnostic: Diagnostic
    said: str


class Rule(Struct, frozen=True):
    """A rule that a program decides (severity "error") or warns about.

    `measures` says that it finds nothing in a language whose text nobody can make ready to be measured (R43).
    """

    id: str
    subjects: tuple[Subject, ...]
    severity: Severity
    check: Callable[[Any], Iterable[Fault]]
    measures: bool = False

    def violations(self, subject: Any) -> Iterator[Violation]:
        """What the rule finds in its subject."""
        for fault in self.check(subject):
            yield Violation(self._diagnostic(fault), fault.message)

    def _diagnostic(self, fault: Fault) -> Diagnostic:
        severity = fault.severity or self.severity
        if isinstance(fault.where, str):
            return Diagnostic(self.id, fault.message, fault.hint, fault.where, severity=severity)
        source, path = fault.where
        return source.diagnostic(path, self.id, fault.message, fault.hint, severity=severity)


def rule(
    rule_id: str, *subjects: Subject, severity: Severity = "error", measures: bool = False
) -> Callable[[Callable[[Any], Iterable[Fault]]], Rule]:
    """Make a rule of a function that yields faults."""
    return lambda check: Rule(rule_id, subjects, severity, check, measures)
