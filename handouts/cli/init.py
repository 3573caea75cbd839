"""`handouts init`: a clinic's workspace."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from handouts.cli.reporting import reporting, say, show
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
    targets = [folder / file.relative_to(source) for file in files]
    taken = [target for target in targets if os.path.lexists(target)]
    if taken:
        raise OutputError(
            Diagnostic("O102", "is there already", "choose another folder, or move the file away", str(taken[0]))
        )
    for file, target in zip(files, targets, strict=True):
        write_whole(target, file.read_bytes())
    show(folder.as_posix())
    say(f"Write your clinic's name into {folder / 'clinic.yaml'}, then:")
    say(f"cd {folder} && handouts render psoas-muscle-spasm")
