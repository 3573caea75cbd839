"""Draw the README's pictures anew: `python docs/pictures/make.py` (needs the `test` extra)."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from handouts import Library, Order, issue, make_sheet

HERE = Path(__file__).parent
TOPIC = "psoas-muscle-spasm"
GAP, GREY = 14, (128, 138, 143)


def pages(audience: str, template: str = "handout") -> list[Image.Image]:
    """The pages of a blank sheet as pictures, 72 dots to the inch."""
    sheet, _ = make_sheet(Library(), Order(TOPIC, audience=audience, template=template), characters="")
    pdf = pypdfium2.PdfDocument(io.BytesIO(issue(sheet)))
    return [page.render(scale=1.1).to_pil().convert("RGB") for page in pdf]


def save(name: str, pictures: list[Image.Image], columns: int) -> None:
    """The pictures side by side."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * (width + GAP) + GAP, rows * (height + GAP) + GAP), GREY)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, columns)
        whole.paste(picture, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    whole.quantize(32).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    save("athlete-handout", pages("athlete"), 2)
    save("audiences", [pages(audience)[2] for audience in ("patient", "athlete", "office-worker")], 3)
    save("checklist", pages("patient", "checklist")[:2], 2)
