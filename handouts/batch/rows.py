"""A row becomes a handout: what one worker does. Phases 2 to 5.

Each different handout is laid out once in a worker and issued to each of its rows. Every value comes from the row that
is made: nothing of a person stays here between two rows but the layouts that a note or chosen exercises made.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import stat
import traceback
import unicodedata
from collections import OrderedDict
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.batch.columns import Terms, cells_of, wish
from handouts.batch.health_records import fhir_bundle, openemr_names
from handouts.batch.problems import PERSONAL, RowError, problem_of
from handouts.batch.roster import Row, RowProblem
from handouts.bundling import bundle_orders, join_bundle
from handouts.errors import HandoutError, OutputError
from handouts.files import write_whole
from handouts.library import TEMPLATE_SUFFIX, Library, SearchPath
from handouts.making import Order, Writer, reached, writer_for, written
from handouts.pdf import BATCH_CHARACTERS
from handouts.pdf.encrypting import encrypted

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from handouts.batch.columns import Wish
    from handouts.library import Brand
    from handouts.pdf import Sheet
    from handouts.person import Person

# Layouts that a worker keeps: those used last. A few hundred kilobytes each.
_MOST_LAYOUTS = 32
_BLOCK = 128
_MOST_PROBLEMS = 20  # of a row: nobody reads more
# Digits of a digest that stands for a version.
_VERSION = 12
_MOST_IN_A_NAME = 48

Status = Literal["made", "kept", "failed", "unwritten"]
Layout = Literal["flat", "openemr"]


class Job(Struct, frozen=True):
    """What is the same for all rows. `folder` is None where nothing is written: rows are only tried.

    `columns` says which column each name of the roster's header means; `terms` hold for every row. Names of files come
    from `pattern` with a row's own {batch}, {row}, {topic} and so on. `moment` is when it is made (ISO 8601, with its
    zone).
    """

    workspace: str | None
    order: Order
    person: Person
    columns: dict[str, str]
    folder: str | None
    batch: str
    pattern: str = "{batch}-{row}-{topic}-{audience}"
    terms: Terms = Terms()
    keep: bool = False
    encrypt: bool = False
    fhir: bool = False
    layout: Layout = "flat"
    moment: str = ""


class Outcome(Struct, frozen=True, omit_defaults=True):
    """What became of a row: what the manifest records, without a value of the row.

    `versions` are those of the text, the template and the brand it was made with; `left_out` is what a page limit
    cost; `draft` says that the text or its translation is one. `notes` are what should be looked at, though the row
    was made. `also` are other files of the row. `printed` is the file to print that it stands in, from `first_page` on.
    """

    row: int
    status: Status
    file: str = ""
    sha256: str = ""
    bytes: int = 0
    pages: int = 0
    topic: str = ""
    audience: str = ""
    template: str = ""
    edition: str = ""
    language: str = ""
    brand: str = ""
    paper: str = ""
    title: str = ""
    versions: dict[str, str] = {}
    left_out: tuple[str, ...] = ()
    draft: bool = False
    encrypted: bool = False
    also: tuple[str, ...] = ()
    printed: str = ""
    first_page: int = 0
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[RowProblem, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """All files of the row."""
        return (self.file, *self.also) if self.file else self.also


class _LaidOut(Struct, frozen=True):
    """A laid-out handout, and the hash of its bytes, which each issued file begins with."""

    writer: Writer
    sheet: Sheet
    base: Any
    described: dict[str, Any] = field(default_factory=dict)


class RowMaker:
    """Makes rows of a job, with the library loaded once and each handout laid out once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.library = Library(SearchPath.of(Path(job.workspace) if job.workspace is not None else None))
        self._layouts: OrderedDict[Hashable, _LaidOut] = OrderedDict()
        self._taken: dict[str, int] = {}  # OpenEMR's names, by the row that has them

    def make(self, row: Row) -> Outcome:
        """The row's handout, in its file; or why not. Raises nothing but what ends the program."""
        if row.problem:
            # A name that nobody looked at may be a patient's.
            column = self.job.columns.get(row.problem.column, "")
            return Outcome(row.number, "failed", problems=(replace(row.problem, column=column),))
        cells = cells_of(self.job.columns, row.cells)
        try:
            return self._made(row.number, cells)
        except RowError as error:
            problems: tuple[RowProblem, ...] = error.problems
        except OutputError as error:
            return Outcome(row.number, "unwritten", problems=(_spoken(error),))
        except HandoutError as error:
            problems = tuple(problem_of(each, cells) for each in error.diagnostics)
        except Exception as error:  # noqa: BLE001  a bug costs its row, and no other
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
            problems = (RowProblem("B299", f"a bug in handouts: {where}", hint="please report it"),)
        return Outcome(row.number, "failed", problems=problems[:_MOST_PROBLEMS])

    def _made(self, number: int, cells: Mapping[str, str]) -> Outcome:
        wanted = wish(self.library, self.job.order, self.job.person, cells, self.job.terms)
        data, sha256, described = self._bundle(wanted) if wanted.bundle else self._handout(wanted)
        return self._written(
            Outcome(number, "made", sha256=sha256, bytes=len(data), notes=wanted.notes, **described), data, wanted
        )

    def _handout(self, wanted: Wish) -> tuple[bytes, str, dict[str, Any]]:
        """The row's handout, the hash of it, and what the manifest says of it."""
        layout, whose = self._laid_out(wanted.order.settled(self.library), wanted.person)
        (data,) = written(layout.writer.write, whose, wanted.person)
        digest = layout.base.copy()
        digest.update(memoryview(data)[len(layout.sheet.base) :])
        return data, digest.hexdigest(), layout.described

    def _bundle(self, wanted: Wish) -> tuple[bytes, str, dict[str, Any]]:
        """The row's bundle as one file, as `_handout`."""
        if self.job.fhir or self.job.layout == "openemr":
            message = "a bundle is not about one topic, as a record system wants it"
            raise RowError(RowProblem("B206", message, "bundle", "give it a row for each handout"))
        bundle = self.library.bundle(wanted.bundle)
        found: list[tuple[_LaidOut, Person]] = []
        for index, order in enumerate(bundle_orders(self.library, wanted.bundle, wanted.order)):
            try:
                found.append(self._laid_out(order, wanted.person))
            except HandoutError as error:
                raise bundle.placed(index, error, note_was_typed=not index and bool(wanted.order.note)) from None
        writers = [layout.writer for layout, _ in found]
        wanted.person.values_for({field for writer in writers for field in writer.fields})
        files = [
            written(writer.write, whose.only(writer.fields), wanted.person.only(writer.fields))[0]
            for writer, (_, whose) in zip(writers, found, strict=True)
        ]
        data = join_bundle(self.library, wanted.bundle, writers, files)
        all_described = [layout.described for layout, _ in found]
        pages = [each["pages"] for each in all_described]
        described = {
            **all_described[0],
            "pages": sum(each + each % 2 if wanted.order.duplex else each for each in pages),
            "topic": wanted.bundle,
            "audience": "bundle",
            "template": "",
            "title": bundle.title,
            "versions": {
                kind: "+".join(dict.fromkeys(each["versions"][kind] for each in all_described))
                for kind in all_described[0]["versions"]
            },
            "left_out": tuple(part for each in all_described for part in each["left_out"]),
            "draft": any(each["draft"] for each in all_described),
        }
        return data, hashlib.sha256(data).hexdigest(), described

    def _written(self, outcome: Outcome, data: bytes, wanted: Wish) -> Outcome:
        """The row's files. Files of FHIR come first: a handout that is there is complete."""
        outcome = replace(outcome, **self._names(outcome, wanted))
        if self.job.encrypt:
            data = encrypted(data, wanted.password)
            outcome = replace(outcome, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), encrypted=True)
        folder = self.job.folder
        if folder is None:
            return replace(outcome, file="", also=())
        if self.job.keep and not self.job.encrypt and not outcome.also and _holds(Path(folder, outcome.file), data):
            return replace(outcome, status="kept")

        def write(name: str, content: bytes) -> None:
            # Not a Path: it would keep every name that there ever was (`sys.intern`).
            write_whole(f"{folder}/{name}", content, private=True, durable=False, follow=False)

        for name in outcome.also:
            if name.endswith(".json"):
                topic = self.library.topic(outcome.topic, outcome.language)
                bundle = fhir_bundle(outcome, topic, data, self.job.moment, wanted.reference)
                write(name, json.dumps(bundle).encode())
            else:
                write(name, data)
        write(outcome.file, data)
        return outcome

    def _names(self, outcome: Outcome, wanted: Wish) -> dict[str, Any]:
        """The names of a row's files. Raises RowError for a row that lacks what they need."""
        if self.job.layout == "flat":
            name = file_name(self.job, outcome, wanted)
            return {"file": f"{name}.pdf", "also": (f"{name}.fhir.json",) if self.job.fhir else ()}
        if wanted.person.values() or wanted.order.note:
            message = "has a person's values: OpenEMR shows these files to every patient"
            hint = "take the columns patient, date, clinician, phone, next-visit and note out of the roster"
            raise RowError(RowProblem("B206", message, hint=hint))
        names = openemr_names(self.library.topic(outcome.topic, outcome.language), outcome.language)
        if not names:
            message = "OpenEMR finds no handout in this language, or about a topic without a code"
            raise RowError(RowProblem("B206", message, "topic"))
        others = {self._taken.setdefault(name, outcome.row) for name in names} - {outcome.row}
        if others:
            message = f"row {min(others)} has a handout for the same code and language: OpenEMR knows one"
            hint = "leave one of the two out, or change the codes of one topic in the workspace"
            raise RowError(RowProblem("B206", message, "topic", hint))
        return {"file": names[0], "also": names[1:]}

    def _laid_out(self, order: Order, person: Person) -> tuple[_LaidOut, Person]:
        whose = reached(self.library, order, person)
        extra = _extra(whose.characters)
        key = (_key(order), extra)
        layout = self._layouts.get(key)
        if layout is None:
            layout = self._new_layout(order, extra)
            self._layouts[key] = layout
            if len(self._layouts) > _MOST_LAYOUTS:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(key)
        return layout, whose

    @cached_property
    def _templates(self) -> str:
        """A name for the templates as they are, of all that may take part."""
        digest = hashlib.sha256()
        for root in self.library.path.roots:
            for file in sorted((root.folder / "templates").glob(f"*{TEMPLATE_SUFFIX}")):
                digest.update(file.name.encode() + file.read_bytes())
        return digest.hexdigest()[:_VERSION]

    def _new_layout(self, order: Order, extra: frozenset[str]) -> _LaidOut:
        writer = writer_for(self.library, order, BATCH_CHARACTERS | extra)
        assert writer.sheet is not None  # noqa: S101  a PDF has one
        topic = self.library.topic(order.topic, order.language)
        brand = self.library.brand(order.brand)
        described = {
            "pages": writer.sheet.pages,
            "topic": order.topic,
            "audience": order.audience or "",
            "template": order.template or "",
            "edition": order.edition or "standard",
            "language": topic.language,
            "brand": brand.id,
            "paper": order.paper or "letter",
            "title": writer.title,
            "versions": {"text": topic.file.version, "templates": self._templates, "brand": _brand_version(brand)},
            "left_out": writer.left_out,
            "draft": topic.file.draft or bool(topic.translation and topic.translation.draft),
        }
        return _LaidOut(writer, writer.sheet, hashlib.sha256(writer.sheet.base), described)


