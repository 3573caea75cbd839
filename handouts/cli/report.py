"""`handouts check TOPIC --report`: a page for the clinician who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.cli.destinations import ending_of, sheet_file, target
from handouts.cli.reporting import open_library, show
from handouts.errors import Diagnostic, UsageError
from handouts.looks import REPORT_FORMATS, ReportFormat

if TYPE_CHECKING:
    from pathlib import Path


def write_report(
    topics: list[str],
    audiences: list[str],
    template: str | None,
    language: str | None,
    chosen: str | None,
    output: str | None,
    workspace: Path | None,
) -> None:
    """Show the report about one sheet, or write it into a file and print the file's path.

    Raises UsageError unless one topic is named, and one audience at most.
    """
    from msgspec.structs import replace

    from handouts.making import Order, make_report

    if len(topics) != 1 or len(audiences) > 1:
        message = "a report is about one topic and one audience"
        raise UsageError(Diagnostic("U117", message, "handouts check TOPIC --audience AUDIENCE --report"))
    library = open_library(workspace)
    order = Order(
        topic=topics[0], audience=audiences[0] if audiences else None, template=template, language=language
    ).settled(library)
    ending = chosen or ending_of(output)
    as_text = chosen is None and output is None
    usual: ReportFormat = "txt" if as_text else "pdf"
    output_format = next((each for each in REPORT_FORMATS if each == ending), usual)
    data = make_report(library, order, output_format)
    if as_text:
        show(data.decode().removesuffix("\n"))
    elif output == "-":
        show(data)
    else:
        from handouts.files import write_whole

        order = replace(order, edition=None)  # it has one of its own
        file = target(sheet_file(library, order, f"report.{output_format}"), output)
        write_whole(file, data)
        show(file.as_posix())
