"""Every kind of sheet that is shipped, as PDF: audiences × templates × editions × papers × forms × what a clinic adds.

And several of them in one file: with another brand, language and person each, on both sides of the paper.

`python tests/pdf/matrix.py FOLDER` writes them all, for a validator that is not Python (.ci/run gives them to veraPDF).
"""

import io
import itertools
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from handouts import Library, Order, Person, SearchPath, issue, lay_out, make_document
from handouts.library.search_path import shipped_root
from handouts.looks import EDITIONS, PAPERS
from handouts.pdf.merging import Part, merge, metadata_of

TOPIC = "psoas-muscle-spasm"
NOTE = "Start with **one** exercise. Read [our page](https://example.org/psoas), and:\n\n- rest\n- walk"
# Without anything of a clinic's; with its logo, colours and changes; with a note, a person's values, telephone numbers
# and a QR code, too; the same in Spanish.
EXTRAS = ("bare", "clinic", "everything", "spanish")
AUDIENCES = ("patient", "athlete", "office-worker")
EACH_WAY = ("handout", "checklist")
SHEETS = [
    *itertools.product(
        AUDIENCES,
        EACH_WAY,
        EDITIONS,
        PAPERS,
        (True, False),
        EXTRAS,
    ),
    *itertools.product(
        ("patient",),
        [each for each in Library().template_ids if each not in EACH_WAY],
        EDITIONS,
        ("letter",),
        (True, False),
        ("everything", "spanish"),
    ),
]
# What stands in a merged file, in its order.
TOGETHER = [
    ("patient", "handout", "everything"),
    ("athlete", "checklist", "clinic"),
    ("office-worker", "handout", "spanish"),
    ("patient", "checklist", "bare"),
    ("patient", "handout", "everything"),
]
MERGED = [*itertools.product(("standard", "large-print"), ("letter", "a4"), (True, False))]


class Matrix:
    """Makes the sheets; reads each library once. `close` removes its clinic's folder."""

    def __init__(self):
        self.plain = Library()
        self.clinic = Library(SearchPath.of(shipped_root() / "templates/workspace"))
        self._folder = TemporaryDirectory(prefix="handouts-matrix-")
        folder = Path(self._folder.name) / "clinic"
        shutil.copytree(shipped_root() / "templates/workspace", folder)
        # What the example only shows: the telephone numbers and the address of a page.
        file = folder / "clinic.yaml"
        shown = re.sub(
            r"^# (numbers:|topics:|  - \{name|  psoas)", r"\1", file.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        file.write_text(shown, encoding="utf-8")
        self.everything = Library(SearchPath.of(folder))

    def close(self):
        self._folder.cleanup()

    def make(self, *kind):
        """The Document and the PDF of one kind of sheet."""
        document, sheet, person = self._sheet(*kind)
        return document, issue(sheet, person)

    def merge(self, edition, paper, forms):
        """The Documents and the PDF of several sheets in one file."""
        made = [
            self._sheet(audience, template, edition, paper, forms, extra, duplex=True)
            for audience, template, extra in TOGETHER
        ]
        target = io.BytesIO()
        parts = [Part(issue(sheet, person), f"Part {place}") for place, (_, sheet, person) in enumerate(made, 1)]
        merge(parts, metadata_of("Several sheets", [sheet.metadata for _, sheet, _ in made]), target)
        return [document for document, _, _ in made], target.getvalue()

    def nest(self, edition, paper, forms):
        """A file that holds a merged one: what a batch prints for rows with bundles."""
        documents, data = self.merge(edition, paper, forms)
        _, single = self.make("athlete", "checklist", edition, paper, forms, "clinic")
        _, sheet, _ = self._sheet("athlete", "checklist", edition, paper, forms, "clinic")
        target = io.BytesIO()
        merge([Part(data, "2"), Part(single, "3"), Part(data, "4")], metadata_of("Rows", [sheet.metadata]), target)
        return [*documents, *documents], target.getvalue()

    def _sheet(self, audience, template, edition, paper, forms, extra, *, duplex=False):
        library = {"bare": self.plain, "clinic": self.clinic}.get(extra, self.everything)
        personal = extra in {"everything", "spanish"}
        order = Order(
            TOPIC,
            audience=audience,
            template=template,
            edition=edition,
            paper=paper,
            note=NOTE if personal else None,
            language="es" if extra == "spanish" else None,
        )
        document = make_document(library, order)
        sheet = lay_out(document, library.brand(None), edition, paper, forms=forms, duplex=duplex)
        return document, sheet, Person("Zoë Świątek", phone="555-0100") if personal else None


def name(audience, template, edition, paper, forms, extra):
    """The sheet's name: `athlete.handout.standard.a4.forms.clinic`."""
    return ".".join((audience, template, edition, paper, "forms" if forms else "paper", extra))


def merged_name(edition, paper, forms):
    """The merged file's name: `merged.standard.a4.forms`."""
    return ".".join(("merged", edition, paper, "forms" if forms else "paper"))


def main(folder):
    """Write every sheet and every merged file into the folder."""
    matrix = Matrix()
    for sheet in SHEETS:
        _, data = matrix.make(*sheet)
        (folder / f"{name(*sheet)}.pdf").write_bytes(data)
    for kind in MERGED:
        _, data = matrix.merge(*kind)
        (folder / f"{merged_name(*kind)}.pdf").write_bytes(data)
    for forms in (True, False):
        _, data = matrix.nest("standard", "letter", forms)
        (folder / f"nested.{'forms' if forms else 'paper'}.pdf").write_bytes(data)
    matrix.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
