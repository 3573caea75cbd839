"""`handouts init`: a clinic's workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handouts.cli.reporting import reporting, say
from handouts.errors import Diagnostic, OutputError


@reporting
def init(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a workspace: your clinic's name, logo and colours, and an example of each thing you can change.

    Example: handouts init my-clinic
    """
    from handouts.files import write_whole
    from handouts.library.search_path import shipped_root

    source = shipped_root() / "templates" / "workspace"
    files = sorted(file for file in source.rglob("*") if file.is_file())
    taken = [folder / file.relative_to(source) for file in files if (folder / file.relative_to(source)).exists()]
    if taken:
        raise OutputError(
            Diagnostic("O102", "is there already", "choose another folder, or move the file away", str(taken[0]))
        )
    for file in files:
        write_whole(folder / file.relative_to(source), file.read_bytes())
    typer.echo(folder.as_posix())
    say(f"Write your clinic's name into {folder / 'clinic.yaml'}, then:")
    say(f"cd {folder} && handouts render psoas-muscle-spasm")
