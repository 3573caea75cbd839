"""`handouts review`: which words a clinician has signed, what has changed since, and signing them."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli import completion
from handouts.cli.reporting import Workspace, open_library, reporting, say, show, table
from handouts.errors import ContentError, Diagnostic, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library import Audience, Library, Topic
    from handouts.library.reviews import Signature
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
    from handouts.reviewing import standings

    library = open_library(workspace)
    day = today()
    rows = [
        _row(each)
        for name in library.topic_ids
        for language in (None, *library.translations(name))
        for each in standings(library, library.topic(name, language), day)
    ]
    if as_json:
        show(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        table([{**row, "audience": row["audience"] or "(all)"} for row in rows])


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
    from handouts.reviewing import standing, text_of

    library = open_library(workspace)
    chosen, reader = _chosen(library, topic, audience, language)
    found = standing(library, chosen, reader, today())
    whole = standing(library, chosen, None, today())
    if found.signature is None and whole.signature is not None:
        say(f"{audience} was not signed alone; this is about the whole topic, which was.")
        found, reader = whole, None
    now = text_of(library, chosen, reader)
    for line in _opening(library, chosen, found):
        show(line)
    if found.signature is None or full:
        for line in _with_headings(now, chosen):
            show(line)
    else:
        for line in _difference(library.signed_text(found.signature.hash), now, found.signature):
            show(line)
    show(
        "\nA signature covers these words and the pictures. It does not cover the disclaimer, the fixed words of the\n"
        "page, what a template adds, your clinic's name and numbers, or what a clinician types for one patient."
    )


def _opening(library: Library, topic: Topic, standing: Standing) -> Iterator[str]:
    """What this is, and who has signed it."""
    whose = library.audience(standing.audience, topic.language).label if standing.audience else "for all readers"
    language = library.language(topic.language).name
    yield f"{topic.title} ({topic.id}), {whose}, {language}, version {topic.file.version}"
    signature = standing.signature
    if signature is None:
        yield "Not signed yet."
        return
    signed, due = signature.signed.isoformat(), signature.due.isoformat()
    yield f"Signed by {signature.reviewer} on {signed}, to be read again by {due}."
    if not standing.same:
        yield "Words have changed since: pages that hold them say that no clinician has reviewed them."
    elif standing.state == "due":
        yield "The words are as they were signed. It is time to read them again."
    if standing.state == "outdated":
        yield "The text is more than five years old: it prints with --allow-outdated only."


def _with_headings(lines: tuple[str, ...], topic: Topic) -> Iterator[str]:
    """The text, each section under its title."""
    titles = {section.id: section.file.title for section in topic.sections} | {"glossary": "Medical words"}
    before = ""
    for line in lines:
        name = line.partition(": ")[0].partition(".")[0].partition("/")[0]
        if name != before:
            heading = titles.get(name, topic.title)
            yield from ("", heading, "-" * len(heading))
            before = name
        yield line


def _difference(signed: tuple[str, ...], now: tuple[str, ...], signature: Signature) -> Iterator[str]:
    """What was taken away (-) and what came (+) since the signature."""
    import difflib

    difference = list(
        difflib.unified_diff(signed, now, f"signed {signature.signed.isoformat()}", "now", lineterm="", n=1)
    )
    yield "" if difference else "No word has changed since (--full shows the text)."
    yield from difference


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
    from handouts.library.reviews import today, years_after
    from handouts.reviewing.signing import sign

    library = open_library(workspace)
    chosen, reader = _chosen(library, topic, audience, language)
    _require_name(reviewer)
    signed = _date("--date", date) or today()
    again = _date("--due", due) or years_after(signed, 1)
    if signed > today():
        raise UsageError(Diagnostic("U132", "--date lies in the future", "the day when the words were approved"))
    if again <= signed:
        raise UsageError(Diagnostic("U132", "--due must come after the signature", "a year later is usual"))
    _require_ready(library, chosen)
    show(sign(library, chosen, reader, reviewer.strip(), signed, again).as_posix())
    if chosen.translation and chosen.translation.draft:
        say("note: the page still says that this translation is a draft, until translator: is in its topic.yaml")
    say("Put the folder reviews/ into version control: its history shows who made the signature.")


def _chosen(library: Library, topic: str, audience: str | None, language: str | None) -> tuple[Topic, Audience | None]:
    chosen = library.topic(topic, language)
    return chosen, library.audience(audience, chosen.language) if audience is not None else None


def _require_name(reviewer: str) -> None:
    from handouts.library.models import VISIBLE
    from handouts.library.reviews import LONGEST_REVIEWER
    from handouts.person import unprintable

    if not re.search(VISIBLE, reviewer):
        raise UsageError(Diagnostic("U132", "--reviewer is empty", '"A. Example, PT"'))
    if len(reviewer.strip().splitlines()) > 1:
        raise UsageError(Diagnostic("U132", "--reviewer has more than one line", "write name and credentials on one"))
    if len(reviewer) > LONGEST_REVIEWER:
        raise UsageError(Diagnostic("U132", f"--reviewer is longer than {LONGEST_REVIEWER} characters"))
    if unprintable(reviewer):
        raise UsageError(Diagnostic("U103", "--reviewer holds a control character", "type the name again"))


def _date(option: str, text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(Diagnostic("U132", f"{option} is no date", "write 2026-11-24")) from None


def _require_ready(library: Library, topic: Topic) -> None:
    """What does not print right, or says itself that it is a draft, is not ready to be signed."""
    from handouts.quality import Scope, check_library

    if topic.file.draft:
        message = "not signed: the topic says draft: true"
        raise ContentError(
            topic.source.diagnostic(("draft",), "C335", message, "finish it, delete that line, then sign")
        )
    report = check_library(library, Scope(topics=(topic.id,)))
    errors = [
        each.diagnostic for each in report.findings if each.diagnostic.severity == "error" and each.reason is None
    ]
    if errors:
        message = "not signed: handouts check must find no errors first"
        raise ContentError([*errors, Diagnostic("C335", message, "put these right, read the text again, then sign")])
