"""What `handouts check` found, and which of it was accepted in a baseline."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.library.baselines import BASELINE, read_baseline
from handouts.library.overlays import digest
from handouts.library.search_path import is_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from handouts.errors import Diagnostic, ExitCode
    from handouts.library import SearchPath
    from handouts.library.baselines import Acceptance
    from handouts.library.yaml_source import YamlSource


class Finding(Struct, frozen=True):
    """A diagnostic, the exit code it asks for, and the file it is about (None when it has none).

    What a rule found can be accepted: `said` is its message without the place (empty for what cannot), `name` the
    file's name from its root on. `reason` is why it was accepted, None when it was not. `of_clinic` is False in a
    clinic's workspace for a warning about a shipped file: the clinic's files did not cause it, and cannot mend it.
    """

    diagnostic: Diagnostic
    exit_code: ExitCode
    file: Path | None
    name: str = ""
    said: str = ""
    reason: str | None = None
    of_clinic: bool = True

    @property
    def key(self) -> tuple[str, str, str]:
        """What a baseline knows the finding by."""
        return self.diagnostic.code, self.name, self.said

    @property
    def fingerprint(self) -> str:
        """The same in eight letters."""
        return digest(self.key)


def file_of(diagnostic: Diagnostic, path: SearchPath) -> tuple[Path | None, str]:
    """The file that a diagnostic names, and its name from its root on."""
    for root in path.roots:
        if diagnostic.file and diagnostic.file.startswith(root.shown_as):
            name = diagnostic.file.removeprefix(root.shown_as)
            file = root.folder / name
            if os.path.exists(file):  # noqa: PTH110  what cannot be entered is an error of its own
                return file, name
    return None, diagnostic.file


class Baseline:
    """The accepted findings along a search path. Raises ContentError for a file that is wrong."""

    def __init__(self, path: SearchPath) -> None:
        self.entries: list[tuple[Acceptance, YamlSource, int]] = []
        self.folder = path.roots[0].folder
        for root in path.roots:
            found = read_baseline(root)
            if found:
                self.entries += [(each, found[1], index) for index, each in enumerate(found[0].accepted)]

    def applied(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, each accepted one with its reason."""
        reasons = {_key(entry): entry.reason for entry, *_ in reversed(self.entries)}
        return [replace(each, reason=reasons.get(each.key) if each.said else None) for each in findings]

    def outlived(self, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
        """Entries that no finding matches any more; of a clinic's workspace, its own."""
        keys = {each.key for each in findings}
        for entry, source, index in self.entries:
            if source.file.is_relative_to(self.folder) and _key(entry) not in keys:
                yield source.diagnostic(
                    ("accepted", index),
                    "C320",
                    f"check finds this no more ({entry.rule} in {entry.file})",
                    "delete the entry; if the words were changed, look at the new finding",
                    severity="warning",
                )


def _key(entry: Acceptance) -> tuple[str, str, str]:
    return entry.rule, entry.file, entry.finding


def baseline_entries(findings: Iterable[Finding], path: SearchPath) -> str:
    """Entries for the findings of rules, to be put into the first root's baseline; each still needs its reason."""
    file = path.roots[0].folder / BASELINE
    # A shell makes the file empty before it is written to.
    lines = [] if is_file(file) and file.stat().st_size else ["accepted:"]
    for code, name, said in dict.fromkeys(each.key for each in findings if each.said and each.reason is None):
        lines += [
            f"  - rule: {code}",
            f"    file: {json.dumps(name, ensure_ascii=False)}",
            f"    finding: {json.dumps(said, ensure_ascii=False)}",
            '    reason: ""',
        ]
    return "\n".join(lines)
