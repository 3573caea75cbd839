"""The rules applied to one subject: a topic as it is written, or a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.errors import ContentError, TemplateError
from handouts.quality.findings import Finding, file_of
from handouts.quality.rules import RULES, WrittenTopic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.errors import Diagnostic
    from handouts.library import SearchPath
    from handouts.quality.rules import ComposedSheet
    from handouts.quality.rules.rule import Subject


def judged(subject: Subject, what: WrittenTopic | ComposedSheet, path: SearchPath) -> Iterator[Finding]:
    """What the rules for a kind of subject find; `path` has the files that they name."""
    for rule in RULES:
        if subject in rule.subjects:
            for violation in rule.violations(what):
                of_template = violation.diagnostic.file.endswith(".jinja")
                exit_code = (TemplateError if of_template else ContentError).exit_code
                diagnostic = _seen_on(violation.diagnostic, what)
                yield Finding(diagnostic, exit_code, *file_of(diagnostic, path), violation.said)


def _seen_on(diagnostic: Diagnostic, what: WrittenTopic | ComposedSheet) -> Diagnostic:
    """The diagnostic with the sheet that shows it. What several sheets show is said once, of the first."""
    if isinstance(what, WrittenTopic) or what.name in diagnostic.message:
        return diagnostic
    return replace(diagnostic, hint=f"{diagnostic.hint} (seen on the sheet {what.name})")
