"""`handouts check`: everything that is wrong, at once."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli import wishes  # noqa: TC001  Typer reads the annotations
from handouts.cli.report import write_report
from handouts.cli.reporting import Workspace, open_library, reporting, say, show
from handouts.errors import Diagnostic, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.library import Library
    from handouts.quality import Finding, Scope


class Format(StrEnum):
    """For whom the findings are written, or as what a report is."""

    github = "github"
    sarif = "sarif"
    baseline = "baseline"
    pdf = "pdf"
    html = "html"
    txt = "txt"


_OF_REPORT = {Format.pdf, Format.html, Format.txt}


@reporting
def check(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="A workspace, files and folders in it, or topics. Everything by default.", show_default=False
        ),
    ] = None,
    *,
    audience: Annotated[
        list[str] | None,
        typer.Option("--audience", help="Only this audience's sheets; may be repeated.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    output_format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="github (its checks), sarif (programs that read it), baseline (entries for "
            "content/check-baseline.yaml); pdf, html or txt for a report.",
            show_default=False,
        ),
    ] = None,
    as_report: Annotated[
        bool,
        typer.Option(
            "--report", help="A page for the clinician who decides whether one topic's sheet may be handed out."
        ),
    ] = False,
    template: wishes.Template = None,
    language: wishes.Language = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="The report's file, a folder, or - for stdout.", show_default=False),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show what is counted only, too.")] = False,
    workspace: Workspace = None,
) -> None:
    """Load everything, apply the rules, and report every problem with its file, line and remedy.

    docs/rules.md says what each rule asks. What was accepted in content/check-baseline.yaml is counted, not shown; so
    are, in a clinic's workspace, warnings about shipped files, unless a topic is named.
    Exits with 0 when there are no errors (warnings are shown), 3 when content is wrong, 4 when a template is, 5 when
    a sheet cannot be laid out, 6 when a font or picture is missing.

    With --report: reading level by section, the longest sentences, hard words, findings, sources and signature of one
    topic's sheet, on the terminal or as a file whose path is printed. It exits with 0 whatever the report says.

    Example: handouts check my-clinic
    """
    from handouts.quality import check_library, within

    if as_report:
        if as_json or show_all or output_format in set(Format) - _OF_REPORT:
            message = "a report is no list of findings: no --json, no --all, no --format of theirs"
            raise UsageError(Diagnostic("U117", message, "--format pdf, html or txt, or leave them out"))
        written_as = output_format.value if output_format else None
        write_report(what or [], audience or [], template, language, written_as, output, workspace)
        return
    of_report = {
        "--template": template,
        "--language": language,
        "--output": output,
        f"--format {output_format}": output_format in _OF_REPORT,
    }
    for option, given in of_report.items():
        if given:
            raise UsageError(Diagnostic("U117", f"{option} is for a report", "add --report, or leave it out"))
    if as_json and output_format:
        raise UsageError(Diagnostic("U109", "--json and --format exclude each other", "choose one"))
    found: dict[Finding, None] = {}  # in order, and each once: two workspaces share the shipped library
    files = 0
    libraries = _libraries(what or [], tuple(audience or ()) or None, workspace)
    for library, scope, chosen in libraries:
        report = check_library(library, scope)
        files += report.files
        found.update(dict.fromkeys(each for each in report.findings if not chosen or within(each, chosen)))
    counted = [each for each in found if each.of_clinic or what]  # what is named is shown, whosever it is
    open_findings = [each for each in counted if each.reason is None]
    _print(list(found) if show_all else open_findings, libraries[0][0], "json" if as_json else output_format)
    errors = [each for each in open_findings if each.diagnostic.severity == "error"]
    if not as_json and output_format is None:
        numbers = {
            "errors": len(errors),
            "warnings": len(open_findings) - len(errors),
            "accepted": len(counted) - len(open_findings),
            "about shipped files (--all shows them)": len(found) - len(counted),
        }
        said = [f"{number} {name}" for name, number in numbers.items() if number or name in {"errors", "warnings"}]
        say(f"{files} files checked: {', '.join(said)}")
    if errors and output_format != Format.baseline:
        raise typer.Exit(min(each.exit_code for each in errors))


def _print(findings: list[Finding], library: Library, output_format: str | None) -> None:
    """The findings on stdout."""
    from handouts import __version__
    from handouts.quality import formats

    match output_format:
        case "json":
            show(json.dumps(formats.as_rows(findings), indent=2))
        case Format.sarif:
            show(json.dumps(formats.as_sarif(findings, __version__), indent=2))
        case Format.github:
            if findings:
                show(formats.as_github(findings))
        case Format.baseline:
            from handouts.quality import baseline_entries

            show(baseline_entries(findings, library.path))
        case _:
            for each in findings:
                accepted = "" if each.reason is None else f"\n  accepted: {each.reason}"
                show(f"{each.diagnostic}{accepted}")


def _libraries(
    named: Iterable[str], audiences: tuple[str, ...] | None, workspace: Path | None
) -> list[tuple[Library, Scope, list[Path]]]:
    """What to check: a library for each workspace that the paths belong to, with the paths; one for the topics.

    A path that exists wins over a topic of that name.
    """
    from handouts.library.search_path import is_file, is_folder
    from handouts.quality import Scope, find_workspace

    chosen: dict[Path | None, list[Path]] = {}
    topics: list[str] = []
    for name in named:
        path = Path(name)
        if is_file(path) or is_folder(path):
            chosen.setdefault(workspace or find_workspace(path), []).append(path)
        else:
            topics.append(name)
    libraries = [(open_library(folder), Scope(audiences=audiences), inside) for folder, inside in chosen.items()]
    if topics or not chosen:
        library = open_library(workspace)
        for name in topics:
            if name not in library.topic_ids:
                hint = library.unknown("topic", name, library.topic_ids).diagnostics[0].hint
                raise UsageError(Diagnostic("U105", f"there is no file, folder or topic {name}", hint))
        libraries.append((library, Scope(tuple(topics) or None, audiences), []))
    for library, _, inside in libraries:
        folders = [root.folder for root in library.path.roots]
        for path in inside:
            if not any(path.resolve().is_relative_to(folder) for folder in folders):
                raise UsageError(
                    Diagnostic(
                        "U105", f"{path} is in no workspace", "name a folder with a clinic.yaml, or a file in it"
                    )
                )
    return libraries