def layout_of(job: Job, row: Row) -> Hashable:
    """What rows have in common that can share a layout: all their cells but a person's; a note is laid out, too."""
    return tuple(
        value
        for name, value in row.cells.items()
        if job.columns.get(name) not in PERSONAL or job.columns[name] == "note"
    )


def make_rows(job: bytes, rows: Sequence[Row]) -> list[Outcome]:
    """Make some rows of a pickled job, in any process: what an executor is given."""
    maker = _maker(job)
    return [maker.make(row) for row in rows]


@lru_cache(maxsize=1)
def _maker(job: bytes) -> RowMaker:
    return RowMaker(pickle.loads(job))  # noqa: S301  it comes from the process that started this one


def file_name(job: Job, outcome: Outcome, wanted: Wish) -> str:
    """The name of a row's files, without what they end in. A person's values are in it where the pattern has them."""
    parts = {
        "batch": job.batch,
        "row": f"{outcome.row:05}",
        "topic": outcome.topic,
        "audience": outcome.audience,
        "template": outcome.template,
        "edition": outcome.edition,
        "language": outcome.language,
        "brand": outcome.brand,
    }
    identifiers = [name for name in PERSONAL if f"{{{name}}}" in job.pattern]
    if identifiers:
        whose = {**wanted.person.values(), "patient-reference": wanted.reference}
        parts |= {name: _for_a_name(whose.get(name, "")) for name in identifiers}
    return job.pattern.format_map(parts)


