"""Findings of `handouts check` that somebody looked at and accepted, with the reason. Phase 1, LOAD.

Along the search path, `content/check-baseline.yaml`: the shipped one argues for the shipped words,
a clinic's own for its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from handouts.library.models import Model, Words
from handouts.library.search_path import is_file
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource

if TYPE_CHECKING:
    from handouts.library.search_path import Root

BASELINE = "content/check-baseline.yaml"


class Acceptance(Model, frozen=True, kw_only=True):
    """A finding that stays: known by its rule, its file and what it says, not by a line, which moves."""

    rule: Annotated[Words, Meta(description="The rule's id.")]
    file: Annotated[Words, Meta(description="As check shows it, from content/ or templates/ on.")]
    finding: Annotated[Words, Meta(description="What check says of it.")]
    reason: Annotated[Words, Meta(description="Why it stays.")]


class BaselineFile(Model, frozen=True, kw_only=True):
    """The file `content/check-baseline.yaml`: findings that were accepted."""

    accepted: tuple[Acceptance, ...] = ()


def read_baseline(root: Root) -> tuple[BaselineFile, YamlSource] | None:
    """The baseline of a root, if it has one. Raises ContentError."""
    file = root.folder / BASELINE
    if not is_file(file, root):
        return None
    source = YamlSource(file, root.show(file))
    return read_model(source, BaselineFile), source
