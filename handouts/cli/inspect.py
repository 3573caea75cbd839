"""`handouts inspect`: what a finished PDF is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli.reporting import reporting, say, show
from handouts.looks import PAPER_SIZES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.inspecting import Element, Font, Inspection

_PAPERS = {(round(width), round(height)): name.capitalize() for name, (width, height) in PAPER_SIZES.items()}


@reporting
def inspect(
    file: Annotated[Path, typer.Argument(help="A PDF file.", show_default=False)],
    *,
    outline: Annotated[
        bool, typer.Option("--outline/--no-outline", help="What a screen reader reads, element by element.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what a handout is: its topic and version, its fonts and fields, and what a screen reader reads.

    The outline is the text of the pages, a patient's name among it when the sheet has one; --no-outline leaves it out.

    Example: handouts inspect output/psoas-muscle-spasm.patient.handout.pdf
    """
    import msgspec

    from handouts.inspecting import inspect as read

    found = read(file, outline=outline)
    if as_json:
        show(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2))
        return
    rows = [(label, value) for label, value in _facts(found) if value]
    width = max(len(label) for label, _ in rows)
    show("\n".join(f"{label.ljust(width)}  {value}".rstrip() for label, value in rows))
    if found.outline:
        show("")
        show("\n".join(line for element in found.outline for line in _lines(element, 0)))
    for note in found.notes:
        say(f"note: {note}")


def _facts(found: Inspection) -> Iterator[tuple[str, str]]:
    """Labels and values; a value that the file does not have is empty."""
    yield "topic", found.topic or "none is named"
    yield "version", found.version
    yield "audience", found.audience
    yield "template", found.template
    yield "edition", found.edition
    yield "paper", found.paper
    yield "review", found.review
    yield "review due", found.review_due
    yield "title", found.title
    yield "language", found.language or "none is named"
    yield "author", found.author
    yield "subject", found.subject
    yield "description", found.description
    yield "keywords", found.keywords
    yield "made with", found.creator
    yield "producer", found.producer
    yield "pages", f"{found.pages}, {', '.join(map(_size, found.page_sizes))}".rstrip(", ")
    yield "encrypted", "yes, opens without a password" if found.encrypted else ""
    yield "tagged", _tagged(found)
    yield "claims", ", ".join(found.claims) or "no standard"
    yield from zip(["fonts", *[""] * len(found.fonts)], map(_font, found.fonts), strict=False)
    yield "form", _fields(found)
    yield "bookmarks", str(found.bookmarks)


def _size(size: tuple[float, float]) -> str:
    width, height = (round(side) for side in size)
    paper = _PAPERS.get((width, height))
    return f"{width} × {height} pt{f' ({paper})' if paper else ''}"


def _tagged(found: Inspection) -> str:
    if found.marked and found.structured:
        return "yes"
    if found.structured:
        return "a structure tree, but the file does not say that it is marked"
    return "the file says so, but has no structure tree" if found.marked else "no"


def _font(font: Font) -> str:
    traits = ["embedded" if font.embedded else "not embedded", *["subset"] * font.subset]
    return f"{font.name} ({', '.join(traits)})"


def _fields(found: Inspection) -> str:
    counts = [(found.check_boxes, "check boxes"), (found.text_fields, "text fields"), (found.other_fields, "others")]
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "no fields"


def _lines(element: Element, depth: int) -> Iterator[str]:
    """The element on a line, with its first text; below it, further in, its elements and what text follows them."""
    indent = "  " * depth
    kids = list(element.kids)
    opening = str(kids.pop(0)) if kids and isinstance(kids[0], str) else ""
    role = f"{element.role} ({element.standard})" if element.standard else element.role
    said = [
        *([f"[{element.language}]"] if element.language else []),
        *([f"[{element.scope.lower()} header]"] if element.scope else []),
        element.alternate,
        element.tooltip,
        opening,
        *([f"(read as: {element.expansion})"] if element.expansion else []),
    ]
    yield " ".join([f"{indent}{role}", *[part for part in said if part]])
    for kid in kids:
        if isinstance(kid, str):
            yield f"{indent}  … {kid}"
        else:
            yield from _lines(kid, depth + 1)
