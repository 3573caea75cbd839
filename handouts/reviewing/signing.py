"""A clinician's signature is written: the record, and the text that it is for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from handouts.errors import Diagnostic, UsageError
from handouts.files import alone_in, write_whole
from handouts.library.reviews import (
    FOLDER,
    LONGEST_REVIEWER,
    YEARS_TO_REVIEW,
    Signature,
    as_written,
    hash_of,
    read_reviews,
    text_file,
    too_large,
    years_after,
)
from handouts.library.search_path import is_file
from handouts.library.shapes import NAME_ON_A_LINE
from handouts.library.yaml_source import MAX_BYTES
from handouts.reviewing.text import text_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from handouts.library import Audience, Library, Topic

_OPENING = (
    "# Who reviewed this topic. Written by: handouts review sign. The signed words stand in texts/.\n"
    "# Keep this folder in version control: its history shows who made each signature.\n"
)


def name_of(reviewer: str) -> str:
    """The reviewer's name as a page prints it. Raises UsageError for one that no line of a page can hold."""
    name = reviewer.strip()
    if len(name) > LONGEST_REVIEWER:
        raise UsageError(Diagnostic("U132", f"--reviewer is longer than {LONGEST_REVIEWER} characters"))
    if not re.search(NAME_ON_A_LINE, name):
        message = "--reviewer is empty, has more than one line, or holds a sign that nobody sees"
        raise UsageError(Diagnostic("U132", message, 'write name and credentials on one line: "A. Example, PT"'))
    return name


def days_of(signed: dt.date | None, due: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """When it was signed and when it is due; today, and a year later, if nothing is said. Raises UsageError."""
    signed = signed or today
    due = due or years_after(signed, YEARS_TO_REVIEW)
    if signed > today:
        raise UsageError(Diagnostic("U132", "--date lies in the future", "the day when the words were approved"))
    if due <= signed:
        raise UsageError(Diagnostic("U132", "--due must come after the signature", "a year later is usual"))
    return signed, due


def sign(
    library: Library, topic: Topic, audience: Audience | None, reviewer: str, signed: dt.date, due: dt.date
) -> Path:
    """Add a signature to the workspace's record of the topic; returns its file. The library does not read it anew.

    Whether the topic is fit to be signed is for the caller to find out (`handouts.quality`). Raises UsageError without
    a workspace, ContentError for a text too large to be read again, OutputError when a file cannot be written.
    """
    root = library.path.workspace
    if root is None:
        hint = "handouts init DIR makes one; then run this in it, or name it with --workspace"
        raise UsageError(Diagnostic("U131", "a signature is kept in a clinic's workspace", hint))
    lines = text_of(library, topic, audience)
    signature = Signature(
        reviewer=reviewer,
        signed=signed,
        due=due,
        language=topic.language,
        audience=audience.id if audience else None,
        version=topic.file.version,
        hash=hash_of(lines),
    )
    file, text = text_file(root, signature.hash), as_written(lines)
    if len(text) > MAX_BYTES:
        raise too_large(root.show(file))
    write_whole(file, text)
    file = root.folder / FOLDER / f"{topic.id}.yaml"
    with alone_in(file.parent):  # two who sign at once: the second one reads what the first one wrote
        before = read_reviews(root, file).signatures if is_file(file, root) else ()
        write_whole(file, _as_yaml((*before, signature)).encode())
    return file


def _as_yaml(signatures: Iterable[Signature]) -> str:
    """The file of signatures. Texts are in double quotes, as JSON has them, which YAML reads alike."""
    parts = [_OPENING, "signatures:\n"]
    for each in signatures:
        fields = {
            "reviewer": json.dumps(each.reviewer, ensure_ascii=False),
            "signed": each.signed.isoformat(),
            "due": each.due.isoformat(),
            "language": json.dumps(each.language),
            **({"audience": json.dumps(each.audience)} if each.audience else {}),
            "version": json.dumps(each.version, ensure_ascii=False),
            "hash": json.dumps(each.hash),
        }
        first, *rest = (f"{key}: {value}\n" for key, value in fields.items())
        parts += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "".join(parts)