def _for_a_name(value: str) -> str:
    """A value as a part of a file's name: its letters and digits alone, at most _MOST_IN_A_NAME bytes of them."""
    plain = "".join([each if unicodedata.category(each)[0] in "LMN" else " " for each in value])
    cut = "-".join(plain.split()).encode()[:_MOST_IN_A_NAME].decode(errors="ignore")
    return cut.strip("-") or "none"


def _brand_version(brand: Brand) -> str:
    """A name for a brand as it is: what its file says, and its logo."""
    logo = brand.logo.read_bytes() if brand.logo else b""
    return hashlib.sha256(brand.source.text.encode() + logo).hexdigest()[:_VERSION]


def _key(order: Order) -> Hashable:
    """The order as something that can be looked up."""
    items = order.choices.items
    if items is None or isinstance(items, int | str):
        return order
    return replace(order, choices=replace(order.choices, items=None)), tuple(sorted(items.items(), key=str))


def _extra(characters: frozenset[str]) -> frozenset[str]:
    """What a panel must show beyond what each can: whole alphabets, so that one layout serves all names in it.

    Not those of Eastern Europe in each: they would make every file of a batch a quarter larger.
    """
    extra: set[str] = set()
    for character in characters - BATCH_CHARACTERS:
        start = ord(character) // _BLOCK * _BLOCK
        extra.update(map(chr, range(start, start + _BLOCK)) if start < 0x2000 else character)
    return frozenset(extra)


def _holds(file: Path, data: bytes) -> bool:
    """Whether the file is there with this content, and for its owner's eyes only."""
    try:
        found = file.lstat()
        ours = stat.S_ISREG(found.st_mode) and (os.name == "nt" or stat.S_IMODE(found.st_mode) == 0o600)
        return ours and found.st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _spoken(error: HandoutError) -> RowProblem:
    first = error.diagnostics[0]
    return RowProblem(first.code, first.message, hint=first.hint)
