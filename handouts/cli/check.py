"""`handouts check`: everything that is wrong, at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from handouts.cli.reporting import Workspace, open_library, reporting, say
from handouts.errors import Diagnostic, UsageError


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
    from handouts.quality import check_library, find_workspace, within

    chosen = [path for path in paths or [] if path]
    for path in chosen:
        if not path.exists():
            raise UsageError(Diagnostic("U105", f"there is no file or folder {path}"))
    if workspace is None and chosen:
        workspace = find_workspace(chosen[0])
    report = check_library(open_library(workspace))
    findings = [finding for finding in report.findings if within(finding, chosen)] if chosen else report.findings
    errors = [finding for finding in findings if finding.diagnostic.severity == "error"]
    if as_json:
        typer.echo(json.dumps([finding.diagnostic.as_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            typer.echo(str(finding.diagnostic))
        warnings = len(findings) - len(errors)
        say(f"{report.files} files checked: {len(errors)} errors, {warnings} warnings")
    if errors:
        raise typer.Exit(min(finding.exit_code for finding in errors))
