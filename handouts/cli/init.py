"""`handouts init`: a clinic's workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handouts.cli.reporting import reporting, say, show


@reporting
def init(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a workspace: your clinic's name, logo and colours, and an example of each thing you can change.

    Example: handouts init my-clinic
    """
    from handouts.scaffolding import scaffold_workspace

    scaffold_workspace(folder)
    show(folder.as_posix())
    say(f"Write your clinic's name into {folder / 'clinic.yaml'}, then:")
    say(f"cd {folder} && handouts render psoas-muscle-spasm")
