"""The options that say what goes onto a sheet and how it looks: the same words in every command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli import completion
from handouts.looks import PaperName, PatientEdition

if TYPE_CHECKING:
    from handouts.library.plans import Prescription
    from handouts.selection import Choices

# Of library.shapes, which --help does not import.
MOST_WEEKS = 4


Audience = Annotated[
    str | None, typer.Option(help="Who reads it.", autocompletion=completion.audiences, show_default=False)
]
Sections = Annotated[str | None, typer.Option(help="Only these sections, in this order: a,b,c")]
Skip = Annotated[str | None, typer.Option(help="Not these sections: a,b")]
Exercises = Annotated[
    str | None,
    typer.Option(
        help="These exercises, in this order, with their doses: ID[:SETSxREPS, REPSxTIME or SETSxREPSxTIME]"
        "[@N/day][@N/week], for example half-kneeling-stretch:3x30s@2/day,bridge:2x10. "
        "What is not said stays as the topic has it.",
        show_default=False,
    ),
]
Plan = Annotated[
    str | None,
    typer.Option(help="The exercises of one of your plans.", autocompletion=completion.plans, show_default=False),
]
Weeks = Annotated[
    int | None, typer.Option(min=1, max=MOST_WEEKS, help="How many weeks a log or a diary has.", show_default=False)
]
Items = Annotated[str | None, typer.Option(help="How many items: all, or causes=10,symptoms=all", show_default=False)]
MaxPages = Annotated[
    int | None, typer.Option(min=1, help="Leave out what matters least until it fits.", show_default=False)
]
Template = Annotated[
    str | None,
    typer.Option(
        help="What kind of sheet: handouts list templates.",
        autocompletion=completion.templates,
        show_default=False,
    ),
]
Brand = Annotated[
    str | None, typer.Option(help="Whose name is on it.", autocompletion=completion.brands, show_default=False)
]
Edition = Annotated[PatientEdition | None, typer.Option(help="How large it is set.", show_default=False)]
Paper = Annotated[PaperName | None, typer.Option(help="What it is printed on.", show_default=False)]
Language = Annotated[
    str | None,
    typer.Option(
        help="The language to print in; the topic's own by default.",
        autocompletion=completion.languages,
        show_default=False,
    ),
]


def choices_of(
    sections: str | None, skip: str | None, items: str | None, exercises: str | None, weeks: int | None
) -> Choices:
    """What was typed, as choices. Raises UsageError for what cannot be read."""
    from handouts.selection import Choices, read_limits, read_names

    return Choices(
        sections=read_names(sections) if sections is not None else None,
        skip=read_names(skip or ""),
        items=read_limits(items) if items is not None else None,
        exercises=_prescriptions(exercises),
        weeks=weeks,
    )


def _prescriptions(text: str | None) -> tuple[Prescription, ...]:
    if text is None:
        return ()
    from handouts.prescriptions import parse_prescriptions

    return parse_prescriptions(text)
