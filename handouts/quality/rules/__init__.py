"""The rules that content and sheets keep (docs/rules.md): every `Rule` of the modules here.

What a new one needs: docs/architecture.md, "Adding things".
"""

from __future__ import annotations

from handouts.quality.rules import medical_words, provenance, reading_level, sheets, structure, wording
from handouts.quality.rules.catalogue import CATALOGUE, Criterion
from handouts.quality.rules.rule import Rule, Violation
from handouts.quality.rules.subjects import ComposedSheet, WrittenTopic, is_meant

__all__ = ["CATALOGUE", "RULES", "ComposedSheet", "Criterion", "Rule", "Violation", "WrittenTopic", "is_meant"]

_MODULES = (structure, provenance, reading_level, wording, medical_words, sheets)
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (each for module in _MODULES for each in vars(module).values() if isinstance(each, Rule)),
        key=lambda each: each.id,
    )
)
