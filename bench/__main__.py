"""`python -m bench`: measure, and print one table.

It measures; it does not test: the exit code is 0 whatever the ratios are.
"""

from __future__ import annotations

import datetime as dt
import platform
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.batch import MANY_ROWS, ROWS, THEIR_ROWS, batch_to_disk, two_processes
from bench.cold import OURS, THEIRS, cold_makers, cold_start
from bench.examples import LONG, SHORT, TOPIC, examples
from bench.memory import makers
from bench.table import columns, table
from bench.tagging import tagging
from bench.warm import cores, warm_layout


def main() -> None:
    """Run the comparisons."""
    start = time.monotonic()
    (short, long), absent = examples()
    tags, sizes = tagging()
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as place:  # 7 GB
        processes, memory = two_processes(short, Path(place))
        compared = [
            *cold_start(),
            *(line for example in (short, long) for line in cold_makers(example)),
            *(line for example in (short, long) for line in warm_layout(example)),
            *(line for example in (short, long) for line in batch_to_disk(example, Path(place))),
            *processes,
            *tags,
        ]
    print(table(compared))
    print()
    heading = ("one handout", "pages", "size", "peak")
    for example in (short, long):
        print(columns([heading, *makers(example)]))
        print()
    print(memory)
    print(f"size: {sizes}")
    print()
    for reason in absent:
        print(f"left out: {reason}")
    _explain()
    print(
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {cores()} cores, "
        f"Python {platform.python_version()}, {_versions()}; {time.monotonic() - start:.0f} s"
    )


def _explain() -> None:
    """Say what was measured."""
    rows = ", ".join(f"{name} {count}" for name, count in THEIR_ROWS.items())
    print(
        f"""\
A ratio is ours divided by theirs in one round, by the clock; the median of all rounds; lower is better.
processors: the ratio of processor time. Where it differs, the machine was busy, or a side waits or uses two cores.
handouts measured: `render {TOPIC} {" ".join(SHORT)}`
  and `render {TOPIC} {" ".join(LONG)}`, with a name and a date, on tagged pages. The peers set the same
  words and pictures in the same typeface, with header, footer and page numbers: ReportLab's platypus without tags,
  WeasyPrint and Typst as PDF/UA-1.
cold: whole processes; the first line is `python {" ".join(OURS)}`
  beside `python {THEIRS[0]} '{THEIRS[1]}'`.
warm: what is in memory (a Document, a parsed page, markup) becomes PDF bytes, everything laid out afresh each time.
batch: {ROWS:,} rows from a roster to files on disk and a manifest; the peers make and write files, the name changes
  ({rows} in each round). Typst has its cache; "afresh" is without,
  as when a name comes in its inputs. Times are those of one file.
two processes: `handouts batch` of {MANY_ROWS:,} rows with --jobs 2 beside --jobs 1, from start to end.
tagged: the athlete's handout on two pages, with form fields."""
    )


def _versions() -> str:
    """The peers that are here."""
    found = []
    for name in ("reportlab", "weasyprint", "typst"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


if __name__ == "__main__":
    main()
