"""A brand: its colour stands out from the paper, its files lie beside it."""

import pytest

from handouts.errors import ContentError
from handouts.library.colour import contrast, parse_colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#333333", "#ffffff", 12.63),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#ffffff", "#0000ff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    """Figures from the WCAG working group's and WebAIM's published examples."""
    assert contrast(parse_colour(one), parse_colour(other)) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("colour", ["#767676", "#1d5c6b", "#000000", "#AA0000"])
def test_a_colour_that_stands_out_is_taken(workspace, colour):
    workspace.write("clinic.yaml", f'name: Hill Clinic\ncolours: {{accent: "{colour}"}}\n')
    assert workspace.library().brand(None).accent == parse_colour(colour)


@pytest.mark.parametrize("colour", ["#777777", "#ffffff", "#ffee00", "#ff0000"])
def test_a_colour_too_pale_for_text_is_refused_with_its_figure(workspace, colour):
    workspace.write("clinic.yaml", f'name: Hill Clinic\ncolours:\n  accent: "{colour}"\n')
    with pytest.raises(ContentError) as caught:
        workspace.library().brand(None)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file, problem.line) == ("C230", workspace.shown("clinic.yaml"), 3)
    assert f"{contrast(parse_colour(colour)):.1f} : 1" in problem.message
    assert "4.5 : 1" in problem.message
    assert "darker" in problem.hint


def test_in_a_workspace_the_brand_is_the_clinics(workspace):
    brand = workspace.library().brand(None)
    assert (brand.id, brand.name, brand.phone, brand.emergency) == ("clinic", "Hill Clinic", "555-0199", "911")


def test_a_brand_can_be_named(workspace):
    workspace.write("templates/brands/festive.yaml", "name: Festive\nlogo: pictures/star.svg\n")
    brand = workspace.library().brand("festive")
    assert brand.name == "Festive"
    assert brand.logo == (workspace.folder / "templates/brands/pictures/star.svg").resolve()
    assert workspace.library().brand("plain").name == ""


def test_the_logo_speaks_the_clinics_name_unless_told_otherwise(workspace):
    assert workspace.library().brand(None).logo_text == "Hill Clinic"
    workspace.write("clinic.yaml", "name: Hill Clinic\nlogo-text: A hill\n")
    assert workspace.library().brand(None).logo_text == "A hill"


def test_faces_that_are_not_given_are_taken_from_those_that_are(workspace):
    workspace.write("clinic.yaml", "font: {regular: r.ttf, bold: b.ttf}\n")
    assert [file.name for file in workspace.library().brand(None).font] == ["r.ttf", "b.ttf", "r.ttf", "b.ttf"]
