"""What a screen reader says of a sheet: one of each template is kept as text, and the reader that makes them drops nothing."""

import io
import re

import pikepdf
import pytest
from pdf_reading import Tagged, folded
from pikepdf import Array, Dictionary, Name, String
from read_aloud import KEPT, SHEETS, make, read_aloud
from small_documents import document

from handouts import lay_out
from handouts.document import Cell, Heading, List, ListItem, Paragraph, Table, Text


@pytest.mark.parametrize("name", SHEETS)
def test_a_shipped_sheet_is_read_as_the_kept_text_says(name):
    """When a change is meant: `python tests/pdf/read_aloud.py --renew`, and read the difference."""
    kept = (KEPT / name).read_text(encoding="utf-8").splitlines()
    assert read_aloud(make(*SHEETS[name])).splitlines() == kept


def test_nothing_else_is_kept():
    assert {file.name for file in KEPT.iterdir()} == set(SHEETS)


def test_every_piece_of_text_in_the_tree_is_said_in_its_order(full_sheet):
    # Links and other languages are announced in the midst of a sentence.
    said = folded(re.sub(r"\[link, (.*?)\]|\(in \w+\) ", r"\1", read_aloud(full_sheet.base)))
    position = 0
    for leaf in Tagged(full_sheet.base).leaves:
        if leaf.element.tag == "Lbl":
            continue  # "1" is said as "1."
        assert leaf.text in said[position:], leaf.text
        position = said.index(leaf.text, position) + len(leaf.text)
    assert position


def test_headings_lists_and_tables_are_announced(brand):
    item = ListItem((Paragraph((Text("Walk"),)), Paragraph((Text("A little."),))))
    data = lay_out(
        document(
            Heading(2, (Text("Care"),)),
            List((item, ListItem((Paragraph((Text("Rest"),)),))), kind="numbered", start=3),
            List((ListItem((Paragraph((Text("Only"),)),)),)),
            Table(
                (
                    (Cell((Text("Sign"),), "column"), Cell((Text("Do"),), "column")),
                    (Cell((Text("Fever"),), "row"), Cell((Text("Call"),))),
                )
            ),
        ),
        brand,
    ).base
    lines = read_aloud(data).splitlines()
    start = lines.index("heading level 2, Care")
    assert lines[start + 1 :][:12] == [
        "list, 2 items",
        "3. Walk",
        "  A little.",
        "4. Rest",
        "end of list",
        "list, 1 item",
        "• Only",
        "end of list",
        "table, 2 columns, 2 rows",
        "row 1, column headers: Sign; Do",
        "row 2, Fever; Do: Call",
        "end of table",
    ]


def test_fields_links_pictures_and_other_languages_are_announced(brand):
    with pikepdf.open(io.BytesIO(lay_out(document(Paragraph((Text("Here"),))), brand).base)) as pdf:
        box = pdf.make_indirect(Dictionary(Subtype=Name.Widget, FT=Name.Btn, TU=String("Day 1"), AS=Name.Off))
        ticked = pdf.make_indirect(Dictionary(Subtype=Name.Widget, FT=Name.Btn, TU=String("Day 2"), AS=Name.Yes))
        line = pdf.make_indirect(Dictionary(Subtype=Name.Widget, Parent=Dictionary(FT=Name.Tx, TU=String("Name"))))
        link = pdf.make_indirect(Dictionary(Subtype=Name.Link, Contents=String("the knee page")))

        def element(role, *kids, **keys):
            made = Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), K=Array(kids))
            for key, value in keys.items():
                made[f"/{key}"] = String(value)
            return made

        def object_of(thing):
            return Dictionary(Type=Name.OBJR, Obj=thing)

        pdf.Root.StructTreeRoot.K = element(
            "Document",
            element("P", element("Form", object_of(box)), element("Form", object_of(ticked))),
            element("P", element("Form", object_of(line))),
            element("P", element("Link", object_of(link))),
            element("Figure", Alt="A bent knee"),
            element("P", element("Span", ActualText="rodilla", Lang="es")),
            element("P", element("Span", E="milligrams")),
        )
        changed = io.BytesIO()
        pdf.save(changed)
    assert read_aloud(changed.getvalue()).splitlines()[1:] == [
        "[check box, not checked, Day 1] [check box, checked, Day 2]",
        "[edit, Name]",
        "[link, the knee page]",
        "figure, A bent knee",
        "(in es) rodilla",
        "milligrams",
    ]
