"""`handouts check`: everything that is wrong, at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli.reporting import Workspace, open_library, reporting, say, show
from handouts.errors import Diagnostic, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.library import Library


@reporting
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="A workspace, or files and folders in it. Everything by default.", show_default=False),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    workspace: Workspace = None,
) -> None:
    """Load everything and report every problem with its file, line and remedy.

    Exits with 0 when there are no errors (warnings are shown), 3 when content is wrong, 4 when a template is, 6 when
    a font or picture is missing.

    Example: handouts check my-clinic
    """
    from handouts.quality import Finding, check_library, within

    findings: dict[Finding, None] = {}  # in order, and each once: two workspaces share the shipped library
    files = 0
    for library, chosen in _libraries(paths or [], workspace):
        report = check_library(library)
        files += report.files
        findings.update(dict.fromkeys(each for each in report.findings if not chosen or within(each, chosen)))
    errors = [finding for finding in findings if finding.diagnostic.severity == "error"]
    if as_json:
        show(json.dumps([finding.diagnostic.as_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            show(str(finding.diagnostic))
        warnings = len(findings) - len(errors)
        say(f"{files} files checked: {len(errors)} errors, {warnings} warnings")
    if errors:
        raise typer.Exit(min(finding.exit_code for finding in errors))


def _libraries(paths: Iterable[Path], workspace: Path | None) -> list[tuple[Library, list[Path]]]:
    """The library of each workspace that the paths belong to, with the paths; one library when no path is given."""
    from handouts.library.search_path import is_file, is_folder
    from handouts.quality import find_workspace

    chosen: dict[Path | None, list[Path]] = {}
    for path in paths:
        if not is_file(path) and not is_folder(path):
            raise UsageError(Diagnostic("U105", f"there is no file or folder {path}"))
        chosen.setdefault(workspace or find_workspace(path), []).append(path)
    libraries = [(open_library(folder), inside) for folder, inside in (chosen or {workspace: []}).items()]
    for library, inside in libraries:
        folders = [root.folder for root in library.path.roots]
        for path in inside:
            if not any(path.resolve().is_relative_to(folder) for folder in folders):
                raise UsageError(
                    Diagnostic(
                        "U105", f"{path} is in no workspace", "name a folder with a clinic.yaml, or a file in it"
                    )
                )
    return libraries
