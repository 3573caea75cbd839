"""Cold start: the whole process of one `handouts render` beside the import of ReportLab's page layout.

Both run with compiled modules at hand, as after `pip install`: bytecode is kept in a temporary folder, filled by the
untimed first call, whatever the environment says about writing it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import Comparison, alternate

ROUNDS = 25
TARGET = 2.2
OURS = ("-m", "handouts", "render", "psoas-muscle-spasm", "-o", "-")
THEIRS = ("-c", "import reportlab.platypus")


def cold_start() -> Comparison:
    """Time the two commands in turn; the PDF goes to the null device."""
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder

        def run(arguments: tuple[str, ...]) -> None:
            subprocess.run(
                (sys.executable, *arguments),
                cwd=Path(__file__).resolve().parent.parent,
                env=environment,
                stdout=subprocess.DEVNULL,
                check=True,
            )

        return alternate("cold start of one render", lambda: run(OURS), lambda: run(THEIRS), ROUNDS, TARGET)
