"""The rows that failed, as a table that a spreadsheet opens: what to mend before the batch goes on."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from handouts.batch.journal import written_to
from handouts.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handouts.batch.rows import Outcome

FAILURES = "failed-rows.csv"


def write_failures(folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Write the table into the folder, without a value of a row; no row, no table. Raises OutputError."""
    text = io.StringIO()
    table = csv.writer(text)
    for outcome in outcomes:
        for problem in outcome.problems if outcome.status == "failed" else ():
            table.writerow((outcome.row, problem.column, problem.message, problem.hint, problem.code))
    file = folder / FAILURES
    if not text.tell():
        with written_to(folder):
            file.unlink(missing_ok=True)
        return
    header = "\ufeffrow,column,what is wrong,what to do,code\r\n"  # with the mark that Excel knows UTF-8 by
    write_whole(file, (header + text.getvalue()).encode(), private=True)
