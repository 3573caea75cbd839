"""`python -m bench`: measure, and print one table.

It measures; it does not test: the exit code is 0 whatever the ratios are.
"""

from __future__ import annotations

import platform
from importlib.metadata import version

from bench.batch import batch_to_disk, memory
from bench.cold import OURS, THEIRS, cold_start
from bench.table import table
from bench.tagging import tagging
from bench.warm import cores, warm_layout


def main() -> None:
    """Run the comparisons."""
    cold = cold_start()
    warm, made = warm_layout()
    tags, sizes = tagging()
    many, both = batch_to_disk()
    print(table((cold, warm, tags, many)))
    print()
    print(f"cold: `python {' '.join(OURS)}` beside `python {THEIRS[0]} '{THEIRS[1]}'`, whole processes, wall time")
    print(f"warm: the default handout's Document to PDF bytes in one process; {made}")
    print(f"tagged: the athlete's handout on two pages, tagged and with form fields beside untagged; {sizes}")
    print(f"batch: from the roster to files on disk and a manifest, one process; {both}")
    print(memory())
    print("A ratio is ours divided by theirs in one round; the median of all rounds, lower is better.")
    print(
        f"Python {platform.python_version()}, ReportLab {version('reportlab')}, "
        f"{platform.system()} {platform.machine()}, {cores()} cores"
    )


if __name__ == "__main__":
    main()
