"""`handouts review`: which words a clinician has signed, what has changed since, and signing them."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli import completion
from handouts.cli.reporting import Workspace, open_library, reporting, say, show, table
from handouts.errors import Diagnostic, UsageError

if TYPE_CHECKING:
    from handouts.library import Audience, Library, Topic
    from handouts.reviewing import Standing

review = typer.Typer(
    help="Have a clinician read and sign a topic, and see what has been signed.\n\n"
    "Example: handouts review show psoas-muscle-spasm",
    no_args_is_help=True,
    rich_markup_mode=None,
)

TopicName = Annotated[str, typer.Argument(help="The topic.", autocompletion=completion.topics)]
AudienceName = Annotated[
    str | None,
    typer.Option(
        "--audience",
        help="Only what this reader's sheets print by default.",
        autocompletion=completion.audiences,
        show_default=False,
    ),
]
LanguageName = Annotated[
    str | None,
    typer.Option(
        "--language",
        help="The language of the text; the topic's own by default.",
        autocompletion=completion.languages,
        show_default=False,
    ),
]


@review.command("list")
@reporting
def list_(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    workspace: Workspace = None,
) -> None:
    """List each topic in each language: signed by whom, when, due when, and how things stand now.

    Example: handouts review list --json
    """
    from handouts.library.reviews import today
    from handouts.reviewing import all_standings

    rows = [_row(each) for each in all_standings(open_library(workspace), today())]
    if as_json:
        show(json.dumps(rows, ensure_ascii=False, indent=2))
    elif rows:
        names = {key: key.upper() for key in rows[0]}
        table([names, *({**row, "audience": row["audience"] or "(all)"} for row in rows)])


def _row(standing: Standing) -> dict[str, str | None]:
    signature = standing.signature
    return {
        "topic": standing.topic,
        "language": standing.language,
        "audience": standing.audience,
        "state": standing.state,
        "reviewer": signature.reviewer if signature else None,
        "signed": signature.signed.isoformat() if signature else None,
        "due": standing.due.isoformat(),
    }


@review.command("show")
@reporting
def show_(
    topic: TopicName,
    audience: AudienceName = None,
    language: LanguageName = None,
    *,
    full: Annotated[bool, typer.Option("--full", help="The whole text, not what has changed.")] = False,
    workspace: Workspace = None,
) -> None:
    """Show the words to review; once they are signed, what has changed since (nothing else, unless --full is given).

    Example: handouts review show psoas-muscle-spasm --audience athlete
    """
    from handouts.library.reviews import today
    from handouts.reviewing.showing import to_read

    library = open_library(workspace)
    chosen, reader = _chosen(library, topic, audience, language)
    reading = to_read(library, chosen, reader, today(), full=full)
    if reading.of_whole:
        say(f"{audience} was not signed alone; this is about the whole topic, which was.")
    for line in reading.lines:
        show(line)


@review.command("sign")
@reporting
def sign_(
    topic: TopicName,
    reviewer: Annotated[str, typer.Option(help="Name and credentials, as the page prints them.", show_default=False)],
    audience: AudienceName = None,
    language: LanguageName = None,
    date: Annotated[
        str | None, typer.Option(help="When it was approved; today by default.", show_default=False)
    ] = None,
    due: Annotated[
        str | None, typer.Option(help="When to read it again; a year later by default.", show_default=False)
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Write down that a clinician approved the words that `review show` shows. Run handouts check first: it must pass.

    Example: handouts review sign psoas-muscle-spasm --reviewer "A. Example, PT" --due 2027-11-24
    """
    from handouts.library.reviews import today
    from handouts.quality.readiness import require_glyphs, require_ready
    from handouts.reviewing.signing import days_of, name_of, sign

    library = open_library(workspace)
    chosen, reader = _chosen(library, topic, audience, language)
    name = name_of(reviewer)
    require_glyphs(library, name)
    signed, again = days_of(_date("--date", date), _date("--due", due), today())
    require_ready(library, chosen, reader)
    show(sign(library, chosen, reader, name, signed, again).as_posix())
    if chosen.translation and chosen.translation.draft:
        say("note: the page still says that this translation is a draft, until translator: is in its topic.yaml")
    say("Put the folder reviews/ into version control: its history shows who made the signature.")


def _chosen(library: Library, topic: str, audience: str | None, language: str | None) -> tuple[Topic, Audience | None]:
    chosen = library.topic(topic, language)
    return chosen, library.audience(audience, chosen.language) if audience is not None else None


def _date(option: str, text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(Diagnostic("U132", f"{option} is no date", "write 2026-11-24")) from None
