"""`handouts preview`: the pages made anew at every save."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli import completion, wishes
from handouts.cli.reporting import Workspace, open_library, reporting, say, show

if TYPE_CHECKING:
    from handouts.library import Library
    from handouts.making import Order


@reporting
def preview(
    topic: Annotated[str, typer.Argument(help="What it is about.", autocompletion=completion.topics)],
    audience: wishes.Audience = None,
    sections: wishes.Sections = None,
    skip: wishes.Skip = None,
    exercises: wishes.Exercises = None,
    plan: wishes.Plan = None,
    weeks: wishes.Weeks = None,
    items: wishes.Items = None,
    max_pages: wishes.MaxPages = None,
    template: wishes.Template = None,
    brand: wishes.Brand = None,
    edition: wishes.Edition = None,
    paper: wishes.Paper = None,
    language: wishes.Language = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The folder for the preview; output/preview by default."),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Show the page in your browser.", show_default=False)
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Show the pages in your browser while you write; each save makes them anew. Ctrl+C ends it.

    What is wrong in your files stands above the last pages that were right, here and in the browser, until you mend it.

    Example: handouts preview tennis-elbow --audience athlete --open
    """
    from handouts.making import Order
    from handouts.previewing import PAGE, Preview
    from handouts.previewing import preview as rounds

    library = open_library(workspace)
    order = Order(
        topic=topic,
        audience=audience,
        template=template,
        brand=brand,
        edition=edition,
        paper=paper,
        language=language,
        choices=wishes.choices_of(sections, skip, items, exercises, weeks),
        plan=plan,
        max_pages=max_pages,
        allow_outdated=True,
    )
    _require_names(library, order.settled(library))
    folder = output or Path("output") / "preview"
    page = folder / PAGE

    def tell(result: Preview) -> None:
        for problem in result.problems:
            say(problem)
        if result.problems:
            say("not right yet; mend it and save")
        else:
            say(f"{result.pages} page{'s' if result.pages != 1 else ''}")
            for note in result.notes:
                say(f"note: {note}")

    try:
        made = rounds(library.path, order, folder)
        tell(next(made))
        show(page.as_posix())
        if browser:
            typer.launch(page.absolute().as_uri())
        else:
            say("Open this file in your browser. It shows each save; Ctrl+C ends it.")
        for result in made:
            if sys.stderr.isatty():
                say("\x1b[2J\x1b[H")  # a clean screen: nothing of the round before is left to mislead
            tell(result)
    except KeyboardInterrupt:
        say("ended")


def _require_names(library: Library, order: Order) -> None:
    """Raise UsageError for what the command names and no save can bring about."""
    library.require_topic(order.topic)
    library.require_audience(order.audience or "")
    library.require_template(order.template or "")
