"""`handouts new`: the first files of something of your own."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from handouts.cli.reporting import Workspace, open_library, reporting, say, show


class Kind(StrEnum):
    """What can be made."""

    topic = "topic"
    audience = "audience"
    template = "template"
    brand = "brand"


_NEXT = {
    Kind.topic: (
        "handouts preview {name}    shows the pages while you write\nhandouts check {name}      says what is left"
    ),
    Kind.audience: "handouts render psoas-muscle-spasm --audience {name}",
    Kind.template: "handouts render psoas-muscle-spasm --template {name}",
    Kind.brand: "handouts render psoas-muscle-spasm --brand {name}",
}


@reporting
def new(
    kind: Annotated[Kind, typer.Argument(help="What to make.")],
    name: Annotated[str, typer.Argument(help="Its name on the command line, like tennis-elbow.")],
    *,
    title: Annotated[
        str | None, typer.Option(help="What people call it; the name by default.", show_default=False)
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Write the first files of a topic, audience, template or brand into your workspace, and print their names.

    Example: handouts new topic tennis-elbow
    """
    from handouts.library.reviews import today
    from handouts.scaffolding import scaffold

    library = open_library(workspace)
    for file in scaffold(library, kind.value, name, title, today()):
        show(Path(os.path.relpath(file)).as_posix())
    say(f"Open them in an editor. Then:\n{_NEXT[kind].format(name=name)}")
