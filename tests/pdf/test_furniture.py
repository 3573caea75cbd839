"""The letterhead: where it breaks, no dot is left over."""

import pytest
from msgspec.structs import replace
from small_documents import document, paragraph

from handouts.pdf.fonts import Fonts
from handouts.pdf.furniture import PageFurniture
from handouts.pdf.stylesheet import make_stylesheet
from handouts.pdf.typesetting import Typesetter


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("street", [f"48 {'Long ' * count}Street" for count in range(0, 40, 3)])
def test_no_line_of_a_letterhead_begins_or_ends_with_a_dot(brand, edition, street):
    address, phone, web = f"{street}, Suite 200, Portland, OR 97205", "(503) 555-0199", "cedarstreetpt.example"
    given = replace(brand, address=address, phone=phone, web=web)
    sheet = make_stylesheet(given, edition)
    furniture = PageFurniture(document(paragraph("Before.")), given, Typesetter(Fonts(given), sheet), sheet)
    lines = ["".join(run.text for run in line.runs).strip() for line in furniture.contact]
    assert [line for line in lines if line.startswith("·") or line.endswith("·")] == []
    said = " ".join(lines).replace("·", "").split()
    assert said == [*address.split(), *phone.split(), web]
